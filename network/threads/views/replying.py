"""Writing a reply or a comment: below the thread, or on a page of its own after a preview or an error."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request

from network.core.web.forms import creating, say
from network.threads.addresses import asked_number
from network.threads.advising import advise
from network.threads.forms import ReplyForm, to_ask_about
from network.threads.place import Place
from network.threads.queries import single_post
from network.threads.showing import FORMER_MEMBER
from network.threads.unnaming import without_names_of_leavers
from network.threads.writing import quoted, render_post


def reply_form(place: Place) -> ReplyForm:
    """A form that quotes the post named by `?quote=3`, behind what was typed already; without that as it was sent."""
    form = ReplyForm()
    form.body.label.text = place.words.box
    typed = (form.body.data or "").rstrip()
    number = asked_number("quote")
    post = single_post(place.thread_id, number) if number and place.thread_id else None
    if post is None or post.row.withdrawn_at or (typed and request.method == "GET"):
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
    preview = asked = advice = None
    # A button under a post asks for its words; nothing is posted by it.
    if "quote" not in request.args and form.validate_on_submit():
        body = form.body.data = without_names_of_leavers(form.body.data or "", place)
        rendered = render_post(body)
        asked = to_ask_about(rendered.text)
        if "preview" not in request.form and asked is None:
            with creating(form) as made:
                post = place.add(body, rendered.html)
                made.address = place.post(post.number)
            say(place.words.sent)
            return redirect(made.address, 303)
        preview, advice = rendered.html, advise(body, rendered)
    return render_template(
        "threads/reply.html", form=form, place=place, preview_html=preview, asked=asked, advice=advice
    )
