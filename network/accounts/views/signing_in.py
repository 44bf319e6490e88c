"""Signing in and out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from flask import g, make_response, redirect, render_template, request, session

from network.accounts import actions, sessions
from network.accounts.forms import SignInForm
from network.accounts.models import Account
from network.accounts.passwords import matches
from network.accounts.views import area
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.access import everyone
from network.core.web.addresses import safe_next
from network.core.web.forms import say
from network.core.web.guessing import count_wrong_password, limit_guessing

WRONG = "The email address or password is not right"
CLEARED = "You are signed out. What this site kept in this browser has been cleared"
SHARED_BEFORE = "shared_before"

log = structlog.get_logger()


@area.route("/sign-in", methods=["GET", "POST"], access=everyone)
@limit_guessing
def sign_in() -> Any:
    """Ask for address and password; lead back to where the person came from."""
    # Who ticked the box a moment ago, or was signed out by it, will want it again.
    form = SignInForm(data={"next": request.args.get("next", ""), "shared": _shared_before()})
    back = safe_next(form.next.data, "")
    if g.viewer.signed_in:
        return redirect(back or "/", 303)
    refused = False
    if form.validate_on_submit():
        email = form.email.data or ""
        account, right = _account(email, form.password.data or "")
        if account is not None:
            if sessions.session_name():  # What is left of a session that ended.
                with transaction():
                    sessions.end_session()
            sessions.open_session(account, shared=bool(form.shared.data))
            return redirect(back or "/", 303)
        refused = True
        with transaction():
            actions.refuse(email, right=right, back=back)
        count_wrong_password()
        form.form_errors.append(WRONG)
    return render_template(
        "accounts/sign_in.html",
        form=form,
        back=back,
        kept=back.startswith("/kept/"),
        ended=sessions.ran_out(),
        refused=refused,
    )


@area.post("/sign-out", access=everyone)
def sign_out() -> Any:
    """End the session; on a shared computer tell the browser to clear what it kept."""
    if sessions.session_name():
        with transaction():
            sessions.end_session()
    shared = sessions.close_session()
    say(CLEARED if shared else "You are signed out")
    response = make_response(redirect("/", 303))
    if shared:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def send_confirmation(messages: Sequence[Message]) -> None:
    """Outbox consumer: the link that confirms an address once more, to whoever signed in rightly but too early.

    The page is the same for everybody and promises no more. Otherwise whoever joins with an address of somebody else
    could tell by signing in whether that one was a member before.
    """
    for message in messages:
        if message.payload["right"]:
            with transaction():
                actions.mail_confirmation_again(message.payload["email"], back=message.payload["back"])


def _account(email: str, password: str) -> tuple[Account | None, bool]:
    """The account when everything about it is right, and whether the password is. Takes as long when nothing is."""
    account = actions.account_by_email(email)
    fits = matches(password, account.password if account else None)
    stands = account is not None and account.active and account.confirmed_at is not None
    log.info("sign-in", accepted=fits and stands, account=account.id if account else None, address=request.remote_addr)
    return (account if fits and stands else None), fits


def _shared_before() -> bool:
    return sessions.ran_out() or sessions.is_shared() or bool(session.get(SHARED_BEFORE))
