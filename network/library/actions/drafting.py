"""Drafts: made, saved and thrown away. They are their writers' and tell nobody anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import delete

from network.attachments.actions import detach_all
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.library.actions import rows
from network.library.content import Content, Source
from network.library.events import GUIDE
from network.library.models import Guide, GuideEdit
from network.library.rules import Owner, may_edit, may_hand_over, may_own_as, may_publish, may_put_in
from network.subjects.rules import require
from network.subjects.viewer import Viewer


class DraftChanged(Exception):
    """Somebody saved the draft after the text that now comes was begun."""


def create_draft(
    *,
    viewer: Viewer,
    content: Content,
    owner: Owner | None = None,
    group_id: int | None = None,
    co_author_ids: Iterable[int] = (),
    check_due: date | None = None,
    check_months: int | None = None,
    source: Source | None = None,
    at: datetime | None = None,
) -> Guide:
    """A new draft of the viewer's, with an id.

    Without `owner` it is theirs; without `check_due` that is set on publishing.

    Raises NotAllowed for an owner the viewer may not act for or a group they are not in.
    """
    require(viewer.person_id is not None, "Sign in to write a guide.")
    owner = owner or Owner("person", viewer.person_id or 0)
    require(may_own_as(viewer, owner), "Choose yourself, a group you facilitate, or your organisation as owner.")
    require(may_put_in(viewer, group_id), "Join the group first. Then the guide can belong to it.")
    moment = at or now()
    guide = Guide(
        title=content.title,
        licence=content.licence,
        author_id=viewer.person_id,
        owner_person_id=owner.id if owner.kind == "person" else None,
        owner_group_id=owner.id if owner.kind == "group" else None,
        owner_organisation_id=owner.id if owner.kind == "organisation" else None,
        organisation_id=viewer.organisation_id,
        group_id=group_id,
        check_due=check_due,
        check_months=check_months,
        created_at=moment,
        updated_at=moment,
    )
    rows.require_open_owner(guide)
    if source:
        guide.source_id, guide.source_path, guide.source_digest = source.id, source.path, source.digest
    db.session.add(guide)
    db.session.flush()
    rows.set_content(guide, content)
    rows.set_co_authors(guide, co_author_ids, viewer)
    return guide


def save_draft(
    *,
    viewer: Viewer,
    guide_id: int,
    content: Content,
    base: int | None = None,
    owner: Owner | None = None,
    group_id: int | None = None,
    co_author_ids: Iterable[int] | None = None,
    check_due: date | None = None,
    check_months: int | None = None,
    at: datetime | None = None,
) -> Guide:
    """Save a draft again. `base` is the revision that the writer began from; None asks nothing.

    Owner, group, co-authors, check date and period are only taken from its author. Raises DraftChanged, keeping
    nothing, when the draft has another revision by now.
    """
    guide = rows.guide_to_change(guide_id)
    known = rows.standing(guide)
    require(guide.state == "draft" and may_edit(viewer, known))
    if base is not None and base != guide.revision:
        raise DraftChanged
    rows.set_content(guide, content)
    if may_hand_over(viewer, known):
        rows.set_owner(guide, owner or known.owner, viewer)
        rows.set_group(guide, group_id, viewer)
        rows.require_open_owner(guide)
        guide.check_due, guide.check_months = check_due, check_months
        if co_author_ids is not None:
            rows.set_co_authors(guide, co_author_ids, viewer)
    guide.updated_at = at or now()
    guide.revision += 1
    return guide


def discard_draft(*, viewer: Viewer, guide_id: int) -> None:
    """Throw a draft away; nothing of it is kept."""
    guide = rows.guide_to_change(guide_id)
    require(may_publish(viewer, rows.standing(guide)), "Only its author can throw a draft away.")
    record("guide.discard", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    detach_all(subject=GUIDE, subject_id=guide.id)
    db.session.delete(guide)


def discard_edit(*, viewer: Viewer, guide_id: int) -> None:
    """Throw the viewer's own unfinished edit away."""
    db.session.execute(delete(GuideEdit).where(GuideEdit.guide_id == guide_id, GuideEdit.person_id == viewer.person_id))
