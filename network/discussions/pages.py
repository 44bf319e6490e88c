"""What all pages of one discussion share: finding it, and the Place of its thread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from flask import abort, g

from network.core.web.templating import day
from network.discussions import rules
from network.discussions.actions import follow_post, reply_as
from network.discussions.models import KINDS
from network.discussions.queries import DiscussionHead, discussion_head
from network.groups import rules as group_rules
from network.groups.pages import find_group, let_inside
from network.groups.queries import GroupHead
from network.threads.forms import LEAVE_OUT
from network.threads.models import Post
from network.threads.place import Place
from network.threads.queries import single_post

ACCEPTED = (
    "This is the accepted answer: the question will be open again. One line stays in its place. Nobody can read the "
    "post any more, nor its history, but what others quoted of it stays in their posts."
)


class Found(NamedTuple):
    """A discussion that the viewer may read, and its group."""

    group: GroupHead
    head: DiscussionHead

    @property
    def address(self) -> str:
        """The discussion's page."""
        return f"{self.group.address}/discussions/{self.head.number}-{self.head.slug}"


def find(slug: str, number: int) -> Found:
    """The discussion with this number. The group refuses outsiders first, so that they cannot tell what exists."""
    known = discussion_head(slug, number, g.viewer)
    group = let_inside(known[0] if known else find_group(slug))  # A former address is led on from there.
    head = known[1] if known else None
    if head is None:
        abort(404)
    if head.withdrawn_at is not None:
        abort(410, description=_gone(head))
    return Found(group, head)


def place(found: Found) -> Place:
    """Where the posts of this discussion stand."""
    group, head = found

    def add(body: str, html: str) -> Post:
        return reply_as(viewer=g.viewer, discussion_id=head.id, body=body, html=html)

    return Place(
        address=found.address,
        title=head.title,
        thread_id=head.thread_id,
        trail=[*trail(group), {"text": KINDS[head.kind], "address": found.address}],
        audience=audience(group),
        may_post=rules.may_reply(g.viewer, group.id, group.openness, head.withdrawn_at),
        keeps_order=group_rules.keeps_order(g.viewer, group.id, group.openness),
        add=add,
        changed=lambda post: follow_post(discussion_id=head.id, post=post),
        warning=lambda post_number: _warning(head, post_number),
    )


def trail(group: GroupHead) -> list[Mapping[str, str]]:
    """Breadcrumbs that lead to a group."""
    return [{"text": "Groups", "address": "/groups"}, {"text": group.name, "address": group.address}]


def audience(group: GroupHead) -> str:
    """Who can read what is written here, in one sentence."""
    who = f"Only members of {group.name} can read this." if group.closed else "Everyone can read this."
    return f"{who} {LEAVE_OUT}"


def _warning(head: DiscussionHead, number: int) -> str:
    """What else goes with the first post or with the accepted answer."""
    if number != 1:
        return ACCEPTED if _is_accepted(head, number) else ""
    replies = f"{head.reply_count} repl{'y' if head.reply_count == 1 else 'ies'}"
    if g.viewer.person_id != head.author_id:
        return f"This hides the whole discussion with its {replies}. A page stays that says who hid it and why."
    if head.reply_count:
        stay = f"The title and {replies} by other people stay, so that the thread reads on"
        asks = ", and it asks for answers no more" if head.kind == "question" and head.accepted_post_id is None else ""
        return f"{stay}{asks}. Your words go, but what others quoted of them stays in their posts."
    return "Nobody has replied, so the whole discussion goes. A page stays that says you withdrew it."


def _is_accepted(head: DiscussionHead, number: int) -> bool:
    post = single_post(head.thread_id, number) if head.accepted_post_id is not None else None
    return post is not None and post.row.id == head.accepted_post_id


def _gone(head: DiscussionHead) -> str:
    if head.withdrawn_by_author:
        said = f"Its author withdrew this {head.kind} on {day(head.withdrawn_at)}."
    else:
        said = f"This {head.kind} was hidden on {day(head.withdrawn_at)} by {head.withdrawn_by or 'a former member'}."
    return f"{said} Reason: {head.withdrawn_reason}" if head.withdrawn_reason else said
