"""Suggestions that save themselves while somebody writes; this address answers a script and never sends one."""

from __future__ import annotations

from typing import Any

from flask import abort, g, jsonify

from network.core.web.access import members
from network.core.web.limits import limit_writing
from network.core.web.templating import clock_time, local
from network.library.composing import pages
from network.library.composing.views.saving import answer, kept_beside
from network.library.queries.writing import text_of
from network.library.suggestions import rules
from network.library.suggestions.actions import DraftElsewhere, OtherDraft
from network.library.suggestions.models import OPEN
from network.library.suggestions.queries import writing_address
from network.library.suggestions.unfinished import begun, keep_edit, place
from network.library.suggestions.views import area
from network.library.suggestions.views.editing import answer_form
from network.library.suggestions.views.reading import get
from network.library.suggestions.views.talking import ONE
from network.library.suggestions.writing import anything, keep, writing
from network.library.views.getting import readable

ELSEWHERE = "This was saved from somewhere else while you were writing. Choose Save draft to keep this text instead"
EDITED_ELSEWHERE = "This was saved from somewhere else while you were writing. Choose Preview to see both texts"
OTHER_EDIT = "This is not saved: you have an unfinished edit of this guide. Choose Preview to keep this for a day"
OTHER_DRAFT = "This is not saved: you began a suggestion to another part of this guide. Send one of the two first"
TOO_LATE = "This page was sent already"


@area.post("/library/<slug>/suggest/autosave", access=members)
@limit_writing
def save(slug: str) -> Any:
    """Keep an unfinished suggestion; what breaks a rule of the form gives way to what was there before."""
    found = readable(slug)
    if not rules.may_suggest(g.viewer, found.standing):
        abort(403)
    work = writing(found)
    if pages.was_sent(work.form.idempotency_key.data or ""):
        return _conflict(TOO_LATE)
    given_way = work.form.settle()
    if not work.draft and not anything(work):
        return jsonify(saved="")
    try:
        kept = keep(work)
    except pages.Overtaken:
        return jsonify(saved="")
    except DraftElsewhere:
        return kept_beside(ELSEWHERE, writing_address(found.address, work.form.section.data or ""))
    except OtherDraft:
        return _conflict(OTHER_DRAFT)
    said = f"Your suggestion was saved at {clock_time(local(kept.updated_at))}. Nobody but you can see it."
    if given_way:
        said = f"{said} Not saved yet: {'. '.join(given_way)}"
    return jsonify(saved=said, address=work.place, state=kept.updated_at.isoformat())


@area.post(f"{ONE}/edit/autosave", access=members)
@limit_writing
def save_edit(slug: str, number: int) -> Any:
    """Keep what is written under “Edit first”, as the unfinished edit of the guide that leads back there."""
    found = readable(slug)
    row = get(found, number)
    if not rules.may_answer(g.viewer, found.standing, state=OPEN, stage=row.stage):
        abort(403)
    unfinished = begun(found, number)
    if unfinished.other:
        return _conflict(OTHER_EDIT)
    form = answer_form(found, row, text_of(found.id), unfinished)
    at = place(found, number)
    return answer(
        lambda: keep_edit(form, found, number)._replace(address=at), "Your edit was saved", elsewhere=EDITED_ELSEWHERE
    )


def _conflict(words: str) -> Any:
    return jsonify(conflict=words), 409
