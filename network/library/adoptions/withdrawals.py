"""A guide that people use is withdrawn: they are told why and what replaces it, each once for each withdrawal.

Who put it back before the mails went out has told nobody anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.library.adoptions.models import Adoption, AdoptionReporter
from network.library.adoptions.notices import mail_withdrawal, reader_of_withdrawn
from network.library.checking.models import GuideTurn
from network.library.models import Guide
from network.library.queries.visible import visible_to

CONSUMER = "adoptions.withdrawals"
AT_A_TIME = 50


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer: telling and the mark that somebody was told are kept together."""
    for message in messages:
        while _tell_some(message.payload["id"]):
            pass


def hears(guide_id: int, person_id: int) -> bool:
    """Whether somebody is told of a withdrawal because they use the guide, and need no other mail about it."""
    used = (
        select(Adoption)
        .join(AdoptionReporter, AdoptionReporter.adoption_id == Adoption.id)
        .where(
            Adoption.guide_id == guide_id,
            Adoption.stopped_on.is_(None),
            AdoptionReporter.person_id == person_id,
            AdoptionReporter.mails.is_(True),
        )
    )
    return any(reader_of_withdrawn(adoption, person_id) for adoption in db.session.scalars(used).all())


def _tell_some(guide_id: int) -> bool:
    """Tell the next few; False when there are no more."""
    with transaction():
        guide = db.session.get(Guide, guide_id, populate_existing=True)
        turn = db.session.scalars(
            select(GuideTurn)
            .where(GuideTurn.guide_id == guide_id, GuideTurn.kind == "withdrawn")
            .order_by(GuideTurn.at.desc(), GuideTurn.id.desc())
            .limit(1)
        ).first()
        if guide is None or turn is None or guide.state != "withdrawn":
            return False
        rows = db.session.execute(
            select(AdoptionReporter, Adoption)
            .join(Adoption, Adoption.id == AdoptionReporter.adoption_id)
            .where(
                Adoption.guide_id == guide_id,
                Adoption.stopped_on.is_(None),
                AdoptionReporter.mails.is_(True),
                AdoptionReporter.told_withdrawal < turn.id,
            )
            .order_by(AdoptionReporter.person_id, AdoptionReporter.adoption_id)
            .limit(AT_A_TIME)
            .with_for_update(of=AdoptionReporter)
        ).all()
        for reporter, adoption in rows:
            reporter.told_withdrawal = turn.id
            if reporter.person_id != turn.person_id:
                _tell(guide, turn, adoption, reporter.person_id)
        return bool(rows)


def _tell(guide: Guide, turn: GuideTurn, adoption: Adoption, person_id: int) -> None:
    email = reader_of_withdrawn(adoption, person_id)
    if email is None:
        return
    readable = (Guide.id == guide.superseded_by_id, visible_to(viewer_of(person_id)))
    successor = db.session.execute(select(Guide.title, Guide.slug).where(*readable)).one_or_none()
    mail_withdrawal(
        adoption,
        person_id,
        email,
        title=guide.title,
        slug=guide.slug or "",
        by_owner=not turn.as_administrator,
        reason=turn.text,
        successor=(successor.title, successor.slug) if successor else None,
    )
