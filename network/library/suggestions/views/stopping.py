"""The page behind the link that stops mails about suggestions to a guide. Opening it changes nothing.

Sending needs no sign-in and no form token: the signed address is the proof, and mail programs, which hold no token of
ours, send it by themselves when somebody presses their own button (RFC 8058). It names no guide, for whoever holds the
link may no longer be one of its readers.
"""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request

from network.core.mail.stopping import by_mail_program
from network.core.transaction import transaction
from network.core.web.access import everyone
from network.core.web.forms import say
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
    if request.method == "POST":
        muted = request.form.get("act") != "start"
        with transaction():
            mute(guide_id=guide_id, person_id=person_id, muted=muted)
        if by_mail_program(request.form):
            return render_template("library/suggestions/stop.html", muted=True)
        say("We no longer write to you about it" if muted else "We write to you about it again")
        return redirect(request.path, 303)
    return render_template("library/suggestions/stop.html", muted=is_muted(guide_id, person_id))
