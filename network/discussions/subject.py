"""What search and other features need to know of discussions: one is found as a whole, with all its posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from network.core.db import db
from network.core.text.plain import plain
from network.discussions.models import KINDS, Discussion, DiscussionTag, DiscussionTopic
from network.discussions.queries.lists import visible_to
from network.groups.models import Group
from network.organisations.models import Organisation
from network.subjects.registry import Card, Entry, Subject
from network.subjects.titles import by_title
from network.subjects.viewer import Viewer
from network.subjects.visibility import audience_term
from network.threads.models import Post
from network.threads.queries import standing_html
from network.vocabulary.models import Topic

LARGEST = 20_000
IN_CARD = 4_000


def entries(ids: Sequence[int]) -> Iterable[Entry]:
    """Title and posts, the accepted answer first, up to 20 KB."""
    rows = db.session.execute(
        select(Discussion, Group.slug, Group.openness, Organisation.slug)
        .join(Group, Group.id == Discussion.group_id)
        .outerjoin(Post, (Post.thread_id == Discussion.thread_id) & (Post.number == 1))
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Discussion.id.in_(ids), Discussion.withdrawn_at.is_(None))
    ).all()
    texts = _texts([row[0] for row in rows], LARGEST)
    topics = _grouped(
        select(DiscussionTopic.discussion_id, Topic.slug).join(Topic, Topic.id == DiscussionTopic.topic_id), ids
    )
    tags = _grouped(select(DiscussionTag.discussion_id, DiscussionTag.word), ids)
    for discussion, group, openness, organisation in rows:
        yield Entry(
            id=discussion.id,
            revision=discussion.revision,
            title=discussion.title,
            audience=audience_term(discussion.group_id, openness),
            created=discussion.created_at,
            updated=discussion.last_post_at,
            body=texts[discussion.id],
            tags=tuple(tags[discussion.id]),
            language=discussion.language,
            facets={
                "kind": (discussion.kind,),
                "topic": tuple(topics[discussion.id]),
                "group": (group,),
                "organisation": (organisation,) if organisation else (),
                "answered": _answered(discussion),
            },
        )


def revisions() -> Mapping[int, int]:
    """Discussions that stand."""
    query = select(Discussion.id, Discussion.revision).where(Discussion.withdrawn_at.is_(None))
    return {row.id: row.revision for row in db.session.execute(query)}


def in_group(group_id: int) -> Sequence[int]:
    """Discussions of a group."""
    return db.session.scalars(select(Discussion.id).where(Discussion.group_id == group_id)).all()


def cards(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Card]:
    """Discussions as results show them, with the start of the accepted answer first."""
    rows = db.session.execute(
        select(Discussion, Group.slug, Group.name)
        .join(Group, Group.id == Discussion.group_id)
        .where(Discussion.id.in_(ids), Discussion.withdrawn_at.is_(None), visible_to(viewer))
    ).all()
    texts = _texts([row[0] for row in rows], IN_CARD)
    return {row[0].id: _card(row[0], row[1], row[2], texts[row[0].id]) for row in rows}


def may_read(viewer: Viewer, discussion_id: int) -> bool:
    """The second check of one row."""
    query = select(Discussion.id).where(
        Discussion.id == discussion_id, Discussion.withdrawn_at.is_(None), visible_to(viewer)
    )
    return db.session.scalar(query) is not None


def status(kind: str, reply_count: int, answered: bool) -> tuple[str, str]:
    """A question's status in words, and the colour of its tag; nothing for other kinds."""
    if kind != "question":
        return "", ""
    if answered:
        return "Answered", "good"
    return ("Open", "calm") if reply_count else ("No reply yet", "warn")


def _card(discussion: Discussion, group_slug: str, group: str, text: str) -> Card:
    answered = discussion.accepted_post_id is not None
    tag, tone = status(discussion.kind, discussion.reply_count, answered)
    return Card(
        id=discussion.id,
        title=discussion.title,
        address=f"/groups/{group_slug}/discussions/{discussion.number}-{discussion.slug}",
        kicker=KINDS[discussion.kind],
        text=text,
        byline=group,
        language=discussion.language,
        tag=tag,
        tag_tone=tone,
        figure=f"{discussion.reply_count:,}",
        figure_words="reply" if discussion.reply_count == 1 else "replies",
        figure_tone="answered" if answered else "open" if discussion.kind == "question" else "",
    )


def _answered(discussion: Discussion) -> tuple[str, ...]:
    if discussion.kind != "question":
        return ()
    return ("yes" if discussion.accepted_post_id is not None else "no",)


def _texts(discussions: Sequence[Discussion], size: int) -> dict[int, str]:
    """The words of each discussion, the accepted answer first. No more posts are read into words than fit."""
    by_thread = {row.thread_id: row for row in discussions if row.thread_id is not None}
    posts: dict[int, list[tuple[bool, str]]] = defaultdict(list)
    for thread_id, post_id, html in standing_html(list(by_thread)):
        posts[thread_id].append((post_id != by_thread[thread_id].accepted_post_id, html))
    found: dict[int, str] = {}
    for thread_id, row in by_thread.items():
        text = ""
        for _, html in sorted(posts[thread_id], key=lambda post: post[0]):
            text += plain(html) + "\n"
            if len(text) >= size:
                break
        found[row.id] = text[:size]
    return found


def _grouped(query: Any, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    first = query.selected_columns[0]
    for discussion_id, word in db.session.execute(query.where(first.in_(ids))):
        found[discussion_id].append(word)
    return found


SUBJECT = Subject(
    name="discussion",
    label="Discussion",
    plural="Discussions",
    entries=entries,
    revisions=revisions,
    in_group=in_group,
    cards=cards,
    may_read=may_read,
    by_title=by_title(Discussion.id, Discussion.title, visible_to),
)
