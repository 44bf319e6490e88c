"""Another email address for an account: the new one is proved before anything changes."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template

from network.accounts import actions, sessions
from network.accounts.forms import ChangeEmailForm
from network.accounts.links import EMAIL, LinkGone, read_link
from network.accounts.passwords import matches
from network.accounts.views import area
from network.accounts.views.passwords import feeds_moved
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, say
from network.core.web.limits import MAIL, limiter, typed_here, who


@area.route("/settings/email", methods=["GET", "POST"], access=members)
@limiter.limit(MAIL, key_func=who, methods=["POST"])
@limiter.limit("3 per hour", key_func=typed_here, methods=["POST"])
def ask_email() -> Any:
    """Ask for the new address and the password. The answer is the same for free and taken addresses."""
    account = actions.account_by_id(g.viewer.account_id)
    form = ChangeEmailForm()
    if form.validate_on_submit():
        if matches(form.current.data or "", account.password):
            with transaction():
                actions.ask_new_email(account, form.email.data or "")
            return render_template("accounts/check_email.html", email=form.email.data, purpose="email")
        form.current.errors = ["The password is not right"]
    return render_template("accounts/change_email.html", form=form, email=account.email)


@area.route("/settings/email/<secret>", methods=["GET", "POST"], access=members)
@limiter.limit("30 per hour", methods=["POST"])
def new_email(secret: str) -> Any:
    """Show a button; only pressing it changes the address, because mail scanners open links."""
    linked = read_link(secret, EMAIL)
    if linked is None or linked.account_id != g.viewer.account_id:
        return _gone()
    form = Form()
    if form.validate_on_submit():
        shared = sessions.is_shared()
        try:
            with transaction():
                renewed = actions.change_email(secret, g.viewer.account_id, person_id=g.viewer.person_id)
        except LinkGone:
            return _gone()
        sessions.open_session(renewed.account, shared=shared)
        say("Your email address is changed. You are signed out everywhere else" + feeds_moved(renewed))
        return redirect("/settings", 303)
    return render_template("accounts/new_email.html", form=form, email=linked.new_email)


def _gone() -> Any:
    return render_template("accounts/link_expired.html", again="/settings/email", again_text="Send a new link"), 410
