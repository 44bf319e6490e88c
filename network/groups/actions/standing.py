"""Starting, editing and closing a group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.stale import require_unchanged
from network.core.text.slugs import free, slugify
from network.groups import rules
from network.groups.actions.membership import add_member
from network.groups.actions.rows import locked_group
from network.groups.closing import let_leave
from network.groups.events import GroupChanged, GroupClosed, GroupStarted
from network.groups.models import ASK_ANYONE, FormerGroupSlug, Group, GroupTopic
from network.groups.queries import group_words
from network.subjects.registry import AudienceChanged, GroupMoved
from network.subjects.rules import require
from network.subjects.viewer import Viewer


class NameTaken(Exception):
    """Another group has this name."""


def start_group(
    *,
    name: str,
    purpose: str,
    by_id: int,
    about: str = "",
    about_html: str = "",
    openness: str = "open",
    closed_reason: str = "",
    topic_ids: Sequence[int] = (),
    slug: str = "",
    at: datetime | None = None,
) -> Group:
    """A new group with its starter as facilitator. Raises NameTaken. A closed one needs its reason."""
    _require_free_name(name)
    at = at or now()
    group = Group(
        slug=slug or free_slug(name),
        name=name,
        purpose=purpose,
        about=about,
        about_html=about_html,
        openness=openness,
        closed_reason=closed_reason if openness == "closed" else "",
        created_by=by_id,
        created_at=at,
        last_active_at=at,
    )
    db.session.add(group)
    try:
        db.session.flush()
    except IntegrityError as error:  # Two people chose the name at the same moment.
        raise NameTaken(name) from error
    file_under(group.id, topic_ids)
    add_member(group_id=group.id, person_id=by_id, role="facilitator", at=at)
    record("group.start", actor_id=by_id, subject="group", subject_id=group.id, openness=openness)
    publish(GroupStarted("group", group.id))
    return group


def edit_group(
    *,
    group_id: int,
    viewer: Viewer,
    base: str,
    name: str,
    purpose: str,
    about: str,
    about_html: str,
    topic_ids: Sequence[int],
) -> Group:
    """Change a group's words. A new name gives a new address; the old one leads on.

    Raises NameTaken, and ChangedMeanwhile unless `base` is the fingerprint of what is stored.
    """
    group = locked_group(group_id)
    require(rules.may_manage(viewer, group.id, group.openness), "Only a facilitator can edit this group.")
    require_unchanged(base, group_words(group.id))
    former = group.slug
    if name != group.name:
        _require_free_name(name, except_id=group.id)
        _move(group, name)
    group.name, group.purpose, group.about, group.about_html = name, purpose, about, about_html
    group.revision += 1
    file_under(group.id, topic_ids)
    record("group.edit", actor_id=viewer.person_id, subject="group", subject_id=group.id)
    publish(GroupChanged("group", group.id))
    if group.slug != former:
        publish(GroupMoved(group.id))
    return group


def close_group(*, group_id: int, viewer: Viewer, reason: str) -> Group:
    """Close an open group for good: what is in it is for its members from now on.

    What others rely on outside leaves it first.
    """
    group = locked_group(group_id)
    allowed = rules.may_close(viewer, group.id, group.openness, group.slug) and bool(reason)
    require(allowed, "Only a facilitator can close this group.")
    let_leave(group_id, viewer)
    group.openness, group.closed_reason = "closed", reason
    group.revision += 1
    record("group.close", actor_id=viewer.person_id, subject="group", subject_id=group.id)
    publish(GroupClosed("group", group.id), urgent=True)
    publish(AudienceChanged(group.id), urgent=True)
    return group


def file_under(group_id: int, topic_ids: Sequence[int]) -> None:
    """The topics that a group is about, in place of those it had."""
    db.session.execute(delete(GroupTopic).where(GroupTopic.group_id == group_id))
    db.session.add_all(GroupTopic(group_id=group_id, topic_id=topic_id) for topic_id in dict.fromkeys(topic_ids))


def free_slug(name: str) -> str:
    """An address part made of the name that no group has or had."""
    base = slugify(name, fallback="group")
    taken = set(db.session.scalars(select(Group.slug).where(Group.slug.startswith(base))))
    taken |= set(db.session.scalars(select(FormerGroupSlug.slug).where(FormerGroupSlug.slug.startswith(base))))
    return free(base, taken)


def _move(group: Group, name: str) -> None:
    """“Ask anyone” keeps its address, because other parts find it by that."""
    if group.slug == ASK_ANYONE or slugify(name, fallback="group") == group.slug:
        return
    own = delete(FormerGroupSlug).where(
        FormerGroupSlug.group_id == group.id, FormerGroupSlug.slug == slugify(name, fallback="group")
    )
    db.session.execute(own)  # A group that takes its old name back gets its old address back.
    former, group.slug = group.slug, free_slug(name)
    db.session.add(FormerGroupSlug(slug=former, group_id=group.id))


def _require_free_name(name: str, except_id: int = 0) -> None:
    query = select(Group.id).where(func.lower(Group.name) == name.lower(), Group.id != except_id)
    if db.session.scalar(query.limit(1)) is not None:
        raise NameTaken(name)
