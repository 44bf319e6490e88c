"""Suggesting a change: the editor for those who may not edit. What is unfinished is kept on the server."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from flask import abort, g, redirect, render_template, request

from network.accounts.begun import begun_at, brought_back, forget_begun
from network.accounts.keeping import keep_form
from network.core.text.personal import Question
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.editing import Comparison
from network.core.web.forms import Form, creating, say
from network.core.web.limits import limit_writing
from network.core.web.templating import clock_time, day, local
from network.library import rules as guide_rules
from network.library.actions.editing import EditElsewhere
from network.library.content import licence_shown
from network.library.queries.writing import text_of
from network.library.suggestions import actions, rules
from network.library.suggestions.actions import MOST_OPEN, DraftElsewhere, OtherDraft, TooManyOpen
from network.library.suggestions.definitions import with_definitions
from network.library.suggestions.merging import Merged, how_much, merged, open_changes
from network.library.suggestions.passages import passage
from network.library.suggestions.queries import Suggested, draft_of, sent_before, writing_address
from network.library.suggestions.steps import LOOKS, looked_at, take_steps
from network.library.suggestions.views import area
from network.library.suggestions.writing import Writing, anything, keep, take_over, version_of, writing
from network.library.views.comparing import Typed, compare
from network.library.views.getting import readable
from network.library.wording import Words
from network.threads.forms import to_ask_about

NOTHING = "Change something first. This is what the guide says already"
SENT_BEFORE = "You have sent this suggestion already. To make another one, change something first"
TOO_MANY = (
    f"You have {MOST_OPEN} suggestions for this guide that nobody has answered yet. Save this as a draft and wait"
)
OTHER_DRAFT = (
    "You began a suggestion to another part of this guide. Send this one, or send or throw away that one first"
)
OTHER_EDIT = (
    "You have an unfinished edit of this guide, and there can be one at a time. Publish or discard that one first. "
    "What you wrote here is kept for one day at the address of this page"
)
TAKEN_OVER = "You can edit this guide now. What you had written to suggest is here, as an unfinished edit of the guide"


@area.route("/library/<slug>/suggest", methods=["GET", "POST"], access=members)
@limit_writing
def suggest(slug: str) -> Any:
    """Write a suggestion, or go on with the one that was begun. With a section's name only that section is shown."""
    found = readable(slug)
    if guide_rules.may_check(g.viewer, found.standing):
        return _as_an_edit(writing(found))
    if not rules.may_suggest(g.viewer, found.standing):
        abort(403)
    work, act = writing(found), _act()
    if work.other and request.method == "GET" and g.get("typed_before") is None:
        return _ask(work, work.other)
    form = work.form
    form.sends = act == "send"
    take_steps(form, act)
    if brought_back() and work.draft and work.seen != work.draft.updated_at.isoformat():
        _say_elsewhere(work, DraftElsewhere(work.draft.updated_at))
        return _page(work, "", None)
    if act in LOOKS and request.method == "POST" and (work.draft or anything(work)) and _keep_to_show(work):
        return redirect(_beside(work, "preview=1#changes"), 303)
    if act == "draft" and form.validate_on_submit() and _keep(work):
        say("Your suggestion is saved. Nobody but you can see it until you send it")
        return redirect(writing_address(found.address, form.section.data or ""), 303)
    asked = None
    if act == "send" and form.validate_on_submit():
        changes = merged(work.base, work.base, work.proposal())
        asked = _asked(changes)
        if not changes.keys:
            before = sent_before(found.id, g.viewer.person_id, why=form.why.data or "")
            form.form_errors.append(SENT_BEFORE if before else NOTHING)
        elif asked is None and (address := _send(work)):
            say("Thank you. Your suggestion is sent, and whoever looks after this guide is told")
            return redirect(address, 303)
    if act in ("send", "draft"):
        _keep_rest(work)
    return _page(work, act, asked)


@area.route("/library/<slug>/suggest/discard", methods=["GET", "POST"], access=members)
@limit_writing
def discard(slug: str) -> Any:
    """Throw my unfinished suggestion away, after asking. With `?anew=yes` another is begun at once."""
    found = readable(slug)
    form = Form()
    if form.validate_on_submit():
        with transaction():
            actions.discard(viewer=g.viewer, guide_id=found.id)
        if "anew" in request.args:
            return redirect(writing_address(found.address, request.args.get("section", "")), 303)
        say("Your unfinished suggestion is gone. The guide is unchanged")
        return redirect(found.address, 303)
    draft = draft_of(found.id, g.viewer.person_id)
    back = writing_address(found.address, draft.section if draft else "")
    return render_template("library/suggestions/discard.html", form=form, found=found, back=back)


def _as_an_edit(work: Writing) -> Any:
    """Whoever may edit the guide by now goes on in its editor, with what they had begun to suggest."""
    found, form, address = work.found, work.form, work.found.address
    if not work.draft and not anything(work):
        # Nothing was begun, or of another part.
        return redirect(writing_address(address, work.other.section) if work.other else f"{address}/edit", 302)
    if form.validate_on_submit():
        try:
            take_over(work)
        except EditElsewhere:
            say(OTHER_EDIT)
            key = keep_form(g.viewer.account_id, request.full_path)
            return redirect(_beside(work, f"kept={key}"), 303)
        say(TAKEN_OVER)
        return redirect(f"{address}/edit", 303)
    form.base.data = str(work.base.number)
    return render_template(
        "library/suggestions/taken_over.html",
        form=form,
        found=found,
        section=work.section,
        draft=work.draft,
        action=_beside(work, "sent=yes"),
    )


