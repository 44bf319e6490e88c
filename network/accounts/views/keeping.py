"""Keeping what is being written, and the page where it waits after signing in again."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.accounts.begun import keep_begun, newest_at
from network.accounts.idle import warning_address
from network.accounts.keeping import address_again, forget_kept, kept_form
from network.accounts.views import area
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.addresses import safe_next
from network.core.web.forms import say, typed_words
from network.core.web.limits import SUGGESTIONS, limit_writing, limiter, who

# What was chosen and not written, by the names that forms give it. It reads as codes and numbers, so it is folded away
# below what was written; but all that will be sent can be looked at, because it is sent with one press. Words with a
# space between them are nobody's code: some forms ask for a choice where others have a field of the same name.
CHOSEN = {
    "act",
    "advice",
    "alerts",
    "answer",
    "as_is",
    "base",
    "check_due",
    "check_months",
    "collections",
    "credit",
    "facts",
    "first",
    "former",
    "group",
    "guide",
    "help_topics",
    "how",
    "idempotency_key",
    "interest_topics",
    "into",
    "keeper",
    "kept_at",
    "kind",
    "language",
    "licence",
    "matters",
    "may_be_asked",
    "month",
    "months",
    "next",
    "number",
    "openness",
    "organisation",
    "other_kind",
    "owner",
    "parent",
    "path",
    "person",
    "picture_decorative",
    "policy",
    "posts",
    "preview",
    "public",
    "q",
    "result",
    "revision",
    "right",
    "section",
    "share_draft",
    "shared",
    "show_email",
    "size",
    "stopped_on",
    "sure",
    "sure_of",
    "take",
    "until",
    "useful",
    "version",
}
CODES = {"act", "base", "kept_at", "revision", "sure_of", "version"}
LABELS = {
    "act": "Button",
    "base": "Version that was changed",
    "kept_at": "Edit that was changed",
    "picture_alt": "What the picture shows",
    "picture_decorative": "The picture only decorates",
    "share_draft": "Co-authors",
    "q": "Search",
    "revision": "Version that was changed",
    "sure": "Sure",
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
    written: list[tuple[str, str]] = []
    chosen: list[tuple[str, str]] = []
    for name, value in form.fields:
        # The key against sending twice says nothing to anybody and does nothing by itself.
        if value.strip() and name != "idempotency_key":
            label = LABELS.get(name) or name.replace("_", " ").replace("-", " ").capitalize()
            rest = value.isdigit() or name in CODES or (name in CHOSEN and not _is_prose(value))
            (chosen if rest else written).append((label, "Yes" if value == "y" else value))
    return render_template("accounts/kept.html", kept=form, written=written, chosen=chosen, again=address_again(form))


def _is_prose(value: str) -> bool:
    return len(value.split()) > 1


@area.post("/kept/<key>/delete", access=members)
@limit_writing
def forget(key: str) -> Any:
    """Throw it away."""
    with transaction():
        forget_kept(key, g.viewer.account_id)
    say("What we kept for you is deleted")
    return redirect(safe_next(request.form.get("next")), 303)
