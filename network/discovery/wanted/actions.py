"""What people do on the board. All of these run inside a transaction and commit nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.discovery.wanted import rules
from network.discovery.wanted.models import Want, WantedEntry, WantedGuide
from network.library.actions.drafting import create_draft
from network.library.content import Content
from network.library.models import Guide
from network.library.queries.visible import visible_to
from network.subjects.rules import require
from network.subjects.viewer import Viewer

SUBJECT = "wanted"
GONE = "This is no longer on the board."


def add_entry(*, viewer: Viewer, words: str, at: datetime | None = None) -> WantedEntry:
    """Put it on the board and want it; what is there already in the same words is only wanted."""
    require(rules.may_want(viewer, stands=True), "Sign in to ask for a guide.")
    folded = fold(words)
    add_once(WantedEntry, words=words, folded=folded, created_by=viewer.person_id, created_at=at or now())
    entry = db.session.scalars(
        select(WantedEntry).where(
            WantedEntry.folded == folded, WantedEntry.hidden_at.is_(None), WantedEntry.merged_into_id.is_(None)
        )
    ).one_or_none()
    require(entry is not None, GONE)  # Hidden this moment, by a moderator.
    assert entry is not None
    want(viewer=viewer, entry_id=entry.id, at=at)
    return entry


def want(*, viewer: Viewer, entry_id: int, at: datetime | None = None) -> None:
    """I want this too; wanting twice changes nothing."""
    entry = _entry(entry_id)
    require(rules.may_want(viewer, stands=_stands(entry)), GONE)
    if db.session.get(Want, (entry_id, viewer.person_id)) is None:
        row = Want(entry_id=entry_id, person_id=viewer.person_id, organisation_id=viewer.organisation_id)
        row.at = at or now()
        db.session.add(row)
        db.session.flush()


def unwant(*, viewer: Viewer, entry_id: int) -> None:
    """Not any more."""
    db.session.execute(delete(Want).where(Want.entry_id == entry_id, Want.person_id == viewer.person_id))


def begin(*, viewer: Viewer, entry_id: int, content: Content) -> Guide:
    """I can write this: a draft of the viewer's that the board knows of. Who has one already goes on with it."""
    entry = _entry(entry_id)
    require(rules.may_want(viewer, stands=_stands(entry)), GONE)
    begun = db.session.scalars(
        select(Guide)
        .join(WantedGuide, WantedGuide.guide_id == Guide.id)
        .where(WantedGuide.entry_id == entry_id, WantedGuide.person_id == viewer.person_id, Guide.state == "draft")
        .limit(1)
    ).one_or_none()
    if begun is not None:
        return begun
    guide = create_draft(viewer=viewer, content=content)
    db.session.add(WantedGuide(entry_id=entry_id, guide_id=guide.id, person_id=viewer.person_id))
    return guide


def refuse(*, viewer: Viewer, entry_id: int, guide_id: int) -> None:
    """This is not it: the entry is open again. Only for those who wanted it, about a guide that they can read."""
    entry = _entry(entry_id)
    wants = db.session.get(Want, (entry_id, viewer.person_id)) is not None
    require(rules.may_refuse(viewer, stands=_stands(entry), wants=wants), "Only those who want this can say so.")
    readable = db.session.scalar(select(Guide.id).where(Guide.id == guide_id, visible_to(viewer)))
    row = db.session.get(WantedGuide, (entry_id, guide_id), with_for_update=True, populate_existing=True)
    require(readable is not None and row is not None, "This guide was not written for it.")
    assert row is not None
    if row.refused_at is None:
        row.refused_at, row.refused_by = now(), viewer.person_id
        record("wanted.refuse", actor_id=viewer.person_id, subject=SUBJECT, subject_id=entry_id, guide=guide_id)


def accept_again(*, viewer: Viewer, entry_id: int, guide_id: int) -> None:
    """It is what was wanted after all: whoever said that it is not takes that back."""
    row = db.session.get(WantedGuide, (entry_id, guide_id), with_for_update=True, populate_existing=True)
    mine = row is not None and row.refused_by is not None and row.refused_by == viewer.person_id
    require(mine, "Only whoever said so can take it back.")
    assert row is not None
    row.refused_at = row.refused_by = None
    record("wanted.accept_again", actor_id=viewer.person_id, subject=SUBJECT, subject_id=entry_id, guide=guide_id)


def hide(*, viewer: Viewer, entry_id: int, reason: str) -> None:
    """Take it off the board, with a reason that everybody sees in its place."""
    entry = _entry(entry_id)
    require(rules.may_moderate(viewer, stands=_stands(entry)), "Only moderators can hide this.")
    entry.hidden_at, entry.hidden_by, entry.hidden_reason = now(), viewer.person_id, reason
    record("wanted.hide", actor_id=viewer.person_id, subject=SUBJECT, subject_id=entry_id, reason=reason)


def merge(*, viewer: Viewer, entry_id: int, into_id: int) -> None:
    """One of two doubles: who wants or writes it wants and writes the other from now on."""
    entry, into = (_entry(one) for one in sorted((entry_id, into_id)))
    entry, into = (entry, into) if entry.id == entry_id else (into, entry)
    fits = entry_id != into_id and _stands(into) and rules.may_moderate(viewer, stands=_stands(entry))
    require(fits, "Only moderators can merge this, and only into something else on the board.")
    _move(Want, "person_id", entry_id, into_id)
    _move(WantedGuide, "guide_id", entry_id, into_id)
    entry.merged_into_id = into_id
    for earlier in db.session.scalars(select(WantedEntry).where(WantedEntry.merged_into_id == entry_id)):
        earlier.merged_into_id = into_id
    record("wanted.merge", actor_id=viewer.person_id, subject=SUBJECT, subject_id=entry_id, into=into_id)


def fold(words: str) -> str:
    """The form by which the same words in other letters are told."""
    return " ".join(words.split()).casefold()[:150]


def _move(rows: type[Any], by: str, entry_id: int, into_id: int) -> None:
    there = set(db.session.scalars(select(getattr(rows, by)).where(rows.entry_id == into_id)))
    for row in db.session.scalars(select(rows).where(rows.entry_id == entry_id)).all():
        if getattr(row, by) in there:
            db.session.delete(row)
        else:
            row.entry_id = into_id
    db.session.flush()


def _entry(entry_id: int) -> WantedEntry:
    row = db.session.get(WantedEntry, entry_id, with_for_update=True, populate_existing=True)
    require(row is not None, GONE)
    assert row is not None
    return row


def _stands(entry: WantedEntry) -> bool:
    return entry.hidden_at is None and entry.merged_into_id is None
