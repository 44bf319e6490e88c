"""Editing a published guide: each save is a version, and no save overwrites one that its writer has not seen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.text.markdown import Rendered
from network.library.actions import rows
from network.library.actions.addresses import set_slug
from network.library.actions.drafting import discard_edit
from network.library.content import Content
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide, GuideEdit, GuideTag, GuideTopic, GuideVersion
from network.library.rules import Owner, may_check, may_hand_over
from network.subjects.rules import require
from network.subjects.viewer import Viewer


class EditConflict(Exception):
    """Somebody published a newer version than the one this edit began from; `current` is its number."""

    def __init__(self, current: int) -> None:
        super().__init__(f"version {current} came in between")
        self.current = current


class EditElsewhere(Exception):
    """The writer kept a newer unfinished edit from another window; `fields` are its words."""

    def __init__(self, fields: dict[str, Any], saved_at: datetime) -> None:
        super().__init__("a newer edit is kept")
        self.fields, self.saved_at = fields, saved_at


class _Unchanged:
    """Marks an argument that was not given, where None means something."""


UNCHANGED = _Unchanged()


def edit(
    *,
    viewer: Viewer,
    guide_id: int,
    content: Content,
    base_version: int | None = None,
    note: str = "",
    owner: Owner | None = None,
    group_id: int | _Unchanged | None = UNCHANGED,
    co_author_ids: Iterable[int] | None = None,
    check_months: int | _Unchanged | None = UNCHANGED,
    answers: bool = False,
    suggested_by: int | None = None,
    seen: str | None = None,
    at: datetime | None = None,
) -> Guide:
    """Publish a new version. `base_version` is the one the writer began from; None asks nothing.

    An edit is no check: the check dates stay, and another period counts from the next check. Owner, group and
    co-authors change only when given and the viewer may hand over. A changed title changes the address; the
    former one leads on. `answers` when the rule of suggestions has said already that the viewer may publish what
    `suggested_by` proposed. `seen` as in `keep_edit`. Raises EditConflict, EditElsewhere, NotAllowed.
    """
    guide = rows.guide_to_change(guide_id)
    known = rows.standing(guide)
    require(answers or may_check(viewer, known), "Only its owner and authors can edit this guide.")
    if base_version is not None and base_version != guide.version:
        raise EditConflict(guide.version)
    _require_seen(viewer, guide_id, seen)
    rows.set_content(guide, content)
    if owner is not None or not isinstance(group_id, _Unchanged) or co_author_ids is not None:
        require(may_hand_over(viewer, known), "Only its owner can change who owns and writes this guide.")
        rows.set_owner(guide, owner or known.owner, viewer)
        if not isinstance(group_id, _Unchanged):
            rows.set_group(guide, group_id, viewer)
        if rows.owner_of(guide) != known.owner or guide.group_id != known.group_id:
            rows.require_open_owner(guide)
        if co_author_ids is not None:
            rows.set_co_authors(guide, co_author_ids, viewer)
    if not isinstance(check_months, _Unchanged):
        guide.check_months = check_months
    if not answers:  # Whoever accepts another's words goes on with their own unfinished edit afterwards.
        discard_edit(viewer=viewer, guide_id=guide.id)
    return _keep_version(guide, viewer, note, at, suggested_by)


def restore(
    *,
    viewer: Viewer,
    guide_id: int,
    number: int,
    rendered: Rendered,
    base_version: int | None = None,
    at: datetime | None = None,
) -> Guide:
    """Make an old version's words the newest version. `rendered` is that version's body laid out again."""
    guide = rows.guide_to_change(guide_id)
    require(may_check(viewer, rows.standing(guide)), "Only its owner and authors can restore a version.")
    if base_version is not None and base_version != guide.version:
        raise EditConflict(guide.version)
    old = db.session.get_one(GuideVersion, (guide_id, number))
    content = Content(
        title=old.title,
        summary=old.summary,
        kind=old.kind,
        body=old.body,
        rendered=rendered,
        language=guide.language,
        licence=guide.licence,
        licence_name=guide.licence_name,
        licence_address=guide.licence_address,
        topic_ids=tuple(db.session.scalars(select(GuideTopic.topic_id).where(GuideTopic.guide_id == guide_id))),
        tags=tuple(db.session.scalars(select(GuideTag.word).where(GuideTag.guide_id == guide_id))),
    )
    rows.set_content(guide, content)
    discard_edit(viewer=viewer, guide_id=guide.id)
    return _keep_version(guide, viewer, f"Restored version {number}", at)


def keep_edit(
    *,
    viewer: Viewer,
    guide_id: int,
    base_version: int,
    fields: dict[str, Any],
    seen: str | None = None,
    answers: bool = False,
    at: datetime | None = None,
) -> datetime:
    """Keep an unfinished edit of the viewer's; it takes the place of the one they had. `fields` must be JSON.

    `answers` as in `edit`: whoever may publish what was suggested may keep it half done.

    `seen` is when the edit that the writer began from was kept (isoformat; empty when there was none); None asks
    nothing. Raises EditElsewhere, keeping nothing, when another one is there by now. Returns when this one was kept.
    """
    guide = rows.guide_to_change(guide_id)
    require(answers or may_check(viewer, rows.standing(guide)), "Only its owner and authors can edit this guide.")
    _require_seen(viewer, guide_id, seen)
    row = GuideEdit(guide_id=guide_id, person_id=viewer.person_id, base_version=base_version, fields=fields)
    row.saved_at = at or now()
    db.session.merge(row)
    return row.saved_at


def _require_seen(viewer: Viewer, guide_id: int, seen: str | None) -> None:
    if seen is None:
        return
    kept = db.session.execute(
        select(GuideEdit.fields, GuideEdit.saved_at).where(
            GuideEdit.guide_id == guide_id, GuideEdit.person_id == viewer.person_id
        )
    ).one_or_none()
    if kept is not None and kept.saved_at.isoformat() != seen:
        raise EditElsewhere(kept.fields, kept.saved_at)


def _keep_version(
    guide: Guide, viewer: Viewer, note: str, at: datetime | None, suggested_by: int | None = None
) -> Guide:
    moment = at or now()
    set_slug(guide)
    rows.add_version(guide, author_id=viewer.person_id, note=note, at=moment, suggested_by=suggested_by)
    guide.updated_at = moment
    guide.revision += 1
    record("guide.edit", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, version=guide.version)
    publish(GuideChanged(GUIDE, guide.id))
    return guide
