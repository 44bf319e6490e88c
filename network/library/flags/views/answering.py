"""Answering what somebody said of a guide, and taking one's own words back."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.library import rules
from network.library.flags import actions
from network.library.flags.forms import AnswerForm
from network.library.flags.models import MENDED
from network.library.flags.queries import Flag, flag_of
from network.library.flags.views import area
from network.library.queries.found import FoundGuide
from network.library.views.getting import readable

ANSWERED = "This was answered meanwhile"


@area.route("/library/<slug>/flags/<int(max=2147483647):flag_id>/answer", methods=["GET", "POST"], access=members)
@limit_writing
def answer(slug: str, flag_id: int) -> Any:
    """Say that it is mended, or why the guide is still right."""
    found = readable(slug)
    if not rules.may_answer_flag(g.viewer, found.standing):
        abort(403, description="Only its owner and its authors can answer this.")
    said = _said(found, flag_id)
    form = AnswerForm()
    if said.answer:
        say(ANSWERED)
        return redirect(f"{found.address}/flags", 303)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.answer(
                    viewer=g.viewer, flag_id=said.id, mended=form.how.data == MENDED, text=form.text.data or ""
                )
            say("Your answer is kept, and whoever flagged it hears of it. The check dates have not changed")
        except actions.AlreadyAnswered:
            say(ANSWERED)
        return redirect(f"{found.address}/flags", 303)
    return render_template("library/flags/answer.html", form=form, found=found, said=said)


@area.route("/library/<slug>/flags/<int(max=2147483647):flag_id>/take-back", methods=["GET", "POST"], access=members)
@limit_writing
def take_back(slug: str, flag_id: int) -> Any:
    """Take one's own words back, after asking."""
    found = readable(slug)
    said = _said(found, flag_id)
    if said.person_id != g.viewer.person_id:
        abort(403, description="Only who said it can take it back.")
    form = Form()
    if said.answer:
        say(ANSWERED)
        return redirect(f"{found.address}/flags", 303)
    if form.validate_on_submit():
        try:
            with transaction():
                actions.take_back(viewer=g.viewer, flag_id=said.id)
            say("You have taken it back")
        except actions.AlreadyAnswered:
            say(ANSWERED)
        return redirect(f"{found.address}/flags", 303)
    return render_template("library/flags/take_back.html", form=form, found=found, said=said)


def _said(found: FoundGuide, flag_id: int) -> Flag:
    said = flag_of(found.id, flag_id)
    if said is None:
        abort(404)
    return said
