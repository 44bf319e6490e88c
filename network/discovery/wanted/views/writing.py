"""“I can write this”: a draft with that title, of which the board knows only that there is one."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, redirect

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.discovery.wanted import actions
from network.discovery.wanted.views import area
from network.discovery.wanted.views.board import find
from network.library.content import Content, lay_out


@area.post("/wanted/<int(max=2147483647):entry_id>/write", access=members)
@limit_writing
def write(entry_id: int) -> Any:
    """Begin, or go on."""
    content = Content(
        title=find(entry_id).words, body="", rendered=lay_out(""), licence=current_app.config["DEFAULT_LICENCE"]
    )
    with transaction():
        guide = actions.begin(viewer=g.viewer, entry_id=entry_id, content=content)
    say("This is your draft. When you publish it, everybody who wanted it is told")
    return redirect(f"/drafts/{guide.id}", 303)
