"""The photo of a profile."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template

from network.attachments.pictures import PHOTO, PictureRefused, store_picture
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limiter, who
from network.people import actions
from network.people.forms import PhotoForm
from network.people.views import area


@area.route("/settings/photo", methods=["GET", "POST"], access=members)
@limiter.limit("30 per hour", key_func=who, methods=["POST"])
def photo() -> Any:
    """Choose a photo. It is drawn anew before anything is stored."""
    g.keep_nothing = True
    form = PhotoForm()
    if form.validate_on_submit():
        upload = form.photo.data
        try:
            stored = store_picture(upload.stream.read(PHOTO.most_bytes + 1), upload.filename, PHOTO)
        except PictureRefused as refused:
            form.photo.errors = [str(refused)]
        else:
            with transaction():
                actions.set_photo(g.viewer.person_id, stored)
            say("Your photo is saved")
            return redirect(f"/people/{g.viewer.handle}", 303)
    return render_template("people/settings/photo.html", form=form)


@area.post("/settings/photo/remove", access=members)
@limiter.limit("30 per hour", key_func=who)
def remove_photo() -> Any:
    """Show initials again."""
    with transaction():
        actions.remove_photo(g.viewer.person_id)
    say("Your photo is removed")
    return redirect("/settings/photo", 303)
