"""Keeping what is being written, and the page where it waits after signing in again."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.accounts.begun import keep_begun, newest_at
from network.accounts.idle import warning_address
from network.accounts.keeping import REFUSED, address_again, forget_kept, kept_form
from network.accounts.views import area
from network.accounts.written import written_and_chosen
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.addresses import safe_next
from network.core.web.forms import say, typed_words
from network.core.web.limits import SUGGESTIONS, limit_writing, limiter, who
from network.subjects.registry import Named, subjects


@area.post("/kept", access=members)
@limit_writing
def keep() -> Any:
    """A script hands over what is being typed for `?path=`: when somebody leaves the page, or writes for a while, or
    before the page gives way to the idle warning.
    """
    path = safe_next(request.args.get("path"), "")
    if not path or not typed_words():
        abort(400, description="There is nothing here that can be kept.")
    form = kept_form(keep_begun(path), g.viewer.account_id)
    again, state = (address_again(form), form.at.isoformat()) if form else ("", "")
    return {"address": warning_address(again or path), "again": again, "state": state}, 201


@area.get("/kept", access=members)
@limiter.limit(SUGGESTIONS, key_func=who)
def newest() -> Any:
    """What waits for `?path=`. The script of a page asks that took the place of one which had something under way."""
    return {"state": newest_at(request.args.get("path", "")).state}


@area.get("/kept/<key>", access=members)
def kept(key: str) -> Any:
    """Show what was sent, with a button that sends it again."""
    form = kept_form(key, g.viewer.account_id)
    if form is None:
        abort(404)
    written, chosen = written_and_chosen(form.fields)
    refused = key.startswith(REFUSED)
    return render_template(
        "accounts/kept.html",
        kept=form,
        written=written,
        chosen=chosen,
        goes_to=_goes_to(form.path),
        refused=refused,
        again="" if refused else address_again(form),
    )


def _goes_to(path: str) -> Named | None:
    """What the page that the form was on belongs to, as far as its writer may read it."""
    at = path.partition("?")[0]
    while at:
        for subject in subjects().values():
            row_id = subject.at_path(at) if subject.at_path is not None else None
            if row_id is not None and subject.named is not None:
                return subject.named([row_id], g.viewer).get(row_id)
        at = at.rpartition("/")[0]
    return None


@area.post("/kept/<key>/delete", access=members)
@limit_writing
def forget(key: str) -> Any:
    """Throw it away."""
    with transaction():
        forget_kept(key, g.viewer.account_id)
    say("What we kept for you is deleted")
    return redirect(safe_next(request.form.get("next")), 303)
