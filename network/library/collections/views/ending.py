"""How a collection ends: who keeps it takes it away, or a moderator hides it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members, moderators
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.library.collections import actions, rules
from network.library.collections.forms import SureForm
from network.library.collections.views import area
from network.library.collections.views.getting import readable
from network.subjects.forms import HideForm


@area.route("/collections/<slug>/delete", methods=["GET", "POST"], access=members)
@limit_writing
def delete(slug: str) -> Any:
    """Asks first."""
    head, form = readable(slug), SureForm()
    if not rules.may_take_away(g.viewer, head.standing):
        abort(403, description="Only who keeps this collection can delete it.")
    if form.validate_on_submit():
        with transaction():
            actions.take_away(viewer=g.viewer, collection_id=head.id)
        say("The collection is deleted. What was in it stays where it is")
        return redirect("/collections", 303)
    return render_template("library/collections/delete.html", form=form, head=head)


@area.route("/collections/<slug>/hide", methods=["GET", "POST"], access=moderators)
@limit_writing
def hide(slug: str) -> Any:
    """With a reason that stands in its place."""
    head, form = readable(slug), HideForm()
    if form.validate_on_submit():
        with transaction():
            actions.hide(viewer=g.viewer, collection_id=head.id, reason=form.reason.data or "")
        say("It is hidden. The reason shows in its place")
        return redirect("/collections", 303)
    return render_template("library/collections/hide.html", form=form, head=head)
