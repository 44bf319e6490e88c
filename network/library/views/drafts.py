"""Drafts: the list of one's own, writing on, publishing, throwing away."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import Any

from flask import abort, g, redirect, render_template, request
from sqlalchemy.exc import NoResultFound
from werkzeug.exceptions import Forbidden, NotFound

from network.accounts.begun import begun_at, brought_back
from network.core.text.plain import bare, excerpt
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import CreatingForm, Form, creating, say
from network.core.web.limits import limit_writing
from network.core.web.pagination import Page, offset, page_links, page_number
from network.core.web.templating import clock_time, day, local
from network.library import rules
from network.library.actions import drafting, publishing
from network.library.composing import saving
from network.library.composing.outlines import without_untouched
from network.library.composing.showing import SENT_BEFORE, Sent, after_keeping, may_be_published, part_from_sent
from network.library.forms.filling import draft_form, new_form
from network.library.forms.writing import GuideForm
from network.library.models import KINDS
from network.library.queries.drafts import PER_PAGE, count_drafts, drafts_out_of_sight, my_drafts
from network.library.queries.found import FoundGuide
from network.library.queries.writing import Text, text_of
from network.library.suggestions.queries import unfinished
from network.library.views import area
from network.library.views.comparing import compared
from network.library.views.getting import draft
from network.library.views.writing import (
    ADDED,
    audience,
    chosen_act,
    offer_first_check,
    refused,
    take_steps,
    writing_page,
)
from network.subjects.rules import NotAllowed

FIRST_WORDS = 160
_LINE_MARKS = re.compile(
    r"^ {0,3}(?:#{1,6}[ \t].*|(?:```|~~~).*|[-*_|: ]{3,}$|!!!.*|(?:[-+*]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\] )?)",
    re.MULTILINE,
)
"""Headings, the marks of lists, fences, rules and boxes."""
SAVED_ELSEWHERE = (
    "This draft was saved from somewhere else while you were writing. Compare the two before you save yours"
)
BACK = ("/drafts", "Back to your drafts")


@area.get("/drafts", access=members)
def drafts() -> Any:
    """What I have begun."""
    number = page_number()
    lines = my_drafts(g.viewer, PER_PAGE, offset(number, PER_PAGE))
    if number > 1 and not lines:
        abort(404)
    return render_template(
        "library/drafts/list.html",
        drafts=[(line, first_words(line.begins)) for line in lines],
        pages=page_links(Page(lines, number, PER_PAGE, count_drafts(g.viewer))),
        out_of_sight=drafts_out_of_sight(g.viewer),
        kinds=KINDS,
        suggestions=unfinished(g.viewer),
    )


def first_words(begins: str) -> str:
    """Of a text as it was typed: without headings, markup, and what an outline put there.

    Nothing is laid out for it: that takes long, and co-authors could make somebody's list take longer still.
    """
    return excerpt(bare(_LINE_MARKS.sub("", without_untouched(begins))), FIRST_WORDS)


@area.route("/drafts/<int(max=2147483647):guide_id>", methods=["GET", "POST"], access=members)
@limit_writing
def write_on(guide_id: int) -> Any:
    """Go on with a draft: save, preview or publish it."""
    if request.method == "POST":
        CreatingForm().lead_on()
    try:
        return _write_on(guide_id)
    except (NoResultFound, NotFound):
        return _gone()


def _write_on(guide_id: int) -> Any:
    found = draft(guide_id, carries_text=True)
    text = text_of(guide_id)
    act = chosen_act()

    def begin() -> GuideForm:
        form = draft_form(g.viewer, found, text)
        form.for_readers = act == "publish"
        take_steps(form, act)
        return form

    form = begin()
    part_from_sent(form)
    if brought_back() and form.base.data != str(text.revision):
        return _both_texts(form, found)
    sent = Sent(act, form, begin, partial(saving.keep_draft, found=found))
    try:
        if done := _done(sent, found, text):
            return done
    except drafting.DraftChanged:
        return _both_texts(form, found)
    except (Forbidden, NotAllowed):
        draft(guide_id, carries_text=True)  # One that was published meanwhile leads on to its edit.
        raise
    said = refused(sent)
    return _page(form, found, text, act, **({"saved": said} if said else {}))


def _gone() -> Any:
    """There is no such draft, or not any more: what was typed is shown to be copied, and kept nowhere.

    Whoever may not know of a draft is answered alike.
    """
    form = new_form(g.viewer)
    if request.method != "POST" or not form.holds_words():
        abort(404)
    for field in (form.title, form.summary, form.body):
        field.description = ""
    return render_template("library/drafts/gone.html", form=form), 404


def _done(sent: Sent, found: FoundGuide, text: Text) -> Any:
    """What the button asked for; None when the form has to be shown again."""
    if address := after_keeping(sent, added=ADDED, saved="Your draft is saved"):
        return redirect(address, 303)
    if not may_be_published(sent) or not _goes_where_it_may(sent.form, found):
        return None
    address = _publish(sent.form, found, text)
    say(offer_first_check(address))
    return redirect(address, 303)


def _goes_where_it_may(form: GuideForm, found: FoundGuide) -> bool:
    """Its author may have left the open group that the draft belongs to."""
    if not rules.may_publish(g.viewer, found.standing):
        abort(403, description="Only its author can publish a draft.")
    group_id = form.chosen_group() if "group" in form else found.standing.group_id
    if rules.may_put_in(g.viewer, group_id):
        return True
    form.group.errors = ["You have left the group this draft belongs to. Join it again, or choose another"]
    return False


def _publish(form: GuideForm, found: FoundGuide, text: Text) -> str:
    content = form.content(before=text)
    with creating(form) as made:
        saved = drafting.save_draft(
            viewer=g.viewer,
            guide_id=found.id,
            content=content,
            **saving.draft_arguments(form, found),
        )
        saving.keep_source(form, saved)
        guide = publishing.publish_draft(viewer=g.viewer, guide_id=found.id, elsewhere=found.imported)
        made.address = f"/library/{guide.slug}"
    return made.address


def _both_texts(form: GuideForm, found: FoundGuide) -> Any:
    """Somebody saved in between: show what differs, keep mine in the form, and let me decide."""
    theirs = text_of(found.id)
    form.base.data = str(theirs.revision)
    form.form_errors.append(SENT_BEFORE if form.saved_before == form.base.data else SAVED_ELSEWHERE)
    comparison = compared(theirs, form)
    return _page(form, found, theirs, "conflict", comparison=comparison), 200 if brought_back() else 409


def _page(form: GuideForm, found: FoundGuide, text: Text, act: str, **context: Any) -> Any:
    saved = local(text.updated_at)
    alone = not found.standing.co_author_ids
    who = "Only you can see it until you name co-authors" if alone else "Only its author and its co-authors can see it"
    context.setdefault("saved", f"Draft saved on {day(text.updated_at)} at {clock_time(saved)}. {who}.")
    return writing_page(
        form,
        heading="Write a guide",
        back=BACK,
        act=act,
        own_id=found.id,
        saves_at=found.address,
        begun=begun_at(found.address),
        audience=audience(form, found.group_name if found.standing.openness == "closed" else ""),
        may_publish=rules.may_publish(g.viewer, found.standing),
        discard=f"/drafts/{found.id}/discard" if rules.may_publish(g.viewer, found.standing) else "",
        **context,
    )


@area.route("/drafts/<int(max=2147483647):guide_id>/discard", methods=["GET", "POST"], access=members)
@limit_writing
def discard(guide_id: int) -> Any:
    """Throw a draft away, after asking."""
    found = draft(guide_id)
    form = Form()
    if form.validate_on_submit():
        with suppress(NoResultFound), transaction():  # Thrown away twice, it is gone.
            drafting.discard_draft(viewer=g.viewer, guide_id=found.id)
        say("Your draft is gone")
        return redirect("/drafts", 303)
    return render_template("library/drafts/discard.html", form=form, found=found)
