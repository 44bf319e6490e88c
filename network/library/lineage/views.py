"""Beginning a guide from another one."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.web.access import members
from network.core.web.area import Area
from network.core.web.forms import CreatingForm, creating, say
from network.core.web.limits import limit_writing
from network.library.adoptions.rules import may_adapt
from network.library.content import lay_out, licence_shown
from network.library.lineage.actions import adapt as begin
from network.library.models import OTHER_LICENCE
from network.library.queries.writing import text_of
from network.library.views.getting import readable

area = Area("lineage", __name__)


@area.route("/library/<slug>/adapt", methods=["GET", "POST"], access=members)
@limit_writing
def adapt(slug: str) -> Any:
    """A draft with the words of this guide; its page says first what its licence asks for."""
    found = readable(slug)
    if not may_adapt(g.viewer, found.standing):
        abort(403, description="You can adapt what everybody can read.")
    text = text_of(found.id)
    form = CreatingForm()
    if form.validate_on_submit():
        content = text.content(lay_out(text.body))
        with creating(form) as made:
            draft = begin(viewer=g.viewer, source_id=found.id, content=content)
            made.address = f"/drafts/{draft.id}"
        say("Your draft begins with the words of that guide. Change what is different where you work")
        return redirect(made.address, 303)
    licence = licence_shown(text.licence, text.licence_name, text.licence_address)
    return render_template(
        "library/lineage/adapt.html", form=form, found=found, licence=licence, other=text.licence == OTHER_LICENCE
    )
