"""The comments under a guide: the pages are those of every thread, at the guide's own address."""

from __future__ import annotations

from typing import Any

from flask import g

from network.core.web.access import members, readers
from network.core.web.limits import limit_writing
from network.library import rules
from network.library.actions.commenting import comment, follow_comment
from network.library.rules import Standing
from network.library.views import area
from network.library.views.getting import readable
from network.threads import views
from network.threads.forms import LEAVE_OUT
from network.threads.models import Post
from network.threads.place import COMMENT, Place

POST = "/library/<slug>/posts/<int(max=2147483647):post>"


def place(*, guide_id: int, address: str, title: str, thread_id: int | None, standing: Standing, group: str) -> Place:
    """Where the comments of a guide stand. `group` names the closed group that it belongs to, if there is one."""

    def add(body: str, html: str) -> Post:
        return comment(viewer=g.viewer, guide_id=guide_id, body=body, html=html)

    who = f"Only members of {group} can read this." if group else "Everyone can read this."
    return Place(
        address=address,
        title=title,
        thread_id=thread_id,
        trail=[{"text": "Library", "address": "/library"}, {"text": title, "address": address}],
        audience=f"{who} {LEAVE_OUT}",
        may_post=rules.may_comment(g.viewer, standing),
        keeps_order=rules.keeps_order(g.viewer, standing),
        add=add,
        changed=lambda post: follow_comment(guide_id=guide_id, post=post),
        words=COMMENT,
    )


def _place(slug: str) -> Place:
    found = readable(slug)
    closed = found.standing.openness == "closed"
    return place(
        guide_id=found.id,
        address=found.address,
        title=found.title,
        thread_id=found.thread_id,
        standing=found.standing,
        group=found.group_name if closed else "",
    )


@area.route("/library/<slug>/reply", methods=["GET", "POST"], access=members)
@limit_writing
def reply(slug: str) -> Any:
    """Write a comment."""
    return views.reply_page(_place(slug))


@area.route(f"{POST}/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit_comment(slug: str, post: int) -> Any:
    """Edit one's own comment."""
    return views.edit_page(_place(slug), post)


@area.get(f"{POST}/history", access=readers)
def comment_history(slug: str, post: int) -> Any:
    """What an edited comment said before."""
    return views.history_page(_place(slug), post)


@area.route(f"{POST}/withdraw", methods=["GET", "POST"], access=members)
@limit_writing
def withdraw_comment(slug: str, post: int) -> Any:
    """Withdraw one's own comment, or hide another's."""
    return views.withdraw_page(_place(slug), post)
