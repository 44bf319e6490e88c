"""Taking one's own suggestion back, and hiding somebody else's that breaks the policy."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.library.suggestions import actions, rules
from network.library.suggestions.actions import AlreadyAnswered
from network.library.suggestions.forms import HideForm
from network.library.suggestions.models import OPEN
from network.library.suggestions.views import area
from network.library.suggestions.views.answering import meanwhile
from network.library.suggestions.views.reading import get
from network.library.suggestions.views.talking import ONE
from network.library.views.getting import readable


@area.route(f"{ONE}/withdraw", methods=["GET", "POST"], access=members)
@limit_writing
def withdraw(slug: str, number: int) -> Any:
    """After asking; one line stays in its place."""
    found = readable(slug)
    row = get(found, number)
    if not rules.may_withdraw(g.viewer, found.standing, state=OPEN, author_id=row.author_id):
        abort(403, description="Only who made a suggestion can withdraw it.")
    form = Form()
    fine = form.validate_on_submit()
    if row.state != OPEN:
        return meanwhile(found, number)
    if fine:
        try:
            with transaction():
                actions.withdraw(viewer=g.viewer, guide_id=found.id, number=number)
        except AlreadyAnswered:
            return meanwhile(found, number)
        say("Your suggestion is withdrawn")
        return redirect(f"{found.address}/suggestions/{number}", 303)
    return render_template("library/suggestions/withdraw.html", form=form, found=found, row=row)


@area.route(f"{ONE}/hide", methods=["GET", "POST"], access=members)
@limit_writing
def hide(slug: str, number: int) -> Any:
    """Hide it with a reason; one line stays in its place."""
    found = readable(slug)
    row = get(found, number)
    if not rules.may_hide(g.viewer, found.standing, state=row.state, author_id=row.author_id):
        abort(403, description="Only who keeps order here can hide a suggestion.")
    form = HideForm()
    if form.validate_on_submit():
        with transaction():
            actions.hide(viewer=g.viewer, guide_id=found.id, number=number, reason=form.reason.data or "")
        say("The suggestion is hidden")
        return redirect(f"{found.address}/suggestions/{number}", 303)
    return render_template("library/suggestions/hide.html", form=form, found=found, row=row)
