"""What those who keep a collection do with the things in it: note, order, take out."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.stale import ChangedMeanwhile
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.library.collections import actions
from network.library.collections.forms import NoteForm
from network.library.collections.queries import items_of
from network.library.collections.views import area
from network.library.collections.views.getting import kept

_ITEM = "/collections/<slug>/items/<int(max=2147483647):item_id>"


@area.route(_ITEM, methods=["GET", "POST"], access=members)
@limit_writing
def note(slug: str, item_id: int) -> Any:
    """Why it is in the collection."""
    head = kept(slug)
    item = next((one for one in items_of(head.id, g.viewer) if one.id == item_id), None)
    if item is None:
        abort(404)
    form, comparison = NoteForm({"note": item.note}), None
    if form.validate_on_submit():
        try:
            with transaction():
                actions.say(
                    viewer=g.viewer,
                    collection_id=head.id,
                    item_id=item_id,
                    base=form.base.data or "",
                    note=form.note.data or "",
                )
            say("Your note is saved")
            return redirect(f"{head.address}#item-{item_id}", 303)
        except ChangedMeanwhile as other:
            comparison = form.show_both(other.stored, "Somebody else saved this")
    page = render_template("library/collections/note.html", form=form, head=head, item=item, comparison=comparison)
    return page, 200 if comparison is None else 409


@area.post(f"{_ITEM}/move", access=members)
@limit_writing
def move(slug: str, item_id: int) -> Any:
    """One place up or down."""
    head = kept(slug)
    with transaction():
        actions.move(viewer=g.viewer, collection_id=head.id, item_id=item_id, up=request.form.get("direction") == "up")
    return redirect(f"{head.address}#item-{item_id}", 303)


@area.post(f"{_ITEM}/remove", access=members)
@limit_writing
def remove(slug: str, item_id: int) -> Any:
    """Take it out; it can be added again."""
    head = kept(slug)
    with transaction():
        actions.take_out(viewer=g.viewer, collection_id=head.id, item_id=item_id)
    say("It is out of the collection. You can add it again at any time")
    return redirect(head.address, 303)
