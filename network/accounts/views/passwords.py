"""Forgotten and changed passwords."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, redirect, render_template

from network.accounts import actions, sessions
from network.accounts.forms import ChangePasswordForm, NewPasswordForm, RecoverForm
from network.accounts.links import RECOVER, LinkGone, read_link
from network.accounts.passwords import hashed, matches
from network.accounts.views import area
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.access import everyone, members
from network.core.web.forms import say
from network.core.web.guessing import forget_wrong_passwords
from network.core.web.limits import (
    RECOVERY_ANYWHERE,
    RECOVERY_HERE,
    RECOVERY_NETWORK,
    account_key,
    enough,
    limiter,
    typed_here,
    who,
)


@area.route("/recover", methods=["GET", "POST"], access=everyone)
@limiter.limit(RECOVERY_NETWORK, methods=["POST"])
@limiter.limit(RECOVERY_HERE, key_func=typed_here, methods=["POST"])
def recover() -> Any:
    """Ask for the address; answer the same whether it is known or not.

    What others ask for elsewhere keeps nobody out: past a wide limit the mails that were sent have to do.
    """
    form = RecoverForm()
    if form.validate_on_submit():
        email = (form.email.data or "").strip().lower()
        if not enough(RECOVERY_ANYWHERE, account_key(email), "recovery"):
            with transaction():
                actions.ask_recovery(email)
        return render_template("accounts/check_email.html", email=email, purpose="recover")
    return render_template("accounts/recover.html", form=form)


def send_recovery(messages: Sequence[Message]) -> None:
    """Outbox consumer: write the mail if the address has an account."""
    for message in messages:
        with transaction():
            account = actions.account_by_email(message.payload["email"])
            if account is not None and account.active:
                actions.mail_recovery(account)


@area.route("/recover/<secret>", methods=["GET", "POST"], access=everyone)
@limiter.limit("30 per hour", methods=["POST"])
def new_password(secret: str) -> Any:
    """Set a new password from a mailed link. Opening the link does nothing yet."""
    linked = read_link(secret, RECOVER)
    if linked is None:
        return gone()
    form = NewPasswordForm()
    form.known = (linked.email,)
    if form.validate_on_submit():
        password_hash = hashed(form.password.data or "")
        try:
            with transaction():
                renewed = actions.recover(secret, password_hash, person_id=g.viewer.person_id)
                sessions.end_session()  # It may be somebody else's, which the new password does not end.
        except LinkGone:
            return gone()
        sessions.close_session()
        forget_wrong_passwords(linked.email)
        say("Your password is changed. Sign in with the new one" + feeds_moved(renewed))
        return redirect("/sign-in", 303)
    return render_template("accounts/new_password.html", form=form, email=linked.email)


def gone() -> Any:
    """The page for links that no longer work."""
    return render_template("accounts/link_expired.html", again="/recover", again_text="Send a new link"), 410


def feeds_moved(renewed: actions.Renewed) -> str:
    """What a banner adds for somebody whose feeds have other addresses now: their feed reader shows nothing new."""
    return ". Your own feeds have new addresses: give those to your feed reader" if renewed.feeds else ""


@area.route("/settings/password", methods=["GET", "POST"], access=members)
@limiter.limit("20 per hour", key_func=who, methods=["POST"])
def change_password() -> Any:
    """Change the password; all other sessions end."""
    account = actions.account_by_id(g.viewer.account_id)
    form = ChangePasswordForm()
    form.known = (account.email, g.viewer.name)
    if form.validate_on_submit():
        if matches(form.current.data or "", account.password):
            password_hash = hashed(form.password.data or "")
            shared = sessions.is_shared()
            with transaction():
                renewed = actions.set_password(account.id, password_hash, person_id=g.viewer.person_id)
            sessions.open_session(renewed.account, shared=shared)
            say("Your password is changed. You are signed out everywhere else" + feeds_moved(renewed))
            return redirect("/settings", 303)
        form.current.errors = ["The current password is not right"]
    return render_template("accounts/change_password.html", form=form)
