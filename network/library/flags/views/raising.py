"""What was said of a guide, and saying it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.web.access import members, readers
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.library import rules
from network.library.flags import actions
from network.library.flags.forms import FlagForm
from network.library.flags.queries import answered_flags, open_flags
from network.library.flags.views import area
from network.library.views.getting import readable

SHOWN = 50


@area.get("/library/<slug>/flags", access=readers)
def flags(slug: str) -> Any:
    """What waits for an answer, and what was answered."""
    found = readable(slug)
    return render_template(
        "library/flags/list.html",
        found=found,
        waiting=open_flags(found.id),
        answered=answered_flags(found.id, SHOWN),
        may_answer=rules.may_answer_flag(g.viewer, found.standing),
    )


@area.route("/library/<slug>/flags/new", methods=["GET", "POST"], access=members)
@limit_writing
def flag(slug: str) -> Any:
    """Say that a guide is out of date."""
    found = readable(slug)
    if not rules.may_flag(g.viewer, found.standing):
        abort(403)
    form = FlagForm()
    if form.validate_on_submit():
        try:
            with creating(form) as made:
                actions.flag(viewer=g.viewer, guide_id=found.id, reason=form.reason.data or "")
                made.address = found.address
            say("Thank you. Readers see what you say until the owner answers, and you hear of the answer by mail")
            return redirect(made.address, 303)
        except actions.AlreadyFlagged:
            form.form_errors.append(
                "You have said something about this guide that waits for an answer. Take that back first"
            )
    waiting = open_flags(found.id)
    return render_template("library/flags/new.html", form=form, found=found, waiting=waiting)
