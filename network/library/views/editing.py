"""Editing a published guide: every save is a version; an unfinished edit is kept on the server."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import abort, g, redirect, render_template, request
from markupsafe import Markup
from sqlalchemy.exc import NoResultFound

from network.accounts.begun import begun_at, brought_back, forget_begun
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import CreatingForm, Form, creating, say
from network.core.web.limits import limit_writing
from network.core.web.templating import clock_time, day, local
from network.library import rules
from network.library.actions import drafting, editing
from network.library.actions.editing import UNCHANGED, EditConflict, EditElsewhere
from network.library.adoptions.changes import announce
from network.library.composing import saving
from network.library.composing.showing import (
    SENT_BEFORE,
    Sent,
    after_keeping,
    keep_refused,
    may_be_published,
    part_from_sent,
)
from network.library.forms.filling import edit_form
from network.library.forms.writing import GuideForm
from network.library.queries.found import FoundGuide
from network.library.queries.history import version_line, version_text
from network.library.queries.writing import KeptEdit, Text, kept_edit, text_of
from network.library.views import area
from network.library.views.comparing import COMPARE, TOGETHER, Typed, bring_together, compared
from network.library.views.getting import readable
from network.library.views.writing import chosen_act, refused, take_steps, writing_page

ADDED = "The picture is added at the end of the text, and your edit is saved"
SAVED = "Your edit is saved. Readers see the published version until you publish it"
MOST_BASES = 5
"""Versions that somebody's text is compared with, to find the one that it began from."""
CANNOT = "Only its owner and its authors can edit this guide."


