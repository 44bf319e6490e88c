"""The page where kept writing waits after signing in again."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.accounts.keeping import forget_kept, kept_form
from network.accounts.views import area
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say

TECHNICAL = {"idempotency_key", "next", "version", "base"}


@area.get("/kept/<key>", access=members)
def kept(key: str) -> Any:
    """Show what was sent, with a button that sends it again."""
    form = kept_form(key, g.viewer.account_id)
    if form is None:
        abort(404)
    shown = [
        (name.replace("_", " ").replace("-", " ").capitalize(), value)
        for name, value in form.fields
        if value.strip() and not value.isdigit() and name not in TECHNICAL
    ]
    return render_template("accounts/kept.html", kept=form, shown=shown)


@area.post("/kept/<key>/delete", access=members)
def forget(key: str) -> Any:
    """Throw it away."""
    with transaction():
        forget_kept(key, g.viewer.account_id)
    say("What we kept for you is deleted")
    return redirect("/", 303)
