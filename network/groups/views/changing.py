"""Editing a group's words, and closing it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.stale import ChangedMeanwhile
from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.groups import actions, rules
from network.groups.forms import CloseGroupForm, EditGroupForm
from network.groups.models import Group
from network.groups.pages import find_group_inside, frame
from network.groups.queries import group_words
from network.groups.text import render_about
from network.groups.views import area
from network.groups.views.starting import TAKEN
from network.subjects.panels import panels
from network.vocabulary.queries import topic_choices


@area.route("/groups/<slug>/edit", methods=["GET", "POST"], access=members)
@limit_writing
def edit(slug: str) -> Any:
    """Name, purpose, about and topics."""
    group = find_group_inside(slug)
    if not rules.may_manage(g.viewer, group.id, group.openness):
        abort(403, description="Only the facilitators of this group can edit it.")
    form = EditGroupForm(group_words(group.id))
    preview = comparison = None
    if form.validate_on_submit():
        rendered = render_about(form.about.data or "")
        if "preview" in request.form:
            preview = rendered.html
        else:
            try:
                changed = _save(form, group.id, rendered.html)
            except actions.NameTaken:
                form.name.errors = [TAKEN]
            except ChangedMeanwhile as other:
                comparison = form.show_both(other.stored, "Somebody else saved this")
            else:
                say("Your changes are saved")
                return redirect(f"/groups/{changed.slug}", 303)
    page = render_template(
        "groups/edit.html",
        form=form,
        preview_html=preview,
        comparison=comparison,
        topics=topic_choices(),
        **frame(group, "about"),
    )
    return page, 200 if comparison is None else 409


def _save(form: EditGroupForm, group_id: int, about_html: str) -> Group:
    with transaction():
        return actions.edit_group(
            group_id=group_id,
            viewer=g.viewer,
            base=form.base.data or "",
            name=form.name.data or "",
            purpose=form.purpose.data or "",
            about=form.about.data or "",
            about_html=about_html,
            topic_ids=form.filing.topic_ids,
        )


@area.route("/groups/<slug>/close", methods=["GET", "POST"], access=members)
@limit_writing
def close(slug: str) -> Any:
    """Close an open group for good, with a reason."""
    group = find_group_inside(slug)
    if not rules.may_close(g.viewer, group.id, group.openness, group.slug):
        abort(403, description="Only the facilitators of an open group can close it.")
    form = CloseGroupForm()
    if form.validate_on_submit():
        with transaction():
            actions.close_group(group_id=group.id, viewer=g.viewer, reason=form.reason.data or "")
        say("The group is closed. Only its members can read what is in it")
        return redirect(group.address, 303)
    return render_template(
        "groups/close.html",
        form=form,
        lent=panels("group.closing", g.viewer, group.id),
        **frame(group, "about"),
    )
