"""Ending the sessions of other browsers."""

from __future__ import annotations

from typing import Any

from flask import g, redirect

from network.accounts import actions, sessions
from network.accounts.views import area
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing


@area.post("/settings/sessions", access=members)
@limit_writing
def sign_out_elsewhere() -> Any:
    """End every session of the account and open a new one here."""
    shared = sessions.is_shared()
    with transaction():
        account = actions.end_sessions(g.viewer.account_id, person_id=g.viewer.person_id)
    sessions.open_session(account, shared=shared)
    say("You are signed out everywhere else")
    return redirect("/settings", 303)
