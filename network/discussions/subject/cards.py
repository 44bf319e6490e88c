"""Discussions as results show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import bindparam, select

from network.core.db import db
from network.core.prepared import Prepared
from network.core.text.plain import plain
from network.core.web.templating import day
from network.discussions.models import KINDS, Discussion
from network.discussions.queries.lists import visible_to
from network.discussions.subject.texts import Words, texts
from network.groups.models import Group
from network.subjects.registry import Card, Named, Section
from network.subjects.viewer import Viewer
from network.threads.addresses import post_address
from network.threads.queries import StandingPost
from network.threads.showing import FORMER_MEMBER

NO_WORDS = Words("", ())


def cards(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Card]:
    """Discussions with their words, the accepted answer first."""
    rows = db.session.execute(
        select(Discussion, Group.slug, Group.name)
        .join(Group, Group.id == Discussion.group_id)
        .where(Discussion.id.in_(ids), Discussion.withdrawn_at.is_(None), visible_to(viewer))
    ).all()
    words = texts([row[0] for row in rows])
    return {row[0].id: _card(row[0], row[1], row[2], words.get(row[0].id, NO_WORDS)) for row in rows}


def named(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Named]:
    """Titles and addresses of those that the viewer may read."""
    rows = _named(viewer.group_ids).rows(ids=list(ids))
    return {
        row_id: Named(title, f"/groups/{group}/discussions/{number}-{slug}", KINDS[kind])
        for row_id, title, number, slug, kind, group in rows
    }


@lru_cache(500)
def _named(group_ids: frozenset[int]) -> Prepared:
    """Kept, because guides' pages and suggestions ask it often."""
    return Prepared(
        select(Discussion.id, Discussion.title, Discussion.number, Discussion.slug, Discussion.kind, Group.slug)
        .join(Group, Group.id == Discussion.group_id)
        .where(
            Discussion.id.in_(bindparam("ids", expanding=True)),
            Discussion.withdrawn_at.is_(None),
            visible_to(Viewer(group_ids=group_ids)),
        )
    )


def status(kind: str, reply_count: int, answered: bool) -> tuple[str, str]:
    """A question's status in words, and the colour of its tag; nothing for other kinds."""
    if kind != "question":
        return "", ""
    if answered:
        return "Answered", "good"
    return ("Open", "calm") if reply_count else ("No reply yet", "warn")


def _card(discussion: Discussion, group_slug: str, group: str, words: Words) -> Card:
    address = f"/groups/{group_slug}/discussions/{discussion.number}-{discussion.slug}"
    tag, tone = status(discussion.kind, discussion.reply_count, discussion.accepted_post_id is not None)
    answer = next((part.post for part in words.parts if part.post.id == discussion.accepted_post_id), None)
    asker = next((part.post.author for part in words.parts if part.post.number == 1), None)
    by = f"Answered by {answer.author or FORMER_MEMBER}" if answer else asker or ""
    return Card(
        id=discussion.id,
        title=discussion.title,
        address=address,
        kicker=KINDS[discussion.kind],
        text=words.text,
        byline=by,
        language=discussion.language,
        tag=tag,
        tag_tone=tone,
        figure=f"{discussion.reply_count:,}",
        figure_words="reply" if discussion.reply_count == 1 else "replies",
        figure_tone="answered" if answer else "open" if discussion.kind == "question" else "",
        answer=plain(answer.html) if answer else "",
        facts=(group, day(discussion.last_post_at)),
        sections=tuple(
            Section(part.start, _name(part.post, answer), post_address(address, part.post.number))
            for part in words.parts
        ),
    )


def _name(post: StandingPost, answer: StandingPost | None) -> str:
    """What a post is called when a result leads to it; the first one is the discussion's own beginning."""
    if answer is not None and post.id == answer.id:
        return "Accepted answer"
    return "" if post.number == 1 else f"Reply by {post.author or FORMER_MEMBER}"
