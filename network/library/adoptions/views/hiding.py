"""Hiding what somebody wrote of a use, as comments are hidden."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.library.adoptions.hiding import NOT_ALLOWED, hide
from network.library.adoptions.queries.evidence import words_of
from network.library.adoptions.rules import may_hide
from network.library.adoptions.views import area
from network.library.views.getting import readable
from network.subjects.forms import HideForm


@area.route("/library/<slug>/adoptions/<int(max=2147483647):adoption_id>/hide", methods=["GET", "POST"], access=members)
@limit_writing
def hide_words(slug: str, adoption_id: int) -> Any:
    """Hide the words with a reason, which stands in their place."""
    found = readable(slug)
    written = words_of(found.id, adoption_id)
    if written is None:
        abort(404)
    if not may_hide(g.viewer, found.standing, text=written.text, told_by=written.told_by):
        abort(403, description=NOT_ALLOWED)
    form = HideForm()
    if form.validate_on_submit():
        with transaction():
            hide(viewer=g.viewer, adoption_id=adoption_id, reason=form.reason.data or "")
        say("It is hidden. The reason shows in its place")
        return redirect(f"{found.address}/adoptions", 303)
    return render_template("library/adoptions/hide.html", form=form, found=found, text=written.text)
