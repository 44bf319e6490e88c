"""The page behind the link that stops mails about being named co-author."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from network.core.mail.stopping import stop_page
from network.core.web.access import everyone
from network.core.web.limits import limit_writing
from network.library.naming.stopping import is_muted, mute, read_stop
from network.library.naming.views import area


@area.route("/co-authors/stop/<token>", methods=["GET", "POST"], access=everyone)
@limit_writing
def stop(token: str) -> Any:
    """Stop the mails, or have them again."""
    person_id = read_stop(token)
    if person_id is None:
        abort(404)
    return stop_page(
        mute=lambda muted: mute(person_id=person_id, muted=muted),
        page=lambda: render_template("library/naming/stop.html", muted=is_muted(person_id)),
        said="These mails are stopped",
        again="We write to you again when somebody names you",
    )
