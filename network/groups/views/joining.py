"""Joining, asking to join, and leaving."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.groups import actions
from network.groups.forms import JoinForm, LeaveForm, RequestForm
from network.groups.pages import find_group, frame
from network.groups.queries import GroupHead, facilitators, member, other_facilitators, successors
from network.groups.views import area


@area.route("/groups/<slug>/join", methods=["GET", "POST"], access=members)
@limit_writing
def join(slug: str) -> Any:
    """Open groups: one press. Closed ones: a request, with a message if wanted."""
    group = find_group(slug)
    if group.id in g.viewer.group_ids:
        return redirect(group.address, 303)
    form = _request_form(group) if group.closed else JoinForm()
    if form.validate_on_submit():
        say(_ask(group, form) if isinstance(form, RequestForm) else _join(group))
        return redirect(group.address, 303)
    return render_template("groups/join.html", form=form, **frame(group, "discussion"))


@area.route("/groups/<slug>/leave", methods=["GET", "POST"], access=members)
@limit_writing
def leave(slug: str) -> Any:
    """Leave, or take a request back. An only facilitator first says who takes over."""
    group = find_group(slug)
    if group.role is None:
        return redirect(group.address, 303)
    form = LeaveForm()
    if heirs := _successors(group):
        form.successor.choices = [("", "Choose a member"), *((str(person_id), name) for person_id, name in heirs)]
    else:
        del form.successor
    if form.validate_on_submit():
        with transaction():
            actions.leave(group_id=group.id, viewer=g.viewer, successor_id=int(form.successor.data) if heirs else None)
        say("Your request is taken back" if group.role == "requested" else f"You have left {group.name}")
        return redirect(group.address, 303)
    alone = not heirs and _alone(group)
    return render_template("groups/leave.html", form=form, alone=alone, **frame(group, "discussion"))


def _request_form(group: GroupHead) -> RequestForm:
    """With what they wrote, for those who asked already."""
    asked = member(group.id, g.viewer.person_id) if group.role == "requested" else None
    return RequestForm(data={"message": asked.message} if asked else None)


def _join(group: GroupHead) -> str:
    with transaction():
        joined = actions.join(group_id=group.id, viewer=g.viewer)
        taken_over = joined and g.viewer.person_id in [person.id for person in facilitators(group.id)]
    if taken_over:
        return f"You have joined {group.name} and are its facilitator now"
    return f"You have joined {group.name}" if joined else f"You are in {group.name} already"


def _ask(group: GroupHead, form: RequestForm) -> str:
    with transaction():
        actions.ask_to_join(group_id=group.id, viewer=g.viewer, message=form.message.data or "")
    if group.role == "requested":
        return "Your message to the facilitators is changed"
    return "Your request is sent to the facilitators. This page shows when they have answered"


def _successors(group: GroupHead) -> list[tuple[int, str]]:
    """Whom to choose from; nobody unless this person is the only facilitator."""
    return successors(group.id) if _alone(group) else []


def _alone(group: GroupHead) -> bool:
    return group.role == "facilitator" and not other_facilitators(group.id, g.viewer.person_id)
