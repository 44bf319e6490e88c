"""When a guide that was begun for the board is published, whoever wanted it is told, once, if they may read it.

A saved search may have told them of it already.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.addresses import absolute
from network.discovery.documents import key
from network.discovery.saved.queries import told_of
from network.discovery.wanted.models import Want, WantedEntry, WantedGuide
from network.groups.viewers import viewer_of
from network.library.models import Guide
from network.library.queries.visible import visible_to
from network.people.mailing import email_of

CONSUMER = "wanted.written"
AT_A_TIME = 50


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of published guides. Telling and the mark that somebody was told are kept together."""
    for message in messages:
        guide_id = message.payload["id"]
        entries = db.session.execute(
            select(WantedEntry.id, WantedEntry.words)
            .join(WantedGuide, WantedGuide.entry_id == WantedEntry.id)
            .where(WantedGuide.guide_id == guide_id, WantedEntry.hidden_at.is_(None))
        ).all()
        db.session.rollback()
        for entry_id, words in entries:
            last: int | None = 0
            while last is not None:
                last = _tell_some(entry_id, words, guide_id, after=last)


def _tell_some(entry_id: int, words: str, guide_id: int, *, after: int) -> int | None:
    """Tell the next few; returns the last of them, None when there are no more."""
    with transaction():
        wants = db.session.scalars(
            select(Want)
            .where(
                Want.entry_id == entry_id,
                Want.person_id > after,
                or_(Want.told_guide_id.is_(None), Want.told_guide_id != guide_id),
            )
            .order_by(Want.person_id)
            .limit(AT_A_TIME)
            .with_for_update()
        ).all()
        for want in wants:
            _tell(want, words, guide_id)
        return wants[-1].person_id if wants else None


def _tell(want: Want, words: str, guide_id: int) -> None:
    viewer = viewer_of(want.person_id)
    guide = db.session.execute(
        select(Guide.title, Guide.slug, Guide.author_id).where(Guide.id == guide_id, visible_to(viewer))
    ).one_or_none()
    if not viewer.signed_in or guide is None or guide.author_id == want.person_id:
        return
    want.told_guide_id = guide_id
    if told_of(want.person_id, key("guide", guide_id)):
        return
    queue_mail(
        email_of(want.person_id),
        f"Somebody has written “{guide.title}”",
        "discovery/written",
        urgent=False,
        words=words,
        title=guide.title,
        guide=absolute(f"/library/{guide.slug}"),
        entry=absolute(f"/wanted/{want.entry_id}"),
    )
