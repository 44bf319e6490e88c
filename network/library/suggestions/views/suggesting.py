"""Suggesting a change: the editor for those who may not edit. What is unfinished is kept on the server."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request
from markupsafe import Markup

from network.core.text.personal import Question
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, creating, say
from network.core.web.limits import limit_writing
from network.library import rules as guide_rules
from network.library.content import lay_out_preview, licence_shown
from network.library.queries.found import FoundGuide
from network.library.queries.history import VersionText, version_text
from network.library.queries.writing import Text, text_of
from network.library.suggestions import actions, rules
from network.library.suggestions.actions import MOST_OPEN, Proposal, TooManyOpen
from network.library.suggestions.forms import SuggestForm
from network.library.suggestions.merging import Merged, Words, how_much, merged, open_changes
from network.library.suggestions.passages import Passage, passage
from network.library.suggestions.queries import Suggested, draft_of
from network.library.suggestions.views import area
from network.library.views.getting import readable
from network.threads.forms import to_ask_about

NOTHING = "Change something first. This is what the guide says already"
TOO_MANY = (
    f"You have {MOST_OPEN} suggestions for this guide that nobody has answered yet. Save this as a draft and wait"
)


@area.route("/library/<slug>/suggest", methods=["GET", "POST"], access=members)
@limit_writing
def suggest(slug: str) -> Any:
    """Write a suggestion, or go on with the one that was begun. With a section's name only that section is shown."""
    found = readable(slug)
    if guide_rules.may_check(g.viewer, found.standing):
        return redirect(f"{found.address}/edit", 302)
    if not rules.may_suggest(g.viewer, found.standing):
        abort(403)
    draft = draft_of(found.id, g.viewer.person_id)
    form = _form(found, draft)
    base = _base(found, form.base_number())
    section = None if draft else passage(base.body, request.args.get("section", ""))
    _narrow(form, section)
    act = _act()
    form.sends = act == "send"
    if act == "draft" and form.validate_on_submit():
        return _keep(form, found, base, section)
    asked = None
    if act == "send" and form.validate_on_submit():
        proposal = _proposal(form, base, section)
        changes = merged(base, base, proposal)
        asked = _asked(changes)
        if not changes.keys:
            form.form_errors.append(NOTHING)
        elif asked is None and (address := _send(form, found, proposal)):
            say("Thank you. Your suggestion is sent, and whoever looks after this guide is told")
            return redirect(address, 303)
    return _page(form, found, base, section, draft, act, asked)


@area.route("/library/<slug>/suggest/discard", methods=["GET", "POST"], access=members)
@limit_writing
def discard(slug: str) -> Any:
    """Throw my unfinished suggestion away, after asking."""
    found = readable(slug)
    form = Form()
    if form.validate_on_submit():
        with transaction():
            actions.discard(viewer=g.viewer, guide_id=found.id)
        say("Your unfinished suggestion is gone. The guide is unchanged")
        return redirect(found.address, 303)
    return render_template("library/suggestions/discard.html", form=form, found=found)


def _act() -> str:
    """Which button was pressed. Enter in a field previews: it must not send by accident."""
    act = request.form.get("act", "preview") if request.method == "POST" else ""
    return act if act in ("", "send", "draft") else "preview"


def _form(found: FoundGuide, draft: Suggested | None) -> SuggestForm:
    text: Suggested | Text = draft or text_of(found.id)
    base = draft.base_version if draft else found.version
    why = draft.why if draft else ""
    return SuggestForm(
        data={"title": text.title, "summary": text.summary, "body": text.body, "why": why, "base": str(base)}
    )


def _base(found: FoundGuide, number: int) -> VersionText:
    """The version that the suggestion began from."""
    text = version_text(found.id, number if 0 < number <= found.version else found.version)
    if text is None:
        abort(404)
    return text


def _narrow(form: SuggestForm, section: Passage | None) -> None:
    """Only a section's own text in the box; title and summary stay as they are."""
    if section is None:
        return
    del form.title, form.summary
    form.body.label.text = "Section"
    if request.method == "GET" and g.get("typed_before") is None:
        form.body.data = section.text.rstrip("\n")


def _proposal(form: SuggestForm, base: VersionText, section: Passage | None) -> Proposal:
    typed, why = form.body.data or "", form.why.data or ""
    if section:
        return Proposal(base.number, base.title, base.summary, section.put(typed), why)
    return Proposal(base.number, form.title.data or "", form.summary.data or "", typed, why)


def _asked(changes: Merged) -> Question | None:
    """What of the new words looks like a way to reach a person."""
    return to_ask_about("\n".join(change.proposed for change in changes.body.changes))


def _keep(form: SuggestForm, found: FoundGuide, base: VersionText, section: Passage | None) -> Any:
    with transaction():
        actions.keep(viewer=g.viewer, guide_id=found.id, proposal=_proposal(form, base, section))
    say("Your suggestion is saved. Nobody but you can see it until you send it")
    return redirect(f"{found.address}/suggest", 303)


def _send(form: SuggestForm, found: FoundGuide, proposal: Proposal) -> str:
    try:
        with creating(form) as made:
            sent = actions.send(viewer=g.viewer, guide_id=found.id, proposal=proposal)
            made.address = f"{found.address}/suggestions/{sent.number}"
    except TooManyOpen:
        form.form_errors.append(TOO_MANY)
        return ""
    return made.address


def _page(
    form: SuggestForm,
    found: FoundGuide,
    base: VersionText,
    section: Passage | None,
    draft: Suggested | None,
    act: str,
    asked: Question | None,
) -> Any:
    form.base.data = str(base.number)
    context: dict[str, Any] = {}
    if act == "preview":
        changes = merged(base, base, Words(*_proposal(form, base, section)[1:4]))
        context = {"changes": open_changes(changes), "how_much": how_much(changes)}
        context["preview_html"] = Markup(lay_out_preview(form.body.data or "").html)  # noqa: S704 (the renderer's own)
    return render_template(
        "library/suggestions/write.html",
        form=form,
        found=found,
        section=section,
        draft=draft,
        behind=found.version - base.number,
        asked=asked,
        licence=_licence(found),
        **context,
    )


def _licence(found: FoundGuide) -> str:
    text = text_of(found.id)
    return licence_shown(text.licence, text.licence_name, text.licence_address).name
