"""“Edit first”: the editor of the guide, filled with the suggestion brought together with the text that stands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.clock import now
from network.core.web.access import members
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.library import rules as guide_rules
from network.library.actions.drafting import discard_edit
from network.library.actions.editing import EditConflict, EditElsewhere
from network.library.adoptions.changes import announce
from network.library.composing import saving
from network.library.composing.saving import number_of
from network.library.forms.filling import edit_form
from network.library.forms.writing import GuideForm
from network.library.queries.found import FoundGuide
from network.library.queries.history import version_text
from network.library.queries.writing import KeptEdit, Text, text_of
from network.library.suggestions import actions, rules
from network.library.suggestions.actions import AlreadyAnswered
from network.library.suggestions.content import put_together
from network.library.suggestions.forms import EditFirstForm
from network.library.suggestions.merging import Merged, how_much, merged, open_changes
from network.library.suggestions.models import LONGEST_ANSWER, LONGEST_WHY, OPEN
from network.library.suggestions.queries import Suggested
from network.library.suggestions.showing import byline_of, note_of
from network.library.suggestions.steps import LOOKS, looked_at, take_steps
from network.library.suggestions.ticks import ticked
from network.library.suggestions.unfinished import Unfinished, begun, is_of_this_page, keep, keep_for_now, saves_at
from network.library.suggestions.views import area
from network.library.suggestions.views.answering import CANNOT, go_on, meanwhile, merging
from network.library.suggestions.views.reading import get
from network.library.suggestions.views.talking import ONE
from network.library.views.comparing import COMPARE, TOGETHER, Typed, bring_together, compare
from network.library.views.getting import readable
from network.library.views.writing import chosen_act
from network.library.wording import Words

ASKED = (
    "csrf_token",
    "idempotency_key",
    "base",
    "kept_at",
    "title",
    "summary",
    "body",
    "note",
    "answer",
    "sure",
    "sure_of",
    "matters",
)
ELSEWHERE = "You saved this from somewhere else meanwhile. Compare the two before you go on with this one"
TO_THE_EDITOR = "This suggestion is answered. What you had written about it is here, as an unfinished edit of the guide"
NEWER = "Somebody published a newer version while you wrote"


@area.route(f"{ONE}/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit(slug: str, number: int) -> Any:
    """Change what was suggested and publish it, with credit. Who owns and writes the guide is not asked here."""
    found = readable(slug)
    row = get(found, number)
    if not rules.may_answer(g.viewer, found.standing, state=OPEN, stage=row.stage):
        abort(403, description=CANNOT)
    text, unfinished, act = text_of(found.id), begun(found, number), chosen_act()

    def fill() -> GuideForm:
        form = answer_form(found, row, text, unfinished)
        form.for_readers = act == "publish"
        take_steps(form, act)
        return form

    form = fill()
    fine = act == "publish" and form.validate_on_submit()
    try:
        if row.state != OPEN:
            return _answered(form, fill, found, row, unfinished)
        if fine:
            return _publish(form, fill, found, row, text, unfinished)
        if request.method == "POST" and (shown := _keep(form, fill, found, number, act, unfinished)):
            return redirect(shown, 303)
    except EditConflict as conflict:
        _keep(form, fill, found, number, act, unfinished)
        newest = text_of(found.id)
        base = version_text(found.id, number_of(form.base.data))
        together = bring_together([base] if base is not None else [], newest, form)
        form.base.data = str(conflict.current)
        form.form_errors.append(f"{NEWER}. {TOGETHER if together else COMPARE}")
        theirs = Typed(newest.title, newest.summary, newest.kind, newest.body)
        return _both(form, found, row, unfinished, theirs, together=together)
    except EditElsewhere as elsewhere:
        form.kept_at.data = elsewhere.saved_at.isoformat()
        form.form_errors.append(ELSEWHERE)
        theirs = Typed(*(str(elsewhere.fields.get(name) or "") for name in Typed._fields))
        return _both(form, found, row, unfinished, theirs._replace(kind=text.kind))
    return _page(form, found, row, act, unfinished)


def _keep(
    form: GuideForm, fill: Callable[[], GuideForm], found: FoundGuide, number: int, act: str, unfinished: Unfinished
) -> str:
    """Keep what is looked at, and say where; of what cannot be published or kept as it stands, keep what can be."""
    if unfinished.other:
        # Beside another edit what came is kept as it came, and so is no table.
        return "" if act in ("publish", "table") else keep_for_now(found, number, act)
    if act != "publish" and not form.breaks_rules():
        return keep(form, found, number)
    with suppress(EditElsewhere):
        _keep_rest(form, fill, found, number)
    return ""


def _keep_rest(form: GuideForm, fill: Callable[[], GuideForm], found: FoundGuide, number: int) -> None:
    """Read anew what was sent: what breaks a rule gives way there, and stays in the form. Raises EditElsewhere."""
    rest = fill()
    rest.for_readers = False
    keep(rest, found, number)
    form.kept_at.data = saving.seen_edit(rest, found)


def _answered(
    form: GuideForm, fill: Callable[[], GuideForm], found: FoundGuide, row: Suggested, unfinished: Unfinished
) -> Any:
    """Somebody answered it: whoever may edit the guide goes on in its editor, others can still read what they wrote.

    Raises EditElsewhere.
    """
    number, unsaved = row.number or 0, _holds_more(form, found, row)
    if unsaved and request.method == "POST":
        if unfinished.other:
            return redirect(keep_for_now(found, number), 303)
        form.for_readers = False
        _keep_rest(form, fill, found, number)
        if not form.breaks_rules():
            return redirect(f"{found.address}/suggestions/{number}/edit", 303)
        return _page(form, found, row, "", unfinished), 409
    if unfinished.mine and not unsaved and guide_rules.may_check(g.viewer, found.standing):
        say(f"{TO_THE_EDITOR}. Your reply was: “{unfinished.reply}”" if unfinished.reply else TO_THE_EDITOR)
        return redirect(f"{found.address}/edit?here=yes", 303)
    return _page(form, found, row, "", unfinished) if unfinished.mine or unsaved else meanwhile(found, number)


def _holds_more(form: GuideForm, found: FoundGuide, row: Suggested) -> bool:
    """Whether words were typed that neither the guide nor the answer says: those that were sent twice are published."""
    text = text_of(found.id)
    said = Words(text.title, text.summary, text.body.strip())
    words = _words(form)
    more = words._replace(body=words.body.strip()) != said or (form["answer"].data or "") not in ("", row.answer)
    return more and (request.method == "POST" or "typed_before" in g)


def answer_form(found: FoundGuide, row: Suggested, text: Text, unfinished: Unfinished) -> GuideForm:
    """Filled with what was kept here, else with the changes that were ticked. Where no text was chosen of two, both
    are there. How the guide is filed is no part of a suggestion, and not asked for.
    """
    changes = merging(found, row, text)
    words = changes.words(_named("take", changes), _named("both", changes))
    note = request.args.get("note", "")[:LONGEST_WHY] or row.why
    reply = request.args.get("answer", "")[:LONGEST_ANSWER]
    filled = KeptEdit(text.version, {"note": note, "matters": "matters" in request.args, "answer": reply}, now())
    form = edit_form(g.viewer, found, text._replace(**words._asdict()), unfinished.mine or filled, EditFirstForm)
    if request.method == "POST" and "answer" not in request.form:
        form["answer"].data = ""  # What an address says is published only where it stood on the page.
    if request.method == "GET" and not unfinished.mine:
        form.kept_at.data = ""
    for name in [name for name in form._fields if name not in ASKED]:
        delattr(form, name)
    return form


def _named(how: str, changes: Merged) -> list[str]:
    """The changes that the address names as to `take`, or `both` of."""
    return ticked(request.args.getlist(how), changes.keys)


def _words(form: GuideForm) -> Words:
    return Words(form.title.data or "", form.summary.data or "", form.body.data or "")


def _publish(
    form: GuideForm,
    fill: Callable[[], GuideForm],
    found: FoundGuide,
    row: Suggested,
    text: Text,
    unfinished: Unfinished,
) -> Any:
    try:
        address, version = _accept(form, found, row, text, unfinished)
    except AlreadyAnswered:
        return _answered(form, fill, found, get(found, row.number or 0), unfinished)
    said = f"Version {version} is published. It credits {row.author or 'who suggested it'}"
    return go_on(address, said, address)


def _accept(form: GuideForm, found: FoundGuide, row: Suggested, text: Text, unfinished: Unfinished) -> tuple[str, int]:
    """The guide's address and its new version. Raises AlreadyAnswered, EditConflict."""
    changes = merging(found, row, text)
    words, chosen = _words(form), _named("take", changes)
    taken = {key: key in chosen for key in changes.keys} if words == changes.words(chosen) else None
    with creating(form) as made:
        guide = actions.accept(
            viewer=g.viewer,
            guide_id=found.id,
            number=row.number or 0,
            content=put_together(text, words, form.laid_out()),
            base_version=number_of(form.base.data),
            taken=taken,
            partly=words != changes.words(changes.keys),
            answer=form["answer"].data or "",
            note=note_of(form.note.data or "", row.why, taken or {}),
        )
        if is_of_this_page(form, found, unfinished.mine):
            discard_edit(viewer=g.viewer, guide_id=guide.id)
        if "matters" in form and form.matters.data:
            announce(guide)
        made.address, version = f"/library/{guide.slug}", guide.version
    return made.address, version


