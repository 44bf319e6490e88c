"""The talk under a suggestion: the pages are those of every thread, at the suggestion's own address."""

from __future__ import annotations

from typing import Any

from flask import abort, g

from network.core.web.access import members, readers
from network.core.web.limits import limit_writing
from network.core.web.pagination import Page, page_links, page_number
from network.library import rules as guide_rules
from network.library.queries.found import FoundGuide
from network.library.suggestions import actions
from network.library.suggestions.models import GONE
from network.library.suggestions.queries import Suggested, suggestion
from network.library.suggestions.views import area
from network.library.views.getting import readable
from network.threads import views
from network.threads.addresses import PER_PAGE
from network.threads.forms import LEAVE_OUT
from network.threads.models import Post
from network.threads.place import COMMENT, Place
from network.threads.queries import posts_page
from network.threads.showing import shown
from network.threads.views import reply_form

ONE = "/library/<slug>/suggestions/<int(max=2147483647):number>"
POST = f"{ONE}/posts/<int(max=2147483647):post>"


def place(found: FoundGuide, row: Suggested) -> Place:
    """Where the talk about a suggestion stands."""
    number = row.number or 0
    address = f"{found.address}/suggestions/{number}"
    closed = found.standing.openness == "closed"
    who = f"Only members of {found.group_name} can read this." if closed else "Everyone can read this."

    def add(body: str, html: str) -> Post:
        return actions.say(viewer=g.viewer, guide_id=found.id, number=number, body=body, html=html)

    return Place(
        address=address,
        title=f"Suggestion {number} for “{found.title}”",
        thread_id=row.thread_id,
        trail=[
            {"text": "Library", "address": "/library"},
            {"text": found.title, "address": found.address},
            {"text": f"Suggestion {number}", "address": address},
        ],
        audience=f"{who} {LEAVE_OUT}",
        may_post=guide_rules.may_comment(g.viewer, found.standing),
        keeps_order=guide_rules.keeps_order(g.viewer, found.standing),
        add=add,
        changed=lambda post: None,
        words=COMMENT,
    )


def talk(found: FoundGuide, row: Suggested) -> dict[str, Any]:
    """The posts, thirty a page, and the form for the next one."""
    stands = place(found, row)
    number = page_number()
    page = posts_page(row.thread_id, number) if row.thread_id is not None else None
    if page is None and number > 1:
        abort(404)
    return {
        "place": stands,
        "posts": shown(page.posts, g.viewer, keeps_order=stands.keeps_order) if page else [],
        "post_pages": page_links(Page(page.posts, number, PER_PAGE, page.total)) if page else None,
        "page_query": f"page={number}&" if number > 1 else "",
        "post_form": reply_form(stands) if stands.may_post else None,
    }


def _place(slug: str, number: int) -> Place:
    found = readable(slug)
    row = suggestion(found.id, number)
    if row is None or row.state in GONE:
        abort(404)
    return place(found, row)


@area.route(f"{ONE}/reply", methods=["GET", "POST"], access=members)
@limit_writing
def reply(slug: str, number: int) -> Any:
    """Say something about a suggestion."""
    return views.reply_page(_place(slug, number))


@area.route(f"{POST}/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit_post(slug: str, number: int, post: int) -> Any:
    """Edit one's own post."""
    return views.edit_page(_place(slug, number), post)


@area.get(f"{POST}/history", access=readers)
def post_history(slug: str, number: int, post: int) -> Any:
    """What an edited post said before."""
    return views.history_page(_place(slug, number), post)


@area.route(f"{POST}/withdraw", methods=["GET", "POST"], access=members)
@limit_writing
def withdraw_post(slug: str, number: int, post: int) -> Any:
    """Withdraw one's own post, or hide another's."""
    return views.withdraw_page(_place(slug, number), post)