@area.route("/library/<slug>/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit(slug: str) -> Any:
    """Change a guide. What others published meanwhile is shown beside mine, and neither is lost.

    What was begun elsewhere goes on there, unless `?here=yes` says that it cannot.
    """
    if request.method == "POST":
        CreatingForm().lead_on()
    found = readable(slug)
    kept = kept_edit(found.id, g.viewer.person_id)
    if kept and kept.begun_at and request.method == "GET" and "here" not in request.args:
        return redirect(f"{found.address}{kept.begun_at}", 302)
    if not rules.may_check(g.viewer, found.standing):
        abort(403, description=CANNOT)
    text = text_of(found.id)
    act = chosen_act()

    def begin() -> GuideForm:
        form = edit_form(g.viewer, found, text, kept)
        if request.method == "POST" and "begun" in request.args:
            # It began from a revision of the draft, which is no version of the guide: it has seen none.
            form.base.data = "0"
        form.for_readers = act == "publish"
        take_steps(form, act)
        return form

    form = begin()
    part_from_sent(form)
    sent = Sent(act, form, begin, partial(saving.keep_edit, found=found))
    if brought_back() and kept and saving.seen_edit(form, found) != kept.saved_at.isoformat():
        return _both_edits(form, found, EditElsewhere(kept.fields, kept.saved_at))
    try:
        if done := _done(sent, found, text):
            return done
    except EditElsewhere as elsewhere:
        return _both_edits(form, found, elsewhere)
    except EditConflict as conflict:
        keep_refused(sent)
        return _both_texts(form, found, conflict.current)
    said = refused(sent)
    return _page(form, found, kept, act, **({"saved": said} if said else {}))


def _done(sent: Sent, found: FoundGuide, text: Text) -> Any:
    """What the button asked for; None when the form has to be shown again."""
    if address := after_keeping(sent, added=ADDED, saved=SAVED):
        return redirect(address, 303)
    if not may_be_published(sent):
        return None
    address = _publish(sent.form, found, text)
    say(offer_check(address))
    return redirect(address, 303)


def offer_check(address: str) -> Markup:
    """What is said after an edit: it is no check, and whoever looked through the whole guide may say so next."""
    return Markup(
        'The new version is published. The check date has not changed: <a class="govuk-notification-banner__link" '
        'href="{}/check">say that you have checked the whole guide</a>, if you have'
    ).format(address)


def _publish(form: GuideForm, found: FoundGuide, text: Text) -> str:
    content = form.content(before=text)
    hands_over = "co_authors" in form
    with creating(form) as made:
        guide = editing.edit(
            viewer=g.viewer,
            guide_id=found.id,
            content=content,
            base_version=saving.number_of(form.base.data),
            seen=saving.seen_edit(form, found),
            note=form.note.data or "",
            owner=form.chosen_owner(),
            group_id=form.chosen_group() if "group" in form else UNCHANGED,
            co_author_ids=form.co_author_ids if hands_over else None,
            check_months=form.chosen_period(),
        )
        saving.keep_source(form, guide)
        if "matters" in form and form.matters.data:
            announce(guide)
        forget_begun(f"{found.address}/edit", form.idempotency_key.data)
        made.address = f"/library/{guide.slug}"
    return made.address


def _both_texts(form: GuideForm, found: FoundGuide, current: int) -> Any:
    try:
        theirs = text_of(found.id)
    except NoResultFound:
        abort(404)
    newest = version_line(found.id, current)
    moment = local(newest.created_at)
    who = "You" if newest.author_handle == g.viewer.handle else newest.author or "Somebody"
    began = saving.number_of(form.base.data)
    texts = [version_text(found.id, number) for number in range(began or current, min(current, began + MOST_BASES))]
    together = bring_together([text for text in texts if text is not None], theirs, form)
    form.base.data = str(current)
    form.form_errors.append(
        f"{who} saved a newer version at {clock_time(moment)} on {day(newest.created_at)}. "
        f"{TOGETHER if together else COMPARE}"
    )
    return _page(form, found, None, "conflict", comparison=compared(theirs, form), together=together), 409


def _both_edits(form: GuideForm, found: FoundGuide, elsewhere: EditElsewhere) -> Any:
    """The writer kept a newer edit from another window: show what differs, keep mine in the form."""
    theirs = Typed(*(str(elsewhere.fields.get(name) or "") for name in Typed._fields))
    form.kept_at.data = elsewhere.saved_at.isoformat()
    form.form_errors.append(
        SENT_BEFORE
        if form.saved_before == form.kept_at.data
        else f"You saved this edit from somewhere else at {clock_time(local(elsewhere.saved_at))}. "
        "Compare the two before you go on with this one"
    )
    page = _page(form, found, None, "conflict", comparison=compared(theirs, form))
    return page, 200 if brought_back() else 409


def _page(form: GuideForm, found: FoundGuide, kept: KeptEdit | None, act: str, **context: Any) -> Any:
    standing = found.standing
    if kept and request.method == "GET":
        moment = local(kept.saved_at)
        context["saved"] = f"Your edit was saved on {day(kept.saved_at)} at {clock_time(moment)}. Only you can see it."
        context["discard"] = f"{found.address}/edit/discard"
        context["behind"] = found.version - kept.base_version
    return writing_page(
        form,
        heading="Edit a guide",
        back=(found.address, f"Back to “{found.title}”"),
        act=act,
        own_id=found.id,
        editing=True,
        saves_at=f"{found.address}/edit",
        begun=begun_at(f"{found.address}/edit"),
        **{"audience": _audience(found), **context} if standing.openness == "closed" else context,
    )


def _audience(found: FoundGuide) -> str:
    return f"Only members of the closed group {found.group_name} can read this"


@area.route("/library/<slug>/edit/discard", methods=["GET", "POST"], access=members)
@limit_writing
def discard_edit(slug: str) -> Any:
    """Throw my unfinished edit away, after asking; the published guide stays as it is. With `?again=yes` back to where
    it was begun.
    """
    found = readable(slug)
    form = Form()
    if form.validate_on_submit():
        kept = kept_edit(found.id, g.viewer.person_id)
        with transaction():
            drafting.discard_edit(viewer=g.viewer, guide_id=found.id)
        say("Your unfinished edit is gone. The published version is unchanged")
        return redirect(f"{found.address}{kept.begun_at if kept and 'again' in request.args else ''}", 303)
    return render_template("library/drafts/discard.html", form=form, found=found)
