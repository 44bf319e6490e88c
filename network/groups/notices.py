"""Mails about groups: to administrators, to facilitators, to those who asked to join one, and to who is taken out.

They say of a closed group only what everybody may know: its name. Each is queued in the transaction of what it tells.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from network.accounts.models import Account
from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.web.addresses import absolute
from network.groups.models import Group, Membership
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import stands


def tell_without_facilitator(group: Group) -> None:
    """Queue a mail to every administrator, in the transaction in which the last facilitator leaves."""
    for email in _emails(Account.role == "administrator"):
        queue_mail(
            email,
            f"The group {group.name} has no facilitator",
            "groups/without_facilitator",
            urgent=False,
            name=group.name,
            address=absolute(f"/groups/{group.slug}"),
            closed=group.openness == "closed",
            alone=group.member_count <= 1,
        )


def tell_of_request(group: Group, person_id: int, message: str) -> None:
    """Queue a mail to every facilitator: who asks to join, and what they say."""
    query = select(Person.name, Person.job_title, Organisation.name)
    query = query.outerjoin(Organisation, Organisation.id == Person.organisation_id)
    who, job_title, organisation = db.session.execute(query.where(Person.id == person_id)).one()
    facilitating = select(Membership.person_id).where(Membership.group_id == group.id, Membership.role == "facilitator")
    for email in _emails(Person.id.in_(facilitating)):
        queue_mail(
            email,
            f"{who} asks to join {group.name}",
            "groups/asked_to_join",
            urgent=False,
            who=who,
            sub=", ".join(part for part in (job_title, organisation) if part),
            message=message,
            name=group.name,
            address=absolute(f"/groups/{group.slug}/members"),
        )


def tell_accepted(group: Group, person_id: int) -> None:
    """Queue a mail to who was let in."""
    _tell(group, person_id, f"You are a member of {group.name} now", "groups/accepted")


def tell_declined(group: Group, person_id: int, reason: str) -> None:
    """Queue a mail to who was not let in, with the reason."""
    _tell(group, person_id, f"Your request to join {group.name} was declined", "groups/declined", reason)


def tell_facilitator(group: Group, person_id: int, *, alone: bool = False) -> None:
    """Queue a mail to who was made facilitator; `alone` in place of the only one, who left."""
    _tell(group, person_id, f"You are a facilitator of {group.name} now", "groups/facilitator", alone=alone)


def tell_removed(group: Group, person_id: int, reason: str) -> None:
    """Queue a mail to who was taken out of the group, with the reason if one was given."""
    _tell(
        group,
        person_id,
        f"You are no longer in {group.name}",
        "groups/removed",
        reason,
        closed=group.openness == "closed",
    )


def _tell(group: Group, person_id: int, subject: str, template: str, reason: str = "", **more: Any) -> None:
    for email in _emails(Person.id == person_id):
        queue_mail(
            email,
            subject,
            template,
            name=group.name,
            reason=reason,
            address=absolute(f"/groups/{group.slug}"),
            **more,
        )


def _emails(condition: ColumnElement[bool]) -> list[str]:
    """The addresses of accounts that stand; nobody whose account is suspended is written to."""
    query = select(Account.email).outerjoin(Person, Person.account_id == Account.id).where(condition, stands())
    return list(db.session.scalars(query.order_by(Account.id)))