def _both(
    form: GuideForm,
    found: FoundGuide,
    row: Suggested,
    unfinished: Unfinished,
    theirs: Typed,
    *,
    together: bool = False,
) -> Any:
    words = _words(form)
    comparison = compare(theirs, Typed(words.title, words.summary, theirs.kind, words.body))
    return _page(form, found, row, "conflict", unfinished, comparison=comparison, together=together), 409


def _page(form: GuideForm, found: FoundGuide, row: Suggested, act: str, unfinished: Unfinished, **context: Any) -> Any:
    """With who suggested what and why above the form, while it waits for an answer; looked at, with what the words in
    it change.
    """
    text = text_of(found.id)
    if row.state == OPEN:
        suggested = merging(found, row, text)
        context |= {"suggested": open_changes(suggested), "suggested_much": how_much(suggested)}
    if act in LOOKS:
        changes = merged(text, text, _words(form))
        context |= {"changes": open_changes(changes), "how_much": how_much(changes)}
        context |= looked_at(form, form.body.data or "", text.language)
    return render_template(
        "library/suggestions/edit.html",
        form=form,
        found=found,
        row=row,
        person=byline_of(row),
        answered=row.state != OPEN,
        both_stand=bool(request.args.get("both")) and not act and not unfinished.mine,
        mine=unfinished.mine if request.method == "GET" else None,
        other=unfinished.other,
        saves_at="" if row.state != OPEN or unfinished.other or act == "conflict" else saves_at(found, row.number or 0),
        asked=form.ask() if act in LOOKS or form.sure.errors else None,
        **context,
    )
