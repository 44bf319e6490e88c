"""A change that matters to those who use a guide: who would be told, and telling them, each once per version."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from network.accounts.models import Account
from network.core.db import db
from network.core.events import publish
from network.core.outbox import Message
from network.core.transaction import transaction
from network.groups.models import Membership
from network.groups.viewers import BELONGS
from network.library.adoptions.events import GuideChangeMatters
from network.library.adoptions.models import Adoption, AdoptionReporter
from network.library.adoptions.notices import Told, mail_change, reader
from network.library.models import Guide, GuideVersion
from network.library.rules import Standing
from network.people.models import Person
from network.people.queries import credited, stands
from network.subjects.viewer import Viewer

CONSUMER = "adoptions.changes"
AT_A_TIME = 50
MOST_COUNTED = 1000


def whom_to_tell(viewer: Viewer, guide_id: int, guide: Standing) -> str:
    """How many people, in how many organisations, a change that matters would be mailed to; empty for nobody.

    The viewer, who makes it, is none of them.
    """
    works_there = or_(Person.organisation_id == Adoption.organisation_id, Person.id == Adoption.alone_id)
    query = (
        select(Person.id, Adoption.organisation_id)
        .join(AdoptionReporter, AdoptionReporter.person_id == Person.id)
        .join(Adoption, and_(Adoption.id == AdoptionReporter.adoption_id, works_there))
        .join(Account, Account.id == Person.account_id)
        .where(
            Adoption.guide_id == guide_id,
            Adoption.stopped_on.is_(None),
            AdoptionReporter.mails.is_(True),
            Person.id != viewer.person_id,
            stands(),
        )
    )
    if guide.openness == "closed":
        inside = select(Membership.person_id).where(Membership.group_id == guide.group_id, Membership.role.in_(BELONGS))
        query = query.where(Person.id.in_(inside))
    workplaces = {row.id: row.organisation_id for row in db.session.execute(query.distinct().limit(MOST_COUNTED))}
    return people_in(list(workplaces.values()))


def people_in(workplaces: list[int | None]) -> str:
    """Part of a sentence: “3 people in 2 organisations and 1 person without one”, of where each of them works."""
    placed = [place for place in workplaces if place is not None]
    alone = len(workplaces) - len(placed)
    if not placed:
        return _people(alone) if alone else ""
    organisations = len(set(placed))
    where = "1 organisation" if organisations == 1 else f"{organisations} organisations"
    return f"{_people(len(placed))} in {where}" + (f" and {_people(alone)} without one" if alone else "")


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def announce(guide: Guide) -> None:
    """The newest version matters to users: in the transaction that publishes it."""
    publish(GuideChangeMatters(guide.id, guide.version))


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer: tell them. Telling and the mark that somebody was told are kept together."""
    for message in messages:
        last: tuple[int, int] | None = (0, 0)
        while last is not None:
            last = _tell_some(message.payload["id"], message.payload["version"], last)


def _tell_some(guide_id: int, version: int, after: tuple[int, int]) -> tuple[int, int] | None:
    """Tell the next few; returns the last of them, None when there are no more."""
    with transaction():
        told = _told(guide_id, version)
        if told is None:
            return None
        later = or_(
            AdoptionReporter.adoption_id > after[0],
            and_(AdoptionReporter.adoption_id == after[0], AdoptionReporter.person_id > after[1]),
        )
        rows = db.session.execute(
            select(AdoptionReporter, Adoption)
            .join(Adoption, Adoption.id == AdoptionReporter.adoption_id)
            .where(
                Adoption.guide_id == guide_id,
                Adoption.stopped_on.is_(None),
                AdoptionReporter.mails.is_(True),
                AdoptionReporter.told_version < version,
                later,
            )
            .order_by(AdoptionReporter.adoption_id, AdoptionReporter.person_id)
            .limit(AT_A_TIME)
            .with_for_update(of=AdoptionReporter)
        ).all()
        author_id = told[1]
        for reporter, adoption in rows:
            reporter.told_version = version
            email = reader(adoption, reporter.person_id) if reporter.person_id != author_id else None
            if email:
                mail_change(adoption, reporter.person_id, email, told[0])
        return (rows[-1][0].adoption_id, rows[-1][0].person_id) if rows else None


def _told(guide_id: int, version: int) -> tuple[Told, int | None] | None:
    row = db.session.execute(
        select(Guide.title, Guide.slug, GuideVersion.note, credited().label("name"), GuideVersion.author_id)
        .join(GuideVersion, GuideVersion.guide_id == Guide.id)
        .outerjoin(Person, Person.id == GuideVersion.author_id)
        .where(Guide.id == guide_id, Guide.state == "published", GuideVersion.number == version)
    ).one_or_none()
    if row is None:
        return None
    return Told(row.title, row.slug, version, row.note, row.name or ""), row.author_id
