"""Pictures that were pasted or dropped into the text. Only stored here: the script puts them where they belong."""

from __future__ import annotations

from typing import Any

from flask import abort, g, jsonify

from network.attachments.pictures import Stored
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.limits import limit_writing
from network.library import rules
from network.library.composing.actions import TooManyPictures, add_picture
from network.library.composing.pictures import TOO_MANY, markdown_of, take_picture
from network.library.composing.views import area
from network.library.composing.views.saving import own
from network.library.forms.writing import GuideForm
from network.library.views.getting import readable


@area.post("/drafts/<int(max=2147483647):guide_id>/pictures", access=members)
@limit_writing
def to_draft(guide_id: int) -> Any:
    """A picture for a draft of one's own."""
    return _store(own(guide_id).id)


@area.post("/library/<slug>/edit/pictures", access=members)
@limit_writing
def to_guide(slug: str) -> Any:
    """A picture for an edit of a published guide; who may read the guide may read it."""
    found = readable(slug)
    if not rules.may_check(g.viewer, found.standing):
        abort(403)
    return _store(found.id)


def _store(guide_id: int) -> Any:
    form = GuideForm()
    stored: Stored | None = take_picture(form, described=False)
    if stored is None:
        return jsonify(problem=[*form.picture.errors, *form.picture_alt.errors][0]), 400
    try:
        with transaction():
            add_picture(viewer=g.viewer, guide_id=guide_id, stored=stored)
    except TooManyPictures:
        return jsonify(problem=TOO_MANY), 400
    return jsonify(markdown=markdown_of(form, stored)), 201
