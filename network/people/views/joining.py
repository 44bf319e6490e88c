"""Joining, and confirming the address by mail."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request, session

from network.accounts import sessions
from network.accounts.links import CONFIRM, LinkGone, read_link
from network.accounts.passwords import hashed, matches
from network.accounts.views.signing_in import SHARED_BEFORE
from network.core.transaction import transaction
from network.core.web.access import everyone
from network.core.web.addresses import safe_next
from network.core.web.forms import say
from network.core.web.limits import MAIL, SIGN_IN, limiter, typed_email
from network.organisations.queries import organisations_of_email
from network.people import actions
from network.people.forms import ConfirmForm, JoinForm
from network.people.views import area
from network.subjects.names import initials

UNKNOWN = (
    "Organisation not confirmed: we know no public organisation by your email address, and your profile says so. "
    "You can do everything here. If you have a work address, you can change to it in your settings"
)
WRONG = "This is not the password that you chose when you joined"


@area.route("/join", methods=["GET", "POST"], access=everyone)
@limiter.limit("30 per hour", methods=["POST"])
@limiter.limit(MAIL, key_func=typed_email, methods=["POST"])
def join() -> Any:
    """Ask for what an account needs. The answer is the same for known and unknown addresses."""
    g.keep_nothing = True
    if g.viewer.signed_in:
        return redirect(safe_next(request.args.get("next"), "/"), 303)
    form = JoinForm(data={"next": request.args.get("next", "")})
    back = safe_next(form.next.data, "")
    if form.validate_on_submit():
        email = form.email.data or ""
        password_hash = hashed(form.password.data or "")
        with transaction():
            actions.join(
                name=form.name.data or "",
                email=email,
                job_title=form.job_title.data or "",
                password_hash=password_hash,
                back=back,
            )
        if form.shared.data:
            session[SHARED_BEFORE] = True
        return render_template("accounts/check_email.html", email=email, purpose="join")
    name = form.name.data or "Your name"
    preview = {
        "name": name,
        "initials": initials(name),
        "sub": f"{form.job_title.data or 'What you do'}, your organisation",
    }
    return render_template("people/joining/join.html", form=form, back=back, preview=preview)


@area.route("/confirm/<secret>", methods=["GET", "POST"], access=everyone)
@limiter.limit(SIGN_IN, methods=["POST"])
def confirm(secret: str) -> Any:
    """Ask for the password, then confirm and sign in. Opening the link does nothing, because mail scanners open it."""
    g.keep_nothing = True
    linked = read_link(secret, CONFIRM)
    if linked is None:
        return _gone()
    form = ConfirmForm(data={"shared": bool(session.get(SHARED_BEFORE))})
    if form.validate_on_submit():
        if matches(form.password.data or "", linked.password):
            shared = bool(form.shared.data)
            try:
                with transaction():
                    account = actions.confirm(secret)
            except LinkGone:
                return _gone()
            sessions.open_session(account, shared=shared)
            say("Your email address is confirmed and you are signed in")
            if not organisations_of_email(account.email):
                say(UNKNOWN)
            return redirect(safe_next(request.args.get("next"), "/"), 303)
        form.password.errors = [WRONG]
    return render_template("people/joining/confirm.html", form=form, email=linked.email)


def _gone() -> Any:
    if g.viewer.signed_in:  # Who is signed in has confirmed their address: by this link, as a rule.
        return render_template("people/joining/confirmed.html", back=safe_next(request.args.get("next"), "/"))
    return render_template("accounts/link_expired.html", again="/join", again_text="Join again"), 410
