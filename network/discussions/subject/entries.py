"""Discussions as the search index should hold them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from network.core.db import db
from network.discussions.models import Discussion, DiscussionTag, DiscussionTopic
from network.discussions.subject.texts import Words, texts
from network.groups.models import Group
from network.organisations.models import Organisation
from network.subjects.registry import Entry
from network.subjects.visibility import audience_term
from network.threads.models import Post
from network.vocabulary.models import Topic


def entries(ids: Sequence[int]) -> Iterable[Entry]:
    """Title and posts, the accepted answer first, up to 20 KB."""
    rows = db.session.execute(
        select(Discussion, Group.slug, Group.openness, Organisation.slug)
        .join(Group, Group.id == Discussion.group_id)
        .outerjoin(Post, (Post.thread_id == Discussion.thread_id) & (Post.number == 1))
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .where(Discussion.id.in_(ids), Discussion.withdrawn_at.is_(None))
    ).all()
    words = texts([row[0] for row in rows])
    filed = topics(ids)
    tags = _grouped(select(DiscussionTag.discussion_id, DiscussionTag.word), ids)
    for discussion, group, openness, organisation in rows:
        yield Entry(
            id=discussion.id,
            revision=discussion.revision,
            title=discussion.title,
            audience=audience_term(discussion.group_id, openness),
            created=discussion.created_at,
            updated=discussion.last_post_at,
            body=words[discussion.id].text,
            tags=tuple(tags[discussion.id]),
            language=discussion.language,
            facets={
                "kind": (discussion.kind,),
                "topic": tuple(filed.get(discussion.id, ())),
                "group": (group,),
                "organisation": (organisation,) if organisation else (),
                "answered": _answered(discussion),
                "language": (discussion.language,),
                "author": _authors(discussion, words[discussion.id]),
            },
            tab="question" if discussion.kind == "question" else "discussion",
        )


def revisions() -> Mapping[int, int]:
    """Discussions that stand."""
    query = select(Discussion.id, Discussion.revision).where(Discussion.withdrawn_at.is_(None))
    return {row.id: row.revision for row in db.session.execute(query)}


def in_group(group_id: int) -> Sequence[int]:
    """Discussions of a group."""
    return db.session.scalars(select(Discussion.id).where(Discussion.group_id == group_id)).all()


def topics(ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The slugs of the topics of each."""
    filed = select(DiscussionTopic.discussion_id, Topic.slug).join(Topic, Topic.id == DiscussionTopic.topic_id)
    return _grouped(filed, ids)


def _answered(discussion: Discussion) -> tuple[str, ...]:
    if discussion.kind != "question":
        return ()
    return ("yes" if discussion.accepted_post_id is not None else "no",)


def _authors(discussion: Discussion, words: Words) -> tuple[str, ...]:
    """Who asked and who replied, by their ids: names and handles change, and the index would not hear of it."""
    people = (discussion.author_id, *(part.post.author_id for part in words.parts))
    return tuple(dict.fromkeys(str(person) for person in people if person is not None))


def _grouped(query: Any, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    first = query.selected_columns[0]
    for discussion_id, word in db.session.execute(query.where(first.in_(ids))):
        found[discussion_id].append(word)
    return found
