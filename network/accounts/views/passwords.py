"""Forgotten and changed passwords."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, redirect, render_template
from sqlalchemy import select

from network.accounts import sessions
from network.accounts.actions import account_by_email, ask_recovery, mail_recovery, set_password
from network.accounts.forms import ChangePasswordForm, NewPasswordForm, RecoverForm
from network.accounts.models import Account
from network.accounts.passwords import hashed, matches
from network.accounts.tokens import account_to_recover, recovery_token
from network.accounts.views import area
from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.access import everyone, members
from network.core.web.forms import say
from network.core.web.limits import MAIL, limiter, typed_email


@area.route("/recover", methods=["GET", "POST"], access=everyone)
@limiter.limit(MAIL, methods=["POST"])
@limiter.limit("3 per hour", key_func=typed_email, methods=["POST"])
def recover() -> Any:
    """Ask for the address; answer the same whether it is known or not."""
    form = RecoverForm()
    if form.validate_on_submit():
        email = (form.email.data or "").strip().lower()
        with transaction():
            ask_recovery(email)
        return render_template("accounts/check_email.html", email=email, purpose="recover")
    return render_template("accounts/recover.html", form=form)


def send_recovery(messages: list[Message]) -> None:
    """Outbox consumer: write the mail if the address has an account."""
    for message in messages:
        with transaction():
            account = account_by_email(message.payload["email"])
            if account is not None and account.active:
                mail_recovery(account.email, recovery_token(account))


@area.route("/recover/<token>", methods=["GET", "POST"], access=everyone)
@limiter.limit("30 per hour", methods=["POST"])
def new_password(token: str) -> Any:
    """Set a new password from a mailed link. Opening the link does nothing yet."""
    account = account_to_recover(token)
    if account is None:
        return render_template("accounts/link_expired.html", again="/recover"), 410
    form = NewPasswordForm()
    form.known = (account.email, current_app.config["SITE_NAME"])
    if form.validate_on_submit():
        password_hash = hashed(form.password.data or "")
        with transaction():
            set_password(account.id, password_hash, person_id=None)
        sessions.close_session()
        say("Your password is changed. Sign in with the new one")
        return redirect("/sign-in", 303)
    return render_template("accounts/new_password.html", form=form)


@area.route("/settings/password", methods=["GET", "POST"], access=members)
@limiter.limit("20 per hour", methods=["POST"])
def change_password() -> Any:
    """Change the password; all other sessions end."""
    account = db.session.scalars(select(Account).where(Account.id == g.viewer.account_id)).one()
    form = ChangePasswordForm()
    form.known = (account.email, g.viewer.name, current_app.config["SITE_NAME"])
    if form.validate_on_submit():
        if matches(form.current.data or "", account.password):
            password_hash = hashed(form.password.data or "")
            shared = g.get("keep_nothing_here", False)
            with transaction():
                account = set_password(account.id, password_hash, person_id=g.viewer.person_id)
            sessions.open_session(account, shared=shared)
            say("Your password is changed. You are signed out everywhere else")
            return redirect("/settings", 303)
        form.current.errors = ["The current password is not right"]
    return render_template("accounts/change_password.html", form=form)
