"""Joining, and confirming the address by mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import g, redirect, render_template, request

from network.accounts.passwords import hashed
from network.accounts.tokens import account_to_confirm
from network.core.transaction import transaction
from network.core.web.access import everyone
from network.core.web.addresses import safe_next
from network.core.web.forms import say
from network.core.web.limits import MAIL, limiter, typed_email
from network.people import actions
from network.people.forms import JoinForm
from network.people.views import area


@area.route("/join", methods=["GET", "POST"], access=everyone)
@limiter.limit("30 per hour", methods=["POST"])
@limiter.limit(MAIL, key_func=typed_email, methods=["POST"])
def join() -> Any:
    """Ask for what an account needs. The answer is the same for known and unknown addresses."""
    g.keep_nothing = True
    if g.viewer.signed_in:
        return redirect(safe_next(request.args.get("next"), "/"), 303)
    form = JoinForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        password_hash = hashed(form.password.data or "")
        back = safe_next(form.next.data, "")
        with transaction():
            actions.join(
                name=form.name.data or "",
                email=form.email.data or "",
                job_title=form.job_title.data or "",
                password_hash=password_hash,
                back=quote(back),
            )
        return render_template("accounts/check_email.html", email=form.email.data, purpose="join")
    return render_template("people/joining/join.html", form=form, back=safe_next(form.next.data, ""))


@area.route("/confirm/<token>", methods=["GET", "POST"], access=everyone)
@limiter.limit("60 per hour", methods=["POST"])
def confirm(token: str) -> Any:
    """Show a button; only pressing it confirms, because mail scanners open links."""
    g.keep_nothing = True
    account = account_to_confirm(token)
    if account is None:
        return render_template("accounts/link_expired.html", again="/join"), 410
    back = safe_next(request.args.get("next"), "")
    if request.method == "POST":
        with transaction():
            actions.confirm(account.id)
        say("Your email address is confirmed. Sign in to start")
        return redirect("/sign-in" + (f"?next={quote(back)}" if back else ""), 303)
    return render_template("people/joining/confirm.html", email=account.email)
