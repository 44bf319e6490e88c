"""The pages of a discussion's posts, all at the discussion's own address."""

from __future__ import annotations

from typing import Any

from network.core.web.access import members, readers
from network.core.web.limits import limit_writing
from network.discussions.pages import find, place
from network.discussions.views import PAGE, POST, area
from network.threads import views


@area.route(f"{PAGE}/reply", methods=["GET", "POST"], access=members)
@limit_writing
def reply(slug: str, number: int, words: str) -> Any:
    """Write a reply."""
    return views.reply_page(place(find(slug, number)))


@area.route(f"{POST}/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit_post(slug: str, number: int, words: str, post: int) -> Any:
    """Edit one's own post."""
    return views.edit_page(place(find(slug, number)), post)


@area.get(f"{POST}/history", access=readers)
def history(slug: str, number: int, words: str, post: int) -> Any:
    """What an edited post said before."""
    return views.history_page(place(find(slug, number)), post)


@area.route(f"{POST}/withdraw", methods=["GET", "POST"], access=members)
@limit_writing
def withdraw(slug: str, number: int, words: str, post: int) -> Any:
    """Withdraw one's own post, or hide another's."""
    return views.withdraw_page(place(find(slug, number)), post)
