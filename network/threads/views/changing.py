"""Changing the words of a post, and taking them away."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import abort, g, redirect, render_template, request

from network.accounts.begun import begun_at, brought_back, forget_sent, looks_again, show_again
from network.core.transaction import transaction
from network.core.web.forms import say
from network.subjects.rules import NotAllowed
from network.threads import rules
from network.threads.actions import EditedMeanwhile, edit_post, withdraw_post
from network.threads.advising import advise
from network.threads.forms import EditPostForm, HideForm, WithdrawForm, to_ask_about
from network.threads.place import Place
from network.threads.queries import PostRow, WrittenPost, single_post
from network.threads.showing import marker
from network.threads.unnaming import without_names_of_leavers
from network.threads.writing import render_post

MEANWHILE = "You saved this post from somewhere else while you were writing. Compare the two before you save"


def edit_page(place: Place, number: int) -> Any:
    """Show the words to their author and keep what they make of them."""
    post = _post(place, number)
    if not rules.may_edit(g.viewer, post.row.author_id, post.row.withdrawn_at):
        _refuse(post.row)
    form = EditPostForm(data={"body": post.body, "version": str(post.row.version)})
    here = f"{place.address}/posts/{number}/edit"
    if request.method == "POST":
        return redirect(_save(place, post, form, here), 303)
    preview = saved = asked = advice = None
    looks = looks_again(form)
    if brought_back() and form.version.data != str(post.row.version):
        form.body.errors = [*form.body.errors, MEANWHILE]
        form.version.data, saved = str(post.row.version), post.body
    elif looks:
        body = form.body.data = without_names_of_leavers(form.body.data or "", place)
        rendered = render_post(body)
        preview, asked, advice = rendered.html, to_ask_about(rendered.text, post.body), advise(body, rendered)
    return render_template(
        "threads/edit.html",
        form=form,
        place=place,
        number=number,
        begun=begun_at(here),
        preview_html=preview,
        saved=saved,
        asked=asked,
        advice=advice,
    )


def _save(place: Place, post: WrittenPost, form: EditPostForm, here: str) -> str:
    """Where to go on: to the changed post, or to what has to be looked at first."""
    if not form.validate_on_submit():
        return show_again(here)
    body = without_names_of_leavers(form.body.data or "", place)
    rendered = render_post(body)
    if "preview" in request.form or to_ask_about(rendered.text, post.body) is not None:
        return show_again(here)
    try:
        with transaction():
            place.changed(
                edit_post(
                    post_id=post.row.id,
                    viewer=g.viewer,
                    version=int(form.version.data or 0),
                    body=body,
                    html=rendered.html,
                )
            )
            forget_sent(here, form)
    except EditedMeanwhile:
        return show_again(here)
    say("Your changes are saved")
    return place.post(post.row.number)


def withdraw_page(place: Place, number: int) -> Any:
    """Confirm and withdraw one's own post, or hide somebody else's with a reason."""
    row = _post(place, number).row
    if rules.has_withdrawn(g.viewer, row.author_id, row.withdrawn_at):  # Pressed twice: it is done.
        return redirect(place.post(number), 303)
    hides = rules.may_hide(g.viewer, row.author_id, row.withdrawn_at, keeps_order=place.keeps_order)
    if not hides and not rules.may_withdraw(g.viewer, row.author_id, row.withdrawn_at):
        _refuse(row)
    form = HideForm() if hides else WithdrawForm()
    here = f"{place.address}/posts/{number}/withdraw"
    if form.validate_on_submit():
        try:
            with transaction():
                place.changed(
                    withdraw_post(
                        post_id=row.id,
                        viewer=g.viewer,
                        keeps_order=place.keeps_order,
                        reason=(form.reason.data or "").strip(),
                    )
                )
                forget_sent(here, form)
        except NotAllowed:
            row = _post(place, number).row
            if not rules.has_withdrawn(g.viewer, row.author_id, row.withdrawn_at):
                raise
            return redirect(place.post(number), 303)
        say("The post is hidden" if hides else "What you wrote is withdrawn")
        return redirect(place.post(number), 303)
    if request.method == "POST":
        return redirect(show_again(here), 303)
    looks_again(form)
    return render_template(
        "threads/withdraw.html", form=form, place=place, row=row, hides=hides, warning=place.warning(number)
    )


def _refuse(row: PostRow) -> NoReturn:
    """Say who took the words away meanwhile, and why; nobody changes them then."""
    abort(403, description=marker(row) if row.withdrawn_at else None)


def _post(place: Place, number: int) -> WrittenPost:
    post = single_post(place.thread_id, number) if place.thread_id else None
    if post is None:
        abort(404)
    return post
