"""Who may do what to a guide: pure predicates on the viewer and on what is known of the guide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from network.subjects.viewer import Viewer
from network.subjects.visibility import may_read_group_content

OwnerKind = Literal["person", "group", "organisation"]


class Owner(NamedTuple):
    """Whose guide it is: a person, a group or an organisation, by its id."""

    kind: OwnerKind
    id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rules ask of a guide. `openness` is that of the group it belongs to, None without one; `said_in` is the
    closed group in which the words of a draft were said.
    """

    state: str
    author_id: int | None
    owner: Owner
    group_id: int | None = None
    openness: str | None = None
    co_author_ids: frozenset[int] = frozenset()
    said_in: int | None = None


def writes(viewer: Viewer, guide: Standing) -> bool:
    """Is the viewer its author or a co-author?"""
    return viewer.person_id is not None and (
        viewer.person_id == guide.author_id or viewer.person_id in guide.co_author_ids
    )


def owns(viewer: Viewer, guide: Standing) -> bool:
    """Does the viewer act for the owner? For an organisation those do who wrote the guide, while they work there."""
    if viewer.person_id is None:
        return False
    kind, owner_id = guide.owner
    if kind == "person":
        return viewer.person_id == owner_id
    if kind == "group":
        return owner_id in viewer.facilitated_ids
    return writes(viewer, guide) and viewer.organisation_id == owner_id


def may_hear_as_co_author(viewer: Viewer, guide: Standing) -> bool:
    """May the viewer be told that they are co-author? While they are, and can read what is in its group."""
    readable = may_read_group_content(viewer, guide.group_id, guide.openness)
    return viewer.person_id in guide.co_author_ids and guide.state in ("draft", "published") and readable


def may_know(viewer: Viewer, guide: Standing) -> bool:
    """May the viewer learn that the guide exists?

    All are as visible as their group. Drafts are their writers', and only while those may read what was said there: who
    leaves a closed group gets its drafts back by coming back.
    """
    if not may_read_group_content(viewer, guide.group_id, guide.openness):
        return False
    return guide.state != "draft" or (writes(viewer, guide) and guide.said_in in (None, *viewer.group_ids))


def may_read(viewer: Viewer, guide: Standing) -> bool:
    """May the viewer read its text? A withdrawn guide is read by nobody."""
    return guide.state != "withdrawn" and may_know(viewer, guide)


def may_edit(viewer: Viewer, guide: Standing) -> bool:
    """Owner, author, co-authors, and the facilitators of a group that owns it."""
    return may_read(viewer, guide) and (writes(viewer, guide) or (guide.state != "draft" and owns(viewer, guide)))


def may_publish(viewer: Viewer, guide: Standing) -> bool:
    """A draft is published, or thrown away, by its author; by a co-author when the author has left."""
    if guide.state != "draft" or not may_know(viewer, guide):
        return False
    return guide.author_id is None or viewer.person_id == guide.author_id


def may_check(viewer: Viewer, guide: Standing) -> bool:
    """Whoever may edit a published guide answers for it."""
    return guide.state == "published" and may_edit(viewer, guide)


def may_hand_over(viewer: Viewer, guide: Standing) -> bool:
    """Only owners choose another owner, the co-authors and the group."""
    if guide.state == "draft":
        return may_publish(viewer, guide)
    return may_read(viewer, guide) and owns(viewer, guide)


def may_withdraw(viewer: Viewer, guide: Standing) -> bool:
    """Only owners and administrators, and always with a reason."""
    return guide.state == "published" and may_read(viewer, guide) and (owns(viewer, guide) or viewer.is_administrator)


def may_restore(viewer: Viewer, guide: Standing, *, by_administrator: bool = False) -> bool:
    """Who may withdraw a guide puts it back; what an administrator withdrew only administrators put back."""
    if guide.state != "withdrawn" or not may_know(viewer, guide):
        return False
    return viewer.is_administrator or (owns(viewer, guide) and not by_administrator)


def may_flag(viewer: Viewer, guide: Standing) -> bool:
    """Every member who can read it may say that it is out of date."""
    return viewer.signed_in and guide.state == "published" and may_read(viewer, guide)


def may_answer_flag(viewer: Viewer, guide: Standing) -> bool:
    """Whoever answers for the guide answers what is said of it."""
    return may_check(viewer, guide)


def may_take_over(viewer: Viewer, guide: Standing, *, answered_for: bool) -> bool:
    """Anybody who works for the organisation that owns the guide, once nobody who wrote it works there any more."""
    kind, owner_id = guide.owner
    there = viewer.signed_in and kind == "organisation" and viewer.organisation_id == owner_id
    return there and not answered_for and guide.state == "published" and may_read(viewer, guide)


def may_comment(viewer: Viewer, guide: Standing) -> bool:
    """Every member who can read it."""
    return viewer.signed_in and guide.state == "published" and may_read(viewer, guide)


def keeps_order(viewer: Viewer, guide: Standing) -> bool:
    """Who may hide comments with a reason: moderators, and facilitators of the group the guide belongs to."""
    in_charge = viewer.is_moderator or guide.group_id in viewer.facilitated_ids
    return in_charge and guide.state == "published" and may_read(viewer, guide)


def may_own_as(viewer: Viewer, owner: Owner) -> bool:
    """May the viewer give a guide to this owner? To themselves, a group they facilitate, or their organisation."""
    return owner.id == {"person": viewer.person_id, "organisation": viewer.organisation_id}.get(owner.kind) or (
        owner.kind == "group" and owner.id in viewer.facilitated_ids
    )


def may_put_in(viewer: Viewer, group_id: int | None) -> bool:
    """May the viewer have a guide belong to this group? Its members may."""
    return group_id is None or group_id in viewer.group_ids


def may_be_owned(owner: Owner, group_id: int | None, *, owner_closed: bool) -> bool:
    """A closed group owns what belongs to it and nothing else: who answers for a public guide can be seen."""
    return owner.kind != "group" or not owner_closed or owner.id == group_id
