"""The page behind the link that stops mails about guides. Opening it changes nothing: mail programs open links.

Sending needs no sign-in and no form token: the signed address is the proof, and all it can do is to stop mails. Mail
programs send it by themselves when somebody presses their own button (RFC 8058), and they hold no token of ours.
"""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request

from network.core.mail.stopping import by_mail_program
from network.core.transaction import transaction
from network.core.web.access import everyone
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.library.checking import actions
from network.library.checking.stopping import read_stop
from network.library.checking.views import area


@area.route("/checks/stop/<token>", methods=["GET", "POST"], access=everyone)
@limit_writing
def stop(token: str) -> Any:
    """About which guides we would no longer write, and the button that ends it."""
    link = read_stop(token)
    if link is None:
        abort(404)
    if request.method == "POST":
        with transaction():
            actions.be_quiet(person_id=link.person_id, guide_ids=link.guide_ids)
        if by_mail_program(request.form):
            return render_template("library/checking/stop.html", titles=[])
        say("These mails are stopped")
        return redirect(request.path, 303)
    return render_template("library/checking/stop.html", titles=link.titles)
