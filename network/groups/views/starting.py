"""Starting a group."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request

from network.core.text.markdown import Rendered
from network.core.web.access import members
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.groups.actions import NameTaken, start_group
from network.groups.forms import StartGroupForm
from network.groups.lists import groups_like
from network.groups.text import render_about
from network.groups.views import area
from network.subjects.finding import similar
from network.subjects.registry import Card
from network.vocabulary.queries import topic_choices

TAKEN = "Someone already uses this group name. Choose another"


@area.route("/groups/new", methods=["GET", "POST"], access=members)
@limit_writing
def start() -> Any:
    """Ask what the group is for, show groups that are like it, and start it."""
    form = StartGroupForm(data={"name": request.args.get("name", "")[:150]})
    preview, looked = None, False
    if form.validate_on_submit():
        rendered = render_about(form.about.data or "")
        if "preview" in request.form:
            preview, looked = rendered.html, True
        else:
            try:
                return redirect(_start(form, rendered), 303)
            except NameTaken:
                form.name.errors = [TAKEN]
    alike = _alike(form) if form.is_submitted() or form.name.data else []
    return render_template(
        "groups/starting.html", form=form, preview_html=preview, alike=alike, looked=looked, topics=topic_choices()
    )


def _start(form: StartGroupForm, rendered: Rendered) -> str:
    with creating(form) as made:
        group = start_group(
            name=form.name.data or "",
            purpose=form.purpose.data or "",
            about=form.about.data or "",
            about_html=rendered.html,
            openness=form.openness.data,
            closed_reason=form.closed_reason.data or "",
            topic_ids=form.filing.topic_ids,
            by_id=g.viewer.person_id,
        )
        made.address = f"/groups/{group.slug}"
    say("Your group is started. You are its facilitator")
    return made.address


def _alike(form: StartGroupForm) -> list[Card]:
    """Groups that may already be what is wanted: by search, and by their names while search is away."""
    text = f"{form.name.data or ''} {form.purpose.data or ''}"
    found = {card.id: card for card in similar(text, ("group",), g.viewer, 5)}
    for row in groups_like(form.name.data or "", g.viewer):
        found.setdefault(row.id, Card(row.id, row.name, row.address, "Group", row.purpose))
    return list(found.values())[:5]
