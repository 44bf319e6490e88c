"""The page behind the link that stops mails about guides."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from network.core.mail.stopping import stop_page
from network.core.web.access import everyone
from network.core.web.limits import limit_writing
from network.library.checking.stopping import mute, read_stop, told_of
from network.library.checking.views import area


@area.route("/checks/stop/<token>", methods=["GET", "POST"], access=everyone)
@limit_writing
def stop(token: str) -> Any:
    """About which guides we would no longer write, and the button that ends it."""
    link = read_stop(token)
    if link is None:
        abort(404)
    return stop_page(
        mute=lambda _muted: mute(person_id=link.person_id, guide_ids=link.guide_ids),
        page=lambda: render_template("library/checking/stop.html", titles=told_of(link)),
        said="These mails are stopped",
    )
