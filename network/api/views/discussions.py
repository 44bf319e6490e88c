"""Discussions of open groups. What is said in closed ones is refused, whatever is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import abort

from network.api.addresses import BASE, next_page
from network.api.problems import Refused, problem
from network.api.schemas.discussions import (
    DiscussionAskedSchema,
    DiscussionListSchema,
    DiscussionsAskedSchema,
    DiscussionSchema,
)
from network.api.views import area
from network.core.web.access import NotToSee
from network.core.web.addresses import absolute
from network.discussions.pages import find
from network.discussions.queries import DiscussionRow, group_page
from network.discussions.queries.lists import PER_PAGE
from network.groups.pages import find_group_inside
from network.portability.links import outward_html, shut
from network.subjects.viewer import VISITOR
from network.threads.addresses import PER_PAGE as POSTS
from network.threads.addresses import post_address
from network.threads.queries import PostRow, posts_page

Found = TypeVar("Found")


@area.read(
    "/groups/<slug>/discussions",
    asks=DiscussionsAskedSchema,
    gives=DiscussionListSchema,
    fails=(403,),
    tried="/groups/ask-anyone/discussions",
)
def discussions(asked: Mapping[str, Any], slug: str) -> dict[str, Any]:
    """Discussions of an open group, twenty a page."""
    group = _open(lambda: find_group_inside(slug))
    page = group_page(group.id, asked["show"], asked["page"], all_of_them=group.discussion_count)
    items = [_line(row) for row in page.items]
    return {"total": page.total, "items": items, **next_page(asked, per_page=PER_PAGE, total=page.total)}


@area.read(
    "/groups/<slug>/discussions/<int(max=2147483647):number>",
    asks=DiscussionAskedSchema,
    gives=DiscussionSchema,
    fails=(403, 410),
)
def discussion(asked: Mapping[str, Any], slug: str, number: int) -> dict[str, Any]:
    """One discussion of an open group, thirty posts a page."""
    found = _open(lambda: find(slug, number))
    group, head = found
    page = posts_page(head.thread_id, asked["page"], head.accepted_post_id)
    if page is None:
        abort(404)
    address = absolute(found.address)
    return {
        "total": page.total,
        **next_page(asked, per_page=POSTS, total=page.total),
        "number": head.number,
        "title": head.title,
        "kind": head.kind,
        "language": head.language,
        "started": head.created_at,
        "group": {"slug": group.slug, "name": group.name},
        "topics": [{"slug": filed.slug, "name": filed.name} for filed in head.filed if filed.slug],
        "tags": [filed.name for filed in head.filed if not filed.slug],
        "accepted": page.pinned.number if page.pinned else None,
        "items": _posts(page.posts, address),
        "address": address,
    }


def _open(find_it: Callable[[], Found]) -> Found:
    """What was found; a problem where it is closed. A page would name who can let people in, for people."""
    try:
        return find_it()
    except NotToSee:
        raise Refused(problem(403)) from None


def _line(row: DiscussionRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": row.title,
        "kind": row.kind,
        "excerpt": row.excerpt,
        "author": row.author,
        "replies": row.reply_count,
        "answered": row.answered,
        "started": row.created_at,
        "last_post": row.last_post_at,
        "address": absolute(row.address),
        "self": absolute(f"{BASE}/groups/{row.group_slug}/discussions/{row.number}"),
    }


def _posts(rows: Sequence[PostRow], address: str) -> list[dict[str, Any]]:
    closed = shut([row.html for row in rows if row.withdrawn_at is None], VISITOR)
    return [{"number": row.number, **_said(row, closed, post_address(address, row.number))} for row in rows]


def _said(row: PostRow, closed: frozenset[str], address: str) -> dict[str, Any]:
    if row.withdrawn_at is not None:
        return {"withdrawn": row.withdrawn_at, "reason": row.withdrawn_reason, "address": address}
    return {
        "author": row.name,
        "organisation": row.organisation,
        "at": row.created_at,
        "edited": row.edited_at,
        "html": outward_html(row.html, closed, address.partition("#")[0]),
        "address": address,
    }
