"""Reading a discussion."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.web.access import readers
from network.core.web.pagination import Page, page_links, page_number
from network.core.web.templating import day
from network.discussions import rules
from network.discussions.models import KINDS
from network.discussions.pages import Found, find, place
from network.discussions.subject import status
from network.discussions.views import NUMBER, PAGE, area
from network.discussions.views.in_group import lent
from network.threads.addresses import PER_PAGE, asked_number, page_of
from network.threads.place import Place
from network.threads.queries import PostsPage, participants, posts_page
from network.threads.showing import Flag, shown
from network.threads.views import reply_form

VERBS = {"question": "Asked", "announcement": "Announced", "discussion": "Started"}


@area.get(f"/groups/<slug>/discussions/{NUMBER}", access=readers)
def by_number(slug: str, number: int) -> Any:
    """The number alone is enough to find a discussion."""
    return redirect(find(slug, number).address, 301)


@area.get(PAGE, access=readers)
def discussion(slug: str, number: int, words: str) -> Any:
    """A page of posts. Other words after the number lead to the right ones; `?post=47` leads to that post."""
    found = find(slug, number)
    stands = place(found)
    if asked := asked_number("post"):
        return redirect(_post_address(found, stands, asked), 302)
    if words != found.head.slug:
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        return redirect(found.address + query, 301)
    page = posts_page(found.head.thread_id, page_number(), found.head.accepted_post_id)
    if page is None:
        abort(404)
    return render_template("discussions/discussion.html", **_context(found, stands, page))


def _context(found: Found, stands: Place, page: PostsPage) -> dict[str, Any]:
    group, head = found
    text, state = status(head.kind, head.reply_count, head.accepted_post_id is not None)
    posts = shown(page.posts, g.viewer, keeps_order=stands.keeps_order)
    first = page.number == 1
    return {
        "group": group,
        "head": head,
        "kind": KINDS[head.kind],
        "tag": {"text": text, "state": state} if text else None,
        "started": f"{VERBS[head.kind]} {day(head.created_at)}",
        "place": stands,
        "original": posts[:1] if first else [],
        "rest": posts[1:] if first else posts,
        "accepted": _accepted(page, stands) if first else [],
        "flag": _flag(found),
        "pointer": _pointer(found, page),
        "may_accept": _may_accept(found),
        "may_edit": rules.may_edit(g.viewer, head.author_id, head.withdrawn_at),
        "page": page,
        "pages": page_links(Page(page.posts, page.number, PER_PAGE, page.total)),
        "filed": head.filed,
        "people": _people(found, page),
        "form": reply_form(stands) if stands.may_post else None,
        "lent": lent("discussion.aside", head.id),
    }


def _accepted(page: PostsPage, stands: Place) -> list[Any]:
    return shown([page.pinned], g.viewer, keeps_order=stands.keeps_order) if page.pinned else []


def _flag(found: Found) -> Flag:
    by = found.head.accepted_by or "a former member"
    undo = "unaccept" if _may_accept(found) else ""
    return Flag(f"Answer accepted by {by}", undo, "Undo accepting this answer")


def _pointer(found: Found, page: PostsPage) -> dict[str, Any] | None:
    """The line that stands in the accepted answer's place; only later pages give it the post's anchor."""
    if page.pinned is None:
        return None
    later = page.number > 1
    return {
        "number": page.pinned.number,
        "text": f"#{page.pinned.number}, by {page.pinned.name or 'a former member'}, is",
        "link": "the accepted answer on the first page" if later else "the accepted answer above",
        "address": f"{found.address if later else ''}#post-{page.pinned.number}",
        "id": later,
    }


def _may_accept(found: Found) -> bool:
    group, head = found
    return rules.may_accept(
        g.viewer, kind=head.kind, author_id=head.author_id, group_id=group.id, openness=group.openness
    )


def _people(found: Found, page: PostsPage) -> tuple[int, int]:
    """People and organisations in the conversation; of a single page without asking again."""
    if page.pages > 1:
        return participants(found.head.thread_id)
    standing = [row for row in page.posts if row.withdrawn_at is None]
    people = {row.author_id for row in standing if row.author_id}
    return len(people), len({row.organisation_id for row in standing if row.organisation_id})


def _post_address(found: Found, stands: Place, number: int) -> str:
    """The accepted answer is read on the first page; every other post on its own."""
    page = posts_page(found.head.thread_id, page_of(number), found.head.accepted_post_id)
    if page is None or number > page.total:
        abort(404)
    if page.pinned is not None and page.pinned.number == number:
        return f"{found.address}#post-{number}"
    return stands.post(number)
