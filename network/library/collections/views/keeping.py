"""Beginning a collection, and changing what it says of itself."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request

from network.core.stale import ChangedMeanwhile
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.library.collections import actions
from network.library.collections.forms import MINE, BeginForm, ChangeForm
from network.library.collections.queries import groups_to_keep
from network.library.collections.views import area
from network.library.collections.views.getting import kept, thing_at


@area.route("/collections/new", methods=["GET", "POST"], access=members)
@limit_writing
def new() -> Any:
    """Title, purpose, and who keeps it; `?add=` names what goes in at once."""
    form = BeginForm(data={"first": request.args.get("add", "")[:500], "keeper": MINE})
    form.keeper.choices = [(MINE, "Me"), *groups_to_keep(g.viewer)]
    first = thing_at(form.first.data or "")
    if form.validate_on_submit():
        with creating(form) as made:
            collection = actions.begin(
                viewer=g.viewer,
                title=form.title.data or "",
                purpose=form.purpose.data or "",
                group_id=form.group_id,
            )
            if first:
                actions.add(viewer=g.viewer, collection_id=collection.id, thing=first[0])
            made.address = f"/collections/{collection.slug}"
        say("Your collection is there. Add guides and discussions to it")
        return redirect(made.address, 303)
    return render_template("library/collections/new.html", form=form, first=first[1] if first else None)


@area.route("/collections/<slug>/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit(slug: str) -> Any:
    """Another title or purpose."""
    head = kept(slug)
    form, comparison = ChangeForm({"title": head.title, "purpose": head.purpose}), None
    if form.validate_on_submit():
        try:
            with transaction():
                actions.change(
                    viewer=g.viewer,
                    collection_id=head.id,
                    base=form.base.data or "",
                    title=form.title.data or "",
                    purpose=form.purpose.data or "",
                )
            say("Your changes are saved")
            return redirect(head.address, 303)
        except ChangedMeanwhile as other:
            comparison = form.show_both(other.stored, "Somebody else saved this")
    page = render_template("library/collections/edit.html", form=form, head=head, comparison=comparison)
    return page, 200 if comparison is None else 409
