"""The page that warns before a shared computer signs out. A page brings it up by itself, so looking at it is no
activity: only the button is.
"""

from __future__ import annotations

from typing import Any

from flask import g, make_response, redirect, render_template, request

from network.accounts import sessions
from network.accounts.idle import seconds_left, signs_out_at, warning_address
from network.accounts.views import area
from network.core.web.access import everyone
from network.core.web.addresses import safe_next, sign_in_address


@area.get("/idle", access=everyone)
def idle() -> Any:
    """Say when the session ends. When the time has come the browser asks again, and is led to sign in and back."""
    back = _back(request.args.get("next"))
    ends_at = sessions.ends_at()
    if not g.viewer.signed_in:
        return redirect(sign_in_address(back), 303)
    if ends_at is None:
        return redirect(back, 303)
    page = render_template("accounts/idle.html", back=back, until=signs_out_at(ends_at), kept="kept=" in back)
    response = make_response(page)
    response.headers["Refresh"] = f"{seconds_left() + 1}; url={warning_address(back)}"
    return response


@area.post("/idle", access=everyone)
def stay() -> Any:
    """Somebody is there. Who comes too late signs in again; both lead back to what they were doing.

    The script asks this for people who are typing, and puts the new time into the ribbon.
    """
    back = _back(request.form.get("next"))
    if not g.viewer.signed_in:
        return redirect(sign_in_address(back), 303)
    sessions.renew()
    if request.accept_mimetypes.best == "application/json":
        return {"until": signs_out_at(sessions.ends_at() or 0)}
    return redirect(back, 303)


def _back(address: str | None) -> str:
    """Where the person was; this page leads to no other page of its own kind."""
    back = safe_next(address)
    return "/" if back.startswith("/idle") else back
