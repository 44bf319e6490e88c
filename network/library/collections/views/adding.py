"""Putting something into a collection: from the collection's page, and from a guide's."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.library.collections import actions
from network.library.collections.actions import Thing
from network.library.collections.forms import AddForm, CollectForm
from network.library.collections.queries import choices, item_id_of
from network.library.collections.views import area
from network.library.collections.views.getting import kept, thing_at
from network.library.events import GUIDE
from network.library.views.getting import readable as readable_guide

THERE = "It is in this collection already"


@area.post("/collections/<slug>/items", access=members)
@limit_writing
def add(slug: str) -> Any:
    """Add what was found; the next page asks for a note."""
    head, form = kept(slug), AddForm()
    found = thing_at(form.path.data or "") if form.validate_on_submit() else None
    if found is None:
        abort(404)
    thing, _ = found
    with transaction():
        added = actions.add(viewer=g.viewer, collection_id=head.id, thing=thing)
    say("It is in the collection. Say why, if you like" if added else THERE)
    return redirect(f"{head.address}/items/{item_id_of(head.id, thing.subject, thing.id)}", 303)


@area.route("/library/<slug>/collect", methods=["GET", "POST"], access=members)
@limit_writing
def collect(slug: str) -> Any:
    """Choose one of the viewer's collections for a guide; without any they begin one."""
    guide = readable_guide(slug)
    mine = choices(g.viewer)
    if not mine:
        return redirect(f"/collections/new?add={guide.address}", 303)
    form = CollectForm()
    form.into.choices = [
        (choice.id, f"{choice.title} (kept by {choice.group})" if choice.group else choice.title) for choice in mine
    ]
    if form.validate_on_submit():
        into = next(choice for choice in mine if choice.id == form.into.data)
        with transaction():
            added = actions.add(
                viewer=g.viewer, collection_id=into.id, thing=Thing(GUIDE, guide.id), note=form.note.data or ""
            )
        say(f"It is in “{into.title}”" if added else THERE)
        return redirect(f"/collections/{into.slug}", 303)
    return render_template("library/collections/collect.html", form=form, guide=guide)
