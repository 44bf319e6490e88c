"""Writing a reply or a comment: below the thread, or on a page of its own after a preview or an error.

What is shown again is kept first, and shown at an address of its own.
"""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.accounts.begun import begun_at, brought_back, forget_sent, looks_again, show_again
from network.core.web.forms import SENT_BEFORE, creating, say
from network.threads.addresses import asked_number
from network.threads.advising import advise
from network.threads.forms import ReplyForm, to_ask_about
from network.threads.place import Place
from network.threads.queries import just_said, single_post
from network.threads.showing import FORMER_MEMBER
from network.threads.unnaming import without_names_of_leavers
from network.threads.writing import quoted, render_post


def reply_form(place: Place) -> ReplyForm:
    """A form that quotes the post named by `?quote=3`, behind what was typed already; without that as it was sent."""
    form = ReplyForm()
    form.body.label.text = place.words.box
    form.begun = begun_at(f"{place.address}/reply")
    typed = (form.body.data or "").rstrip()
    number = asked_number("quote")
    post = single_post(place.thread_id, number) if number and place.thread_id else None
    form.quotes_none = post is not None and post.row.withdrawn_at is not None
    if post is None or form.quotes_none or (typed and brought_back()):
        return form
    quotation = quoted(post.body, post.row.name or FORMER_MEMBER, place.post(post.row.number))
    form.quotes = bool(quotation)
    form.quotes_alone = form.quotes and not typed
    if quotation:
        form.body.data = f"{typed}\n\n{quotation}" if typed else quotation
    return form


def reply_page(place: Place) -> Any:
    """Post what was typed and go to it; or show it again with a preview, with a quotation, or with what is wrong."""
    if not place.may_post:
        abort(403)
    form = reply_form(place)
    if request.method == "POST":
        return redirect(_quoted(place, form) if "quote" in request.args else _sent(place, form), 303)
    preview = asked = advice = None
    if looks_again(form):
        body = form.body.data = without_names_of_leavers(form.body.data or "", place)
        rendered = render_post(body)
        preview, asked, advice = rendered.html, to_ask_about(rendered.text), advise(body, rendered)
    return render_template(
        "threads/reply.html", form=form, place=place, preview_html=preview, asked=asked, advice=advice
    )


def _quoted(place: Place, form: ReplyForm) -> str:
    """A button under a post asked for its words; nothing is posted by it. What was typed already is kept."""
    quoting = f"{place.address}/reply?quote={asked_number('quote') or ''}"
    if form.quotes_alone or not form.body.data:
        return f"{quoting}#body"
    at = quoting if form.quotes_none else f"{place.address}/reply"
    return show_again(at, looks=False, body=form.body.data) + "#body"


def _sent(place: Place, form: ReplyForm) -> str:
    """Where to go on: to the post, or to what has to be looked at first."""
    here = f"{place.address}/reply"
    if form.validate_on_submit():
        body = without_names_of_leavers(form.body.data or "", place)
        rendered = render_post(body)
        if "preview" not in request.form and to_ask_about(rendered.text) is None:
            with creating(form) as made:
                said = just_said(place.thread_id, g.viewer.person_id, body)
                made.address = place.post(said or place.add(body, rendered.html).number)
                forget_sent(here, form)
            say(SENT_BEFORE if said else place.words.sent)
            return made.address
    return show_again(here)
