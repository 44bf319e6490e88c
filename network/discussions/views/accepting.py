"""Accepting an answer, and taking that back. The buttons stand on the discussion's page."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, request

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.discussions import actions
from network.discussions.pages import find
from network.discussions.views import PAGE, area


@area.post(f"{PAGE}/accept", access=members)
@limit_writing
def accept(slug: str, number: int, words: str) -> Any:
    """Accept the reply whose number the button sent."""
    found = find(slug, number)
    sent = request.form.get("number", "")
    if not (sent.isascii() and sent.isdigit() and len(sent) < 8):
        abort(400)
    with transaction():
        actions.accept_as(viewer=g.viewer, discussion_id=found.head.id, number=int(sent))
    say("The answer is accepted. It stands first now, so that others find it")
    return redirect(f"{found.address}#post-{int(sent)}", 303)


@area.post(f"{PAGE}/unaccept", access=members)
@limit_writing
def unaccept(slug: str, number: int, words: str) -> Any:
    """The question is open again."""
    found = find(slug, number)
    with transaction():
        actions.unaccept_as(viewer=g.viewer, discussion_id=found.head.id)
    say("The question is open again")
    return redirect(found.address, 303)
