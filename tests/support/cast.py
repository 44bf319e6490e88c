"""The cast: named people, organisations, topics and groups, made when a test asks for them."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from network.accounts.models import Account
from network.accounts.passwords import hashed
from network.core.db import db
from network.core.transaction import transaction
from network.groups.models import Group, Membership
from network.groups.viewers import load_viewer
from network.organisations.models import Organisation, OrganisationDomain
from network.people.actions import add_member
from network.people.models import Person
from network.subjects.viewer import VISITOR, Viewer
from network.vocabulary.models import Topic

PASSWORD = "correct horse battery staple"


class Cast:
    """Makes people and places in one application's database and signs people in."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def organisation(self, slug: str = "harrowdale", name: str = "", domain: str = "") -> int:
        """An organisation with a domain; the same slug gives the same one."""
        with self.app.app_context(), transaction():
            found = db.session.scalar(select(Organisation.id).where(Organisation.slug == slug))
            if found:
                return found
            row = Organisation(slug=slug, name=name or f"{slug.title()} Council", kind="council", size="1000-4999")
            db.session.add(row)
            db.session.flush()
            db.session.add(OrganisationDomain(organisation_id=row.id, domain=domain or f"{slug}.example"))
            return row.id

    def person(self, name: str = "Priya Raman", *, role: str = "member", email: str = "", job_title: str = "") -> int:
        """A member; the same name gives the same person. Returns the person's id."""
        with self.app.app_context():
            found = db.session.scalar(select(Person.id).where(Person.name == name))
            if found:
                return found
            address = email or name.lower().replace(" ", ".") + "@harrowdale.example"
            password_hash = hashed(PASSWORD)
            with transaction():
                account = add_member(
                    name=name,
                    email=address,
                    job_title=job_title,
                    password_hash=password_hash,
                    role=role,
                    confirmed=True,
                )
                return db.session.scalars(select(Person.id).where(Person.account_id == account.id)).one()

    def topic(self, slug: str = "open-data", name: str = "") -> int:
        """A topic; the same slug gives the same one."""
        with self.app.app_context(), transaction():
            found = db.session.scalar(select(Topic.id).where(Topic.slug == slug))
            if found:
                return found
            row = Topic(slug=slug, name=name or slug.replace("-", " ").capitalize())
            db.session.add(row)
            db.session.flush()
            return row.id

    def group(
        self,
        slug: str = "digital-planning",
        *,
        closed: bool = False,
        facilitators: tuple[int, ...] = (),
        members: tuple[int, ...] = (),
    ) -> int:
        """A group with its members, written straight into the tables. Returns its id."""
        with self.app.app_context(), transaction():
            row = Group(
                slug=slug,
                name=slug.replace("-", " ").capitalize(),
                purpose="We help each other",
                openness="closed" if closed else "open",
                closed_reason="We talk about people who can be recognised" if closed else "",
                member_count=len(facilitators) + len(members),
            )
            db.session.add(row)
            db.session.flush()
            for role, people in (("facilitator", facilitators), ("member", members)):
                db.session.add_all(Membership(group_id=row.id, person_id=p, role=role) for p in people)
            return row.id

    def viewer(self, person_id: int | None) -> Viewer:
        """The Viewer as a request of this person would have it; None is a visitor."""
        if person_id is None:
            return VISITOR
        with self.app.app_context():
            return load_viewer(self.stamp(person_id))

    def sign_in(self, client: FlaskClient, person_id: int) -> FlaskClient:
        """Put the person's session into the client's cookie."""
        with self.app.app_context():
            stamp = self.stamp(person_id)
        with client.session_transaction() as session:
            session["_user_id"] = stamp
            session["_fresh"] = True
        return client

    def client(self, person_id: int | None = None) -> Any:
        """A client of its own, signed in as the person or as a visitor."""
        client = self.app.test_client()
        return self.sign_in(client, person_id) if person_id is not None else client

    def stamp(self, person_id: int) -> str:
        """The session stamp of a person's account."""
        query = (
            select(Account.fs_uniquifier).join(Person, Person.account_id == Account.id).where(Person.id == person_id)
        )
        with self.app.app_context():
            return db.session.scalars(query).one()
