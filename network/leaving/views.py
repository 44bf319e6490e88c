"""`/settings/leaving`: what happens, what is chosen, one page that names it, and then it is done."""

from __future__ import annotations

from typing import Any

from flask import g, make_response, redirect, render_template, request
from sqlalchemy.exc import OperationalError

from network.accounts.actions import account_by_id
from network.accounts.passwords import matches
from network.accounts.sessions import close_session
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.area import Area
from network.core.web.forms import say
from network.core.web.limits import limiter, who
from network.leaving.actions import HeirGone, close
from network.leaving.forms import LeavingForm, leaving_form
from network.leaving.queries import Answerable, answerable
from network.leaving.telling import what_will_be_done
from network.people.standing import LAST_ADMINISTRATOR, LastAdministrator, is_last_administrator

area = Area("leaving", __name__)

CLOSED = "Your account is closed. One last mail to your address says so"
CLOSE = "close"
SHOWN = 50
DEADLOCK = "40P01"


@area.route("/settings/leaving", methods=["GET", "POST"], access=members)
@limiter.limit("20 per hour", key_func=who, methods=["POST"])
def leaving() -> Any:
    """The choices; sent, the page that names what they mean and asks for the password; with that, the end."""
    g.keep_nothing = True
    act, answers = request.form.get("act", ""), answerable(g.viewer.person_id)
    form = leaving_form(answers, ask_password=act == CLOSE)
    account = account_by_id(g.viewer.account_id)
    if is_last_administrator(account):
        return render_template("leaving/needed.html", why=LAST_ADMINISTRATOR)
    if request.method != "POST" or act == "change":
        return _choose(form, answers)
    fits = form.validate()
    if act != CLOSE:
        return _confirm(leaving_form(answers, ask_password=True), form, answers) if fits else _choose(form, answers)
    if fits and matches(form.current.data or "", account.password):
        return _close(form)
    if not form.current.errors:
        if not fits:
            return _choose_again()
        form.current.errors = ["The password is not right"]
    return _confirm(form, form, answers)


def _choose(form: LeavingForm, answers: Answerable) -> Any:
    return render_template("leaving/leaving.html", form=form, answers=answers, shown=SHOWN)


def _choose_again() -> Any:
    """Somebody joined or left meanwhile, so that a choice fits no more."""
    answers = answerable(g.viewer.person_id)
    again = leaving_form(answers, ask_password=False)
    again.validate()
    return _choose(again, answers)


def _confirm(form: LeavingForm, chosen: LeavingForm, answers: Answerable) -> Any:
    return render_template(
        "leaving/confirm.html", form=form, chosen=chosen.chosen(), done=what_will_be_done(chosen, answers)
    )


def _close(form: LeavingForm) -> Any:
    try:
        _close_in_turn(form)
    except LastAdministrator:
        return redirect("/settings/leaving", 303)
    except HeirGone:
        return _choose_again()
    return _leave()


def _close_in_turn(form: LeavingForm) -> None:
    """Two who leave at once may wait for each other, as administrators do. The database lets one go on; then it is the
    other's turn.
    """
    try:
        _close_now(form)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != DEADLOCK:
            raise
        _close_now(form)


def _close_now(form: LeavingForm) -> None:
    with transaction():
        close(account_id=g.viewer.account_id, choices=form.choices(), by_id=g.viewer.person_id)


def _leave() -> Any:
    shared = close_session()
    say(CLOSED)
    response = make_response(redirect("/", 303))
    if shared:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
