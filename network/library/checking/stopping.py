"""Mails about the care for guides, muted; and the link in them that does it: signed, so that it needs no sign-in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, exists, select

from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.core.signed import read_signed, sign
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.library.checking.models import CareMute
from network.library.models import Guide
from network.library.queries.visible import visible_to
from network.people.models import Person

KIND = "guide-care-stop"


class Stop(NamedTuple):
    """Whose mails end, and about which guides."""

    person_id: int
    guide_ids: list[int]


def stop_address(person_id: int, guide_ids: Sequence[int]) -> str:
    """The whole address, as a mail has it."""
    return absolute(f"/checks/stop/{sign(KIND, [person_id, list(guide_ids)])}")


def read_stop(token: str) -> Stop | None:
    """What a link stops; None for anything that we did not sign."""
    content = read_signed(KIND, token)
    return Stop(int(content[0]), [int(one) for one in content[1]]) if content is not None else None


def told_of(link: Stop) -> list[str]:
    """The titles of those of its guides that its person may read and still hears of."""
    muted = select(CareMute.guide_id).where(CareMute.person_id == link.person_id)
    titles = (
        select(Guide.title)
        .where(visible_to(viewer_of(link.person_id)), Guide.id.in_(link.guide_ids), Guide.id.not_in(muted))
        .order_by(Guide.sort_title)
    )
    return list(db.session.scalars(titles))


def mute(*, person_id: int, guide_ids: Sequence[int]) -> None:
    """No more mails to this person about the care of these guides. What they are asked still waits on their page."""
    there = db.session.scalars(select(Guide.id).where(Guide.id.in_(list(guide_ids)))).all()
    if db.session.scalar(select(exists().where(Person.id == person_id))):
        for guide_id in there:
            add_once(CareMute, person_id=person_id, guide_id=guide_id, since=now())


def unmute(*, person_id: int | None, guide_id: int) -> None:
    """Mails come again."""
    mine = CareMute.person_id == person_id
    db.session.execute(delete(CareMute).where(mine, CareMute.guide_id == guide_id))


def is_muted(guide_id: int, person_id: int) -> bool:
    """Does the person want no mails about the care of this guide?"""
    return db.session.get(CareMute, (person_id, guide_id)) is not None
