"""Stopping these mails. Opening the page changes nothing: mail programs open links.

Sending needs no sign-in and no form token: the signed address is the proof, and all it can do is to stop mails.
"""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request

from network.core.mail.stopping import by_mail_program
from network.core.transaction import transaction
from network.core.web.access import everyone
from network.core.web.forms import say
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
    if request.method == "POST":
        muted = request.form.get("act") != "start"
        with transaction():
            mute(person_id=person_id, muted=muted)
        if by_mail_program(request.form):
            return render_template("library/naming/stop.html", muted=True)
        say("These mails are stopped" if muted else "We write to you again when somebody names you")
        return redirect(request.path, 303)
    return render_template("library/naming/stop.html", muted=is_muted(person_id))
