"""The record of a guide tells in words from whom to whom it went.

Who that was is known by the audit log, which was written at the same moment; else by the name, where it is all that
“from” or “to” says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import String, and_, cast, or_, select

from network.audit.models import AuditEntry
from network.core.db import db
from network.library.checking.models import GuideTurn
from network.library.events import GUIDE
from network.library.models import Guide, GuideCoAuthor
from network.people.links import A_FORMER_MEMBER
from network.people.models import Person

_BECAUSE = ", because that group was closed"
_TOOK, _INHERITED = "guide.take-over", "guide.inherit"
_GIVEN = ("guide.hand_over", "guide.hand_on", _INHERITED)
_SAME_MOMENT = timedelta(seconds=2)


def unname_records(person: Person) -> None:
    """Take the name out of the turns that guides took, also one that the person had before."""
    for turn in _of_the_log(person.id):
        words, because = turn.text.removesuffix(_BECAUSE), turn.text.endswith(_BECAUSE)
        before, _, _ = f" {words}".rpartition(" to ")
        turn.text = f"{before} to {A_FORMER_MEMBER}{_BECAUSE if because else ''}".strip()
    whole = re.compile(rf"(^|.* )(from|to) {re.escape(person.name)}(?= to |{_BECAUSE}$|$)")
    for turn in _of_their_guides(person):
        turn.text = whole.sub(rf"\1\2 {A_FORMER_MEMBER}", turn.text)


def _of_the_log(person_id: int) -> Iterator[GuideTurn]:
    """The turns by which a guide went to this person."""
    given = and_(AuditEntry.act.in_(_GIVEN), cast(AuditEntry.detail, String).contains(f'"to": {person_id}'))
    took = and_(AuditEntry.act == _TOOK, AuditEntry.actor_id == person_id)
    for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.subject == GUIDE, or_(given, took))).all():
        to = (entry.detail.get("kind", "person"), entry.detail.get("to"))
        if entry.act == _TOOK or to == ("person", person_id):
            yield from db.session.scalars(
                select(GuideTurn).where(
                    GuideTurn.guide_id == entry.subject_id,
                    GuideTurn.kind == ("inherited" if entry.act == _INHERITED else "taken-over"),
                    GuideTurn.at.between(entry.at - _SAME_MOMENT, entry.at + _SAME_MOMENT),
                )
            ).all()


def _of_their_guides(person: Person) -> list[GuideTurn]:
    helped = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == person.id)
    theirs = or_(
        GuideTurn.person_id == person.id,
        Guide.author_id == person.id,
        Guide.owner_person_id == person.id,
        Guide.id.in_(helped),
    )
    turns = select(GuideTurn).join(Guide, Guide.id == GuideTurn.guide_id)
    named = turns.where(theirs, GuideTurn.kind.in_(("taken-over", "inherited")), GuideTurn.text.contains(person.name))
    return list(db.session.scalars(named).all())
