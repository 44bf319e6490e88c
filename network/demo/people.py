"""Organisations, people and groups of the demo network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from network.accounts.passwords import hashed
from network.core.db import db
from network.core.text.markdown import render
from network.core.transaction import transaction
from network.demo import files
from network.demo.welcome import PASSWORD
from network.groups import actions as groups
from network.groups.models import Group, GroupTopic
from network.organisations.models import Organisation, OrganisationDomain
from network.people import actions as people
from network.people.models import Person

Progress = Callable[[int], object]


def load_organisations() -> dict[str, int]:
    """Add the public bodies and their domains; ids by slug."""
    ids: dict[str, int] = {}
    for row in files.rows("organisations"):
        body = Organisation(**{name: row[name] for name in ("slug", "name", "kind", "size", "about")})
        db.session.add(body)
        db.session.flush()
        db.session.add_all(OrganisationDomain(organisation_id=body.id, domain=domain) for domain in row["domains"])
        ids[body.slug] = body.id
    return ids


def load_people(ids: dict[str, int], progress: Progress) -> None:
    """Add the cast with their profiles; everybody has the same password, which only exists in development."""
    password_hash = hashed(PASSWORD)
    for number, row in enumerate(files.rows("people")):
        html = render(row["about"]).html
        joined = files.ago(720 - 20 * number)
        with transaction():
            account = people.add_member(
                name=row["name"],
                email=row["email"],
                job_title=row["job_title"],
                password_hash=password_hash,
                role=row["role"],
                confirmed=True,
                handle=row["handle"],
                at=joined,
            )
            person_id = db.session.scalars(select(Person.id).where(Person.account_id == account.id)).one()
            people.update_profile(
                person_id,
                place=row["place"],
                about=row["about"],
                about_html=html,
                asks_a_month=row["asks_a_month"],
                at=joined,
            )
            people.set_skills(person_id, can_help_with=row["can_help_with"], interests=row["interests"], at=joined)
        ids[row["handle"]] = person_id
        progress(1)


def load_groups(ids: dict[str, int], cast: dict[str, int], topics: dict[str, int], progress: Progress) -> None:
    """Start the groups and let their people in; “Ask anyone” is there already and only gets its words."""
    for row in files.rows("groups"):
        html = render(row["about"]).html
        started = files.ago(row["started"])
        with transaction():
            first, *others = row["facilitators"]
            topic_ids = [topics[slug] for slug in row["topics"]]
            group_id = db.session.scalar(select(Group.id).where(Group.slug == row["slug"]))
            if group_id is None:
                group_id = groups.start_group(
                    name=row["name"],
                    purpose=row["purpose"],
                    by_id=cast[first],
                    about=row["about"],
                    about_html=html,
                    openness=row["openness"],
                    closed_reason=row["closed_reason"] or "",
                    topic_ids=topic_ids,
                    slug=row["slug"],
                    at=started,
                ).id
            else:
                _describe(group_id, row, html, topic_ids)
            for role, handles in (
                ("facilitator", [first, *others]),
                ("member", row["members"]),
                ("requested", row["requests"]),
            ):
                for handle in handles:
                    message = "I would like to learn how you do this." if role == "requested" else ""
                    groups.add_member(group_id=group_id, person_id=cast[handle], role=role, message=message, at=started)
        ids[row["slug"]] = group_id
        progress(1)


def _describe(group_id: int, row: dict[str, Any], html: str, topic_ids: list[int]) -> None:
    group = db.session.get_one(Group, group_id)
    group.purpose, group.about, group.about_html = row["purpose"], row["about"], html
    group.created_at = files.ago(row["started"])
    db.session.add_all(GroupTopic(group_id=group_id, topic_id=topic_id) for topic_id in topic_ids)
