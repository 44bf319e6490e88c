"""The signed links of our mails: one opens the question how it went, the other stops such mails.

Each is made for one person and one adoption, needs no sign-in, and can do that one thing only. The link to the
question is good for the one answer: once somebody has given it, it leads to a page that says so.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from network.core.db import db
from network.core.signed import read_signed, sign
from network.core.web.addresses import absolute
from network.library.adoptions.models import Adoption, AdoptionReporter
from network.library.adoptions.queries.naming import WORDS
from network.library.models import Guide

ASK, STOP = "adoption-answer", "adoption-stop"


class Linked(NamedTuple):
    """What a link is about. `open_since` is set while the answer that it asks for is not given.

    `replaces` are the words of a colleague, whose place the answer takes.
    """

    person_id: int
    adoption_id: int
    guide_id: int
    title: str
    slug: str
    organisation: str
    result: str
    replaces: str
    mails: bool
    open_since: datetime | None


def answer_link(person_id: int, adoption: Adoption, asked_at: datetime) -> str:
    """The full address where the person answers; a result may be put behind it."""
    return absolute(f"/adoptions/answer/{sign(ASK, [person_id, adoption.uuid.hex, _mark(asked_at)])}")


def stop_link(person_id: int, adoption: Adoption) -> str:
    """The full address where the person stops mails about this use."""
    return absolute(f"/adoptions/stop/{sign(STOP, [person_id, adoption.uuid.hex, 0])}")


def read(kind: str, token: str) -> Linked | None:
    """What the link is about; None for anything that we did not sign, and when its person took their name off."""
    content = read_signed(kind, token)
    if content is None:
        return None
    person_id, key, mark = content
    row = db.session.execute(
        select(
            Adoption.id,
            Adoption.guide_id,
            Guide.title,
            Guide.slug,
            Adoption.organisation_name,
            Adoption.result,
            WORDS.label("text"),
            Adoption.told_by,
            Adoption.asked_at,
            AdoptionReporter.mails,
        )
        .join(AdoptionReporter, AdoptionReporter.adoption_id == Adoption.id)
        .join(Guide, Guide.id == Adoption.guide_id)
        .where(Adoption.uuid == UUID(key), AdoptionReporter.person_id == person_id)
    ).one_or_none()
    if row is None:
        return None
    is_open = row.asked_at is not None and _mark(row.asked_at) == mark
    return Linked(
        person_id=person_id,
        adoption_id=row.id,
        guide_id=row.guide_id,
        title=row.title,
        slug=row.slug,
        organisation=row.organisation_name,
        result=row.result,
        replaces=row.text if row.told_by != person_id else "",
        mails=row.mails,
        open_since=row.asked_at if is_open else None,
    )


def _mark(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)
