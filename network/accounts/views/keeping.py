"""Keeping what is being written, and the page where it waits after signing in again."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.accounts.idle import warning_address
from network.accounts.keeping import address_again, forget_kept, keep_form, kept_form
from network.accounts.views import area
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.addresses import safe_next
from network.core.web.forms import say
from network.core.web.limits import limit_writing

# What was chosen and not written, by the names that forms give it: it is sent again, but reads as codes and numbers.
CHOSEN = {
    "act",
    "alerts",
    "answer",
    "base",
    "check_due",
    "former",
    "group",
    "guide",
    "help_topics",
    "idempotency_key",
    "interest_topics",
    "into",
    "kind",
    "language",
    "licence",
    "months",
    "next",
    "number",
    "openness",
    "organisation",
    "owner",
    "person",
    "policy",
    "preview",
    "public",
    "q",
    "revision",
    "right",
    "shared",
    "show_email",
    "sure",
    "until",
    "useful",
    "version",
}
LABELS = {
    "body": "Text",
    "co_authors": "Co-authors",
    "help_words": "What you can help with",
    "interest_words": "What you are interested in",
    "licence_address": "Link to the other licence",
    "licence_name": "Name of the other licence",
    "note": "What changed",
    "place": "Where you work",
    "said": "What you were looking for",
    "handle": "Address of your profile",
}


@area.post("/kept", access=members)
@limit_writing
def keep() -> Any:
    """A script hands over what is being typed for `?path=`, before the page gives way to the idle warning."""
    path = safe_next(request.args.get("path"), "")
    key = keep_form(g.viewer.account_id, path) if path else None
    if key is None:
        abort(400, description="There is nothing here that can be kept.")
    form = kept_form(key, g.viewer.account_id)
    return {"address": warning_address(address_again(form) if form else path)}, 201


@area.get("/kept/<key>", access=members)
def kept(key: str) -> Any:
    """Show what was sent, with a button that sends it again."""
    form = kept_form(key, g.viewer.account_id)
    if form is None:
        abort(404)
    shown = [
        (LABELS.get(name) or name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, value in form.fields
        if value.strip() and not value.isdigit() and name not in CHOSEN
    ]
    return render_template("accounts/kept.html", kept=form, shown=shown, again=address_again(form))


@area.post("/kept/<key>/delete", access=members)
@limit_writing
def forget(key: str) -> Any:
    """Throw it away."""
    with transaction():
        forget_kept(key, g.viewer.account_id)
    say("What we kept for you is deleted")
    return redirect("/", 303)
