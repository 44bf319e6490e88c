"""The page behind the link that stops mails about replies, and the way to it from the settings."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.mail.stopping import stop_page
from network.core.web.access import everyone, members
from network.core.web.limits import limit_writing
from network.threads.telling.stopping import is_muted, mute, read_stop, stop_address
from network.threads.telling.views import area


@area.route("/settings/replies", access=members)
def settings() -> Any:
    """One's own page."""
    return redirect(stop_address(g.viewer.person_id))


@area.route("/replies/stop/<token>", methods=["GET", "POST"], access=everyone)
@limit_writing
def stop(token: str) -> Any:
    """Stop the mails, or have them again."""
    person_id = read_stop(token)
    if person_id is None:
        abort(404)
    return stop_page(
        mute=lambda muted: mute(person_id=person_id, muted=muted),
        page=lambda: render_template("threads/stop.html", muted=is_muted(person_id)),
        said="These mails are stopped",
        again="We write to you again when somebody replies",
    )
