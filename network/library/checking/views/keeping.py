"""Keeping a guide from getting lost: taking over one that nobody answers for, putting back a withdrawn one."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.library import rules
from network.library.actions.ending import by_administrator, restore_withdrawn
from network.library.checking import actions
from network.library.checking.answering import answered_for
from network.library.checking.views import area
from network.library.queries.found import guide_by_slug
from network.library.views.getting import moved, readable


@area.route("/library/<slug>/take-over", methods=["GET", "POST"], access=members)
@limit_writing
def take_over(slug: str) -> Any:
    """Become the owner of a guide of one's organisation."""
    found = readable(slug)
    owner = found.standing.owner
    answered = owner.kind != "organisation" or answered_for(found.id)
    if not rules.may_take_over(g.viewer, found.standing, answered_for=answered):
        abort(403, description="People who work for the organisation that owns a guide can take it over, once nobody "
              "who wrote it works there any more.")  # fmt: skip
    form = Form()
    if form.validate_on_submit():
        with transaction():
            actions.take_over(viewer=g.viewer, guide_id=found.id)
        say("This guide is yours now. Look through it, and say whether it is still right")
        return redirect(f"{found.address}/check", 303)
    return render_template("library/checking/take_over.html", form=form, found=found)


@area.route("/library/<slug>/put-back", methods=["GET", "POST"], access=members)
@limit_writing
def put_back(slug: str) -> Any:
    """Undo a withdrawal. For a guide that was put back meanwhile there is nothing left to do."""
    found = guide_by_slug(slug)
    if found is None:
        raise moved(slug)
    if not rules.may_know(g.viewer, found.standing):
        abort(404)
    if found.standing.state != "withdrawn":
        return redirect(found.address, 303)
    if not rules.may_restore(g.viewer, found.standing, by_administrator=by_administrator(found.id)):
        abort(403, description="Only its owner can put this guide back, or an administrator if one withdrew it.")
    form = Form()
    if form.validate_on_submit():
        with transaction():
            restore_withdrawn(viewer=g.viewer, guide_id=found.id)
        say("The guide can be read again at its old address. That it was withdrawn stays in its record")
        return redirect(found.address, 303)
    return render_template("library/checking/put_back.html", form=form, found=found)
