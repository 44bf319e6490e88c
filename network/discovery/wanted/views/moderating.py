"""What moderators do on the board: hide with a reason, merge doubles."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import moderators
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.discovery.wanted import actions
from network.discovery.wanted.forms import MergeForm
from network.discovery.wanted.near import near
from network.discovery.wanted.queries import Standing, board
from network.discovery.wanted.views import area
from network.discovery.wanted.views.board import PER_PAGE, find
from network.subjects.forms import HideForm


@area.route("/wanted/<int(max=2147483647):entry_id>/hide", methods=["GET", "POST"], access=moderators)
@limit_writing
def hide(entry_id: int) -> Any:
    """Take it off the board."""
    known, form = _standing(entry_id), HideForm()
    if form.validate_on_submit():
        with transaction():
            actions.hide(viewer=g.viewer, entry_id=entry_id, reason=form.reason.data or "")
        say("It is hidden. The reason shows in its place")
        return redirect("/wanted", 303)
    return render_template("discovery/wanted/hide.html", form=form, known=known)


@area.route("/wanted/<int(max=2147483647):entry_id>/merge", methods=["GET", "POST"], access=moderators)
@limit_writing
def merge(entry_id: int) -> Any:
    """Into one that is near, or one of the most wanted."""
    known, form = _standing(entry_id), MergeForm()
    others = [*near(g.viewer, known.words, but=entry_id), *board(g.viewer, limit=PER_PAGE)]
    form.into.choices = list({other.id: other.words for other in others if other.id != entry_id}.items())
    if form.validate_on_submit():
        with transaction():
            actions.merge(viewer=g.viewer, entry_id=entry_id, into_id=form.into.data)
        say("They are one now")
        return redirect(f"/wanted/{form.into.data}", 303)
    return render_template("discovery/wanted/merge.html", form=form, known=known)


def _standing(entry_id: int) -> Standing:
    known = find(entry_id)
    if not known.stands:
        abort(404)
    return known