def _act() -> str:
    """Which button was pressed. Enter in a field previews: it must not send by accident.

    The address of a preview shows what was kept, and so do Back and reload.
    """
    if request.method != "POST":
        return "preview" if "preview" in request.args else ""
    act = request.form.get("act", "preview")
    return act if act in ("send", "draft", "table") else "preview"


def _keep_to_show(work: Writing) -> bool:
    """Keep what is looked at. False, with the errors in the form, when not all of it could be kept."""
    if work.form.breaks_rules():
        _keep_rest(work)
        return False
    return _keep(work)


def _keep_rest(work: Writing) -> None:
    """Of what is shown again because it cannot be sent, or not all of it be kept: keep what can be."""
    rest = writing(work.found)
    rest.form.settle()
    if not anything(rest):
        return
    with suppress(OtherDraft, DraftElsewhere):
        work.form.kept_at.data = keep(rest).updated_at.isoformat()


def _beside(work: Writing, query: str) -> str:
    """The page's own address, and more."""
    address = writing_address(work.found.address, work.form.section.data or "")
    return f"{address}{'&' if '?' in address else '?'}{query}"


def _ask(work: Writing, other: Suggested) -> Any:
    """Another part of the guide was begun: neither is shown in place of the other."""
    found, asked = work.found, work.form.section.data or ""
    begun = passage(version_of(found, other.base_version).body, other.section)
    return render_template(
        "library/suggestions/begun.html",
        found=found,
        form=Form(),
        other=other,
        part=begun.title if begun else "",
        go_on=writing_address(found.address, other.section),
        anew=f"{found.address}/suggest/discard?{urlencode({'anew': 'yes', 'section': asked})}",
    )


def _asked(changes: Merged) -> Question | None:
    """What of the new words looks like a way to reach a person."""
    return to_ask_about("\n".join(change.proposed for change in changes.body.changes))


def _keep(work: Writing) -> bool:
    try:
        keep(work)
    except OtherDraft:
        work.form.form_errors.append(OTHER_DRAFT)
    except DraftElsewhere as elsewhere:
        _say_elsewhere(work, elsewhere)
    return not work.form.form_errors


def _say_elsewhere(work: Writing, elsewhere: DraftElsewhere) -> None:
    """What was typed stays in the form; the next press of a button takes the place of the other text."""
    moment = f"{day(elsewhere.saved_at)} at {clock_time(local(elsewhere.saved_at))}"
    work.form.elsewhere = True
    work.form.kept_at.data = elsewhere.saved_at.isoformat()
    work.form.form_errors.append(
        f"You saved this suggestion from somewhere else on {moment}. Press the button again, and the text "
        "below takes its place"
    )


def _both(work: Writing) -> list[Comparison]:
    """What differs between the draft that was saved elsewhere and what was typed here."""
    draft, mine = draft_of(work.found.id, g.viewer.person_id), work.proposal()
    typed = Typed(mine.title, mine.summary, "", mine.body)
    return compare(Typed(draft.title, draft.summary, "", draft.body) if draft else typed, typed)


def _send(work: Writing) -> str:
    found = work.found
    try:
        with creating(work.form) as made:
            sent = actions.send(viewer=g.viewer, guide_id=found.id, proposal=work.proposal(), seen=work.seen)
            forget_begun(work.place, work.form.idempotency_key.data)
            made.address = f"{found.address}/suggestions/{sent.number}"
    except TooManyOpen:
        work.form.form_errors.append(TOO_MANY)
        return ""
    except DraftElsewhere as elsewhere:
        _say_elsewhere(work, elsewhere)
        return ""
    return made.address


def _page(work: Writing, act: str, asked: Question | None) -> Any:
    found, form = work.found, work.form
    text = text_of(found.id)
    form.base.data = str(work.base.number)
    context: dict[str, Any] = {"comparison": _both(work)} if form.elsewhere else {}
    if act in LOOKS and not form.elsewhere:
        changes = merged(work.base, work.base, Words(*work.proposal()[1:4]))
        context |= {"changes": open_changes(changes), "how_much": how_much(changes)}
        # Of what was kept nothing is wrong: these errors are of what could not be.
        context["unsaved"] = [str(error) for field in form for error in field.errors]
        typed = form.body.data or ""
        shown = with_definitions(typed, work.section) if work.section else typed
        context |= looked_at(form, shown, text.language)
    return render_template(
        "library/suggestions/write.html",
        form=form,
        found=found,
        section=work.section,
        draft=work.draft,
        # Sent beside the page's own address, so that Back finds the page as the browser keeps it.
        action=_beside(work, "sent=yes"),
        # Where two texts are shown, nothing decides between them but a press of a button.
        saves_at="" if form.elsewhere else work.place,
        behind=found.version - work.base.number,
        begun=begun_at(work.place),
        asked=asked,
        licence=licence_shown(text.licence, text.licence_name, text.licence_address).name,
        **context,
    )
