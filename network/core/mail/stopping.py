"""Stopping mails with one press (RFC 8058): what the mail says, and the page behind the link in it.

Whoever wants no more of some mails has muted them; each feature keeps that in its own table and signs its own links.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import redirect, request

from network.core.transaction import transaction
from network.core.web.forms import say


def one_press(address: str) -> dict[str, str]:
    """The headers from which a mail program makes its own button."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def stop_page(*, mute: Callable[[bool], object], page: Callable[[], str], said: str, again: str = "") -> Any:
    """Answer a request for the page behind such a link, and for sending it.

    Opening it changes nothing: mail programs open links by themselves. Sending needs no sign-in and no form token: the
    signed address is the proof, all it can do is to stop mails, and mail programs hold no token of ours.

    `mute` is called inside the transaction, with False when mails are to come again, which only a page with `again`
    offers. `said` and `again` are told on the page afterwards, which `page` draws as things stand.
    """
    if request.method != "POST":
        return page()
    muted = not again or request.form.get("act") != "start"
    with transaction():
        mute(muted)
    if _by_mail_program(request.form):
        return page()
    say(said if muted else again)
    return redirect(request.path, 303)


def _by_mail_program(sent: Mapping[str, str]) -> bool:
    """Those must be answered at once, not sent on."""
    return "List-Unsubscribe" in sent
