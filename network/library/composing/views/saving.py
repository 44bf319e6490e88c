"""Drafts that save themselves while somebody writes. These addresses answer a script with JSON and never publish.

Without the script the Save draft button does the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, g, jsonify, request
from sqlalchemy.exc import NoResultFound

from network.accounts.begun import keep_begun
from network.core.web.access import members
from network.core.web.limits import SUGGESTIONS, limit_writing, limiter, who
from network.core.web.templating import clock_time, local
from network.library import rules
from network.library.actions.drafting import DraftChanged
from network.library.actions.editing import EditElsewhere
from network.library.composing import pages, saving
from network.library.composing.pages import Overtaken
from network.library.composing.saving import Kept, TooLate
from network.library.composing.views import area
from network.library.forms.filling import draft_form, edit_form, new_form
from network.library.queries.found import FoundGuide, guide_by_id
from network.library.queries.writing import kept_edit, text_of
from network.library.views.getting import readable

ELSEWHERE = (
    "This was saved from somewhere else while you were writing. Choose Save draft to see both texts. "
    "What you write here is kept for a day"
)
PUBLISHED = (
    "This draft was published while you were writing. Choose Save draft to go on with what you wrote. "
    "It is kept for a day"
)
THROWN_AWAY = "This draft was thrown away while you were writing. Copy what you still need"
TOO_LATE = "This page was sent already"


@area.post("/library/new/autosave", access=members)
@limit_writing
def save_new() -> Any:
    """The first time there is something to save it makes a draft; the page is told where it goes on."""
    form = new_form(g.viewer)
    before = pages.last_save(form.idempotency_key.data or "", g.viewer)
    if before is not None:
        # What this key saved before may be an edit; then it is no page of a new guide.
        return _save_draft(before.draft_id) if before.draft_id else _conflict(TOO_LATE)
    if not form.holds_words() and "picture" not in request.args:
        return jsonify(saved="")
    return answer(lambda: saving.keep_new(form), "Draft saved", "/library/new")


@area.post("/drafts/<int(max=2147483647):guide_id>/autosave", access=members)
@limit_writing
def save_draft(guide_id: int) -> Any:
    """Save a draft of one's own, or one that one helps to write."""
    return _save_draft(guide_id)


@area.post("/library/<slug>/edit/autosave", access=members)
@limit_writing
def save_edit(slug: str) -> Any:
    """Keep an unfinished edit of a published guide; readers see nothing of it."""
    found = readable(slug)
    if not rules.may_check(g.viewer, found.standing):
        abort(403)
    form = edit_form(g.viewer, found, text_of(found.id), kept_edit(found.id, g.viewer.person_id))
    return answer(lambda: saving.keep_edit(form, found), "Your edit was saved", f"{found.address}/edit")


@area.get("/drafts/saved", access=members)
@limiter.limit(SUGGESTIONS, key_func=who)
def last_saved() -> Any:
    """Where a page of mine saved last, and the state it made: `?page=` is its key.

    The page that takes its place asks, because the save may have been under way while this one was read.
    """
    saved = pages.last_save(request.args.get("page", ""), g.viewer)
    return jsonify({"address": saved.address, "state": saved.state} if saved else {})


def _save_draft(guide_id: int) -> Any:
    found = own(guide_id)
    if found.standing.state != "draft":
        if pages.was_sent(request.form.get("idempotency_key", "")):  # By the very page that published it.
            return _conflict(TOO_LATE)
        # It began from a revision of the draft, which is no version of the guide.
        return kept_beside(PUBLISHED, f"{found.address}/edit", base="0")
    try:
        form = draft_form(g.viewer, found, text_of(guide_id))
        return answer(lambda: saving.keep_draft(form, found), "Draft saved", found.address)
    except NoResultFound:
        return _conflict(THROWN_AWAY)


def own(guide_id: int) -> FoundGuide:
    """What the viewer writes; 404 for all others, who cannot tell whether there is anything."""
    found = guide_by_id(guide_id)
    if found is None or not rules.writes(g.viewer, found.standing) or not rules.may_know(g.viewer, found.standing):
        abort(404)
    return found


def answer(keep: Callable[[], Kept], what: str, page: str = "", elsewhere: str = ELSEWHERE) -> Any:
    """Tell the script where its text lies now, or why it is not kept: `elsewhere` when another window was faster.

    What was sent then is offered at `page`, if that is given.
    """
    try:
        kept = keep()
    except (DraftChanged, EditElsewhere):
        return kept_beside(elsewhere, page) if page else _conflict(elsewhere)
    except TooLate:
        return _conflict(TOO_LATE)
    except Overtaken:
        return jsonify(saved="")
    said = f"{what} at {clock_time(local(kept.at))}."
    if kept.given_way:
        said = f"{said} Not saved yet: {'. '.join(kept.given_way)}"
    return jsonify(saved=said, address=kept.address, state=kept.state)


def kept_beside(words: str, page: str, **instead: Any) -> Any:
    """Not saved, because it would overwrite what the writer has not seen; the page offers it beside that for a day."""
    return jsonify(conflict=words, kept=bool(keep_begun(page, **instead))), 409


def _conflict(words: str) -> Any:
    return jsonify(conflict=words), 409
