"""The page behind the link that stops alerts. Opening it changes nothing: mail programs open links by themselves.

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
from network.discovery.saved import actions
from network.discovery.saved.models import NONE
from network.discovery.saved.stopping import read_stop
from network.discovery.saved.views import area


@area.route("/saved/searches/stop/<token>", methods=["GET", "POST"], access=everyone)
@limit_writing
def stop(token: str) -> Any:
    """Which alerts would end, and the button that ends them."""
    link = read_stop(token)
    if link is None:
        abort(404)
    if request.method == "POST":
        with transaction():
            actions.stop(person_id=link.person_id, ids=[saved.id for saved in link.searches])
        if by_mail_program(request.form):
            return render_template("discovery/saved/stop.html", names=[])
        say("These alerts are stopped")
        return redirect(request.path, 303)
    return render_template(
        "discovery/saved/stop.html", names=[saved.name for saved in link.searches if saved.alerts != NONE]
    )
