"""The page behind the link that stops mails about suggestions to a guide.

It names no guide, for whoever holds the link may no longer be one of its readers.
"""

from __future__ import annotations

from typing import Any

from flask import abort, render_template

from network.core.mail.stopping import stop_page
from network.core.web.access import everyone
from network.core.web.limits import limit_writing
from network.library.suggestions.stopping import is_muted, mute, read_stop
from network.library.suggestions.views import area


@area.route("/suggestions/stop/<token>", methods=["GET", "POST"], access=everyone)
@limit_writing
def stop(token: str) -> Any:
    """Stop the mails, or have them again."""
    link = read_stop(token)
    if link is None:
        abort(404)
    guide_id, person_id = link
    return stop_page(
        mute=lambda muted: mute(guide_id=guide_id, person_id=person_id, muted=muted),
        page=lambda: render_template("library/suggestions/stop.html", muted=is_muted(guide_id, person_id)),
        said="We no longer write to you about it",
        again="We write to you about it again",
    )
