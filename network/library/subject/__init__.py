"""What search, files and other features need to know of guides."""

from __future__ import annotations

from network.library import rules
from network.library.checking.answering import asked_about
from network.library.composing.queries import only_in_an_edit
from network.library.events import GUIDE
from network.library.models import Guide
from network.library.queries.found import guide_at, guide_by_id
from network.library.queries.visible import visible_to
from network.library.subject.cards import cards, named
from network.library.subject.entries import entries, in_group, revisions, topics
from network.subjects.registry import Hearing, Subject
from network.subjects.titles import by_title
from network.subjects.viewer import Viewer

__all__ = ["cards", "entries", "in_group", "may_read", "named", "revisions", "subject"]


def subject() -> Subject:
    """The registry entry."""
    return Subject(
        name=GUIDE,
        label="Guide",
        plural="Guides",
        entries=entries,
        revisions=revisions,
        in_group=in_group,
        cards=cards,
        may_read=may_read,
        may_read_file=may_read_file,
        by_title=by_title(Guide.id, Guide.title, visible_to),
        named=named,
        at_path=guide_at,
        hearing=Hearing(looked_after_by, did="commented on", several="new comments on"),
        topics=topics,
    )


def may_read(viewer: Viewer, guide_id: int) -> bool:
    """May the viewer read this guide or draft?"""
    found = guide_by_id(guide_id)
    return found is not None and rules.may_read(viewer, found.standing)


def may_read_file(viewer: Viewer, guide_id: int, name: str) -> bool:
    """A file is as visible as its guide or draft; a picture that no published text names yet is its editors'."""
    found = guide_by_id(guide_id)
    if found is None or not rules.may_read(viewer, found.standing):
        return False
    return not only_in_an_edit(guide_id, name) or rules.may_edit(viewer, found.standing)


def looked_after_by(guide_id: int) -> list[int]:
    """Those who are asked about a guide: comments are addressed to them."""
    found = guide_by_id(guide_id)
    viewers = asked_about(guide_id, found.standing) if found is not None else []
    return [viewer.person_id for viewer in viewers if viewer.person_id is not None]
