"""Answering a suggestion: taking all or some of its changes, going on with them in the editor, or saying no."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from flask import abort, g, redirect, render_template, request
from markupsafe import Markup

from network.core.web.access import members
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.library.actions.editing import EditConflict
from network.library.adoptions.changes import announce
from network.library.content import lay_out
from network.library.queries.found import FoundGuide
from network.library.queries.history import version_text
from network.library.queries.writing import Text, text_of
from network.library.suggestions import actions, rules
from network.library.suggestions.actions import AlreadyAnswered
from network.library.suggestions.content import put_together
from network.library.suggestions.forms import AnswerForm, fit_for_readers
from network.library.suggestions.merging import Merged, merged
from network.library.suggestions.models import OPEN
from network.library.suggestions.queries import Suggested, next_to_answer
from network.library.suggestions.showing import note_of
from network.library.suggestions.ticks import brief
from network.library.suggestions.views import area
from network.library.suggestions.views.reading import get, suggestion_page
from network.library.suggestions.views.talking import ONE
from network.library.views.getting import readable

CANNOT = "Only its owner and its authors can answer a suggestion."
MEANWHILE = "Somebody answered this suggestion while you looked at it. This is what became of it"
NEWER = "Somebody published a newer version meanwhile. Look again at what would change before you accept"
CHOOSE = "Choose which text stands where both changed the same paragraph"
NONE_TAKEN = "Tick at least one change to accept, or decline the suggestion"
ACTS = ("accept", "edit", "decline")


@area.post(f"{ONE}/answer", access=members)
@limit_writing
def answer(slug: str, number: int) -> Any:
    """The three buttons of the page. Sent twice it answers once; of two owners the first one counts."""
    found = readable(slug)
    row = get(found, number)
    if not rules.may_answer(g.viewer, found.standing, state=OPEN, stage=row.stage):
        abort(403, description=CANNOT)
    form, act = AnswerForm(), request.form.get("act", "")
    if act not in ACTS:
        abort(400)
    form.accepts, form.declines = act == "accept", act == "decline"
    fine = form.validate_on_submit()
    if row.state != OPEN:
        return _too_late(form, found, number)
    text = text_of(found.id)
    changes = merging(found, row, text)
    chosen = {key: request.form.get(f"stands-{key}", "") for key in changes.conflicts}
    taken = [key for key in form.take.data or () if key in changes.keys and key not in chosen]
    taken += [key for key, stands in chosen.items() if stands == "suggested"]
    if fine and act == "edit":
        return redirect(_editor(form, found, row, chosen, taken), 303)
    if fine and act == "decline":
        return _decline(form, found, number)
    if fine and _may_go(form, text, chosen, taken):
        return _accept(form, found, row, text, changes, taken)
    return _again(form, found, row, text, changes, chosen)


def _editor(form: AnswerForm, found: FoundGuide, row: Suggested, chosen: dict[str, str], taken: Collection[str]) -> str:
    """“Edit first” with what was ticked and typed, as short as it can be said: an address holds about 8,000 letters."""
    open_still = [key for key, stands in chosen.items() if stands not in ("now", "suggested")]
    brought = {
        "take": brief(taken),
        "both": brief(open_still),
        "matters": "y" if form.matters.data else "",
        "note": form.note.data if form.note.data != row.why else "",
        "answer": form.answer.data,
    }
    query = urlencode({name: value for name, value in brought.items() if value})
    return f"{found.address}/suggestions/{row.number}/edit{'?' if query else ''}{query}"


def merging(found: FoundGuide, row: Suggested, text: Text) -> Merged:
    """The suggestion against the text that stands."""
    base = version_text(found.id, row.base_version)
    if base is None:
        abort(404)
    return merged(base, text, row)


def meanwhile(found: FoundGuide, number: int) -> Any:
    """Back to the suggestion, which is answered."""
    say(MEANWHILE)
    return redirect(f"{found.address}/suggestions/{number}", 303)


def _too_late(form: AnswerForm, found: FoundGuide, number: int) -> Any:
    """Somebody answered it: what was typed is shown to be copied, unless it is what the answer says already."""
    row = get(found, number)
    note = form.note.data if form.note.data != row.why else ""
    answer = form.answer.data if form.answer.data != row.answer else ""
    if not note and not answer:
        return meanwhile(found, number)
    form.note.description = ""
    page = render_template(
        "library/suggestions/answered.html", form=form, found=found, row=row, note=note, answer=answer
    )
    return page, 409


def go_on(guide: str, said: str, address: str) -> Any:
    """After an answer: to the suggestion for the guide, by its address, that waits longest; else to `address`."""
    found = readable(guide.rpartition("/")[2])
    waiting = next_to_answer(found.id)
    if waiting and rules.may_answer(g.viewer, found.standing, state=waiting.state, stage=waiting.stage):
        seen = Markup('{}. <a class="govuk-notification-banner__link" href="{}">See what became of it</a>. {}')
        say(seen.format(said, address, "This is the next one that waits for your answer"))
        return redirect(f"{found.address}/suggestions/{waiting.number}", 303)
    say(said)
    return redirect(address, 303)


def _may_go(form: AnswerForm, text: Text, chosen: dict[str, str], taken: Collection[str]) -> bool:
    if form.base_number() != text.version:
        form.form_errors.append(NEWER)
    elif not all(stands in ("now", "suggested") for stands in chosen.values()):
        form.form_errors.append(CHOOSE)
    elif not taken:
        form.form_errors.append(NONE_TAKEN)
    return not form.form_errors


def _accept(
    form: AnswerForm, found: FoundGuide, row: Suggested, text: Text, changes: Merged, taken: Collection[str]
) -> Any:
    words = changes.words(taken)
    rendered = lay_out(words.body)
    if problem := fit_for_readers(words.body, rendered):
        form.form_errors.append(problem)
        return _again(form, found, row, text, changes, {})
    which = {key: key in taken for key in changes.keys}
    try:
        with creating(form) as made:
            guide = actions.accept(
                viewer=g.viewer,
                guide_id=found.id,
                number=row.number or 0,
                content=put_together(text, words, rendered),
                base_version=text.version,
                taken=which,
                partly=not all(which.values()),
                answer=form.answer.data or "",
                note=note_of(form.note.data or "", row.why, which),
            )
            if form.matters.data:
                announce(guide)
            made.address, version = f"/library/{guide.slug}", guide.version
    except AlreadyAnswered:
        return _too_late(form, found, row.number or 0)
    except EditConflict:
        form.form_errors.append(NEWER)
        newest = text_of(found.id)
        return _again(form, found, row, newest, merging(found, row, newest), {})
    said = f"Version {version} is published. It credits {row.author or 'who suggested it'}"
    return go_on(made.address, said, made.address)


def _decline(form: AnswerForm, found: FoundGuide, number: int) -> Any:
    try:
        with creating(form) as made:
            actions.decline(viewer=g.viewer, guide_id=found.id, number=number, answer=form.answer.data or "")
            made.address = f"{found.address}/suggestions/{number}"
    except AlreadyAnswered:
        return _too_late(form, found, number)
    return go_on(found.address, "The suggestion is declined, and whoever made it is told why", made.address)


def _again(
    form: AnswerForm, found: FoundGuide, row: Suggested, text: Text, changes: Merged, chosen: dict[str, str]
) -> Any:
    """The page as it was sent; after a newer version with its changes as they are now."""
    newer = NEWER in form.form_errors
    if newer:
        form.base.data = str(text.version)
        form.take.data = [key for key in changes.keys if key not in changes.conflicts]
    return suggestion_page(found, row, form, changes, chosen), 409 if newer else 200
