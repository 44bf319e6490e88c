"""The link in a mail that stops mails about guides: signed, so that it needs no sign-in, and good for that only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.core.signed import read_signed, sign
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.library.checking.models import QuietGuide
from network.library.models import Guide
from network.library.queries.visible import visible_to

KIND = "guide-care-stop"


class Stop(NamedTuple):
    """Whose mails end, about which guides, and the titles of those that they may read and still hear of."""

    person_id: int
    guide_ids: list[int]
    titles: list[str]


def stop_address(person_id: int, guide_ids: Sequence[int]) -> str:
    """The whole address, as a mail has it."""
    return absolute(f"/checks/stop/{sign(KIND, [person_id, list(guide_ids)])}")


def read_stop(token: str) -> Stop | None:
    """What a link stops; None for anything that we did not sign."""
    content = read_signed(KIND, token)
    if content is None:
        return None
    person_id, guide_ids = content
    quiet = select(QuietGuide.guide_id).where(QuietGuide.person_id == person_id)
    titles = db.session.scalars(
        select(Guide.title)
        .where(visible_to(viewer_of(person_id)), Guide.id.in_(guide_ids), Guide.id.not_in(quiet))
        .order_by(Guide.sort_title)
    )
    return Stop(int(person_id), [int(one) for one in guide_ids], list(titles))
