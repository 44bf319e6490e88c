"""What search and other features need to know of groups. Every group is public; what is in it may not be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select, true

from network.core.db import db
from network.core.text.plain import plain
from network.groups.models import Group, GroupTopic
from network.subjects.names import hue, initials
from network.subjects.registry import Card, Entry, Named, Subject
from network.subjects.titles import by_title
from network.subjects.viewer import Viewer
from network.subjects.visibility import PUBLIC
from network.vocabulary.models import Topic

SIZE = 20_000


def entries(ids: Sequence[int]) -> Iterable[Entry]:
    """Name, purpose and, of open groups, what they say about themselves."""
    topics = _topics(ids)
    for group in db.session.scalars(select(Group).where(Group.id.in_(ids))):
        about = group.about_html if group.openness == "open" else ""
        yield Entry(
            id=group.id,
            revision=group.revision,
            title=group.name,
            audience=PUBLIC,
            created=group.created_at,
            updated=group.created_at,
            summary=group.purpose,
            body=plain(about)[:SIZE],
            facets={"kind": ("group",), "topic": tuple(topics[group.id]), "openness": (group.openness,)},
        )


def revisions() -> Mapping[int, int]:
    """Every group should be found."""
    return {row.id: row.revision for row in db.session.execute(select(Group.id, Group.revision))}


def in_group(group_id: int) -> Sequence[int]:
    """A group stands in itself: closing it takes its own words out of the index."""
    return [group_id]


def cards(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Card]:
    """Groups as results show them; numbers only for those who may see inside."""
    rows = db.session.execute(
        select(Group.id, Group.slug, Group.name, Group.purpose, Group.openness, Group.member_count).where(
            Group.id.in_(ids)
        )
    )
    return {row.id: _card(*row, viewer) for row in rows}


def named(ids: Sequence[int], _viewer: Viewer) -> Mapping[int, Named]:
    """Names and addresses: they are public of every group."""
    rows = db.session.execute(select(Group.id, Group.name, Group.slug).where(Group.id.in_(ids)))
    return {row.id: Named(row.name, f"/groups/{row.slug}", "Group") for row in rows}


def may_read(_viewer: Viewer, _group_id: int) -> bool:
    """A group's own page is for everybody."""
    return True


def _card(group_id: int, slug: str, name: str, purpose: str, openness: str, members: int, viewer: Viewer) -> Card:
    inside = openness == "open" or group_id in viewer.group_ids
    return Card(
        id=group_id,
        title=name,
        address=f"/groups/{slug}",
        kicker="Group",
        text=purpose,
        tag="" if openness == "open" else "Closed",
        tag_tone="calm",
        figure=f"{members:,}" if inside else "",
        figure_words=("member" if members == 1 else "members") if inside else "",
        initials=initials(name),
        hue=hue(group_id),
        shape="square",
    )


def _topics(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(GroupTopic.group_id, Topic.slug).join(Topic, Topic.id == GroupTopic.topic_id)
    for group_id, slug in db.session.execute(query.where(GroupTopic.group_id.in_(ids))):
        found[group_id].append(slug)
    return found


SUBJECT = Subject(
    name="group",
    label="Group",
    plural="Groups",
    entries=entries,
    revisions=revisions,
    in_group=in_group,
    cards=cards,
    may_read=may_read,
    by_title=by_title(Group.id, Group.name, lambda viewer: true()),
    named=named,
)
