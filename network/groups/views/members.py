"""Who belongs to a group, and what its facilitators do about that."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.transaction import transaction
from network.core.web.access import members as members_only
from network.core.web.access import readers
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.core.web.pagination import page_links, page_number
from network.groups import actions, rules
from network.groups.forms import DeclineForm, RemoveForm
from network.groups.pages import find_group_inside, frame
from network.groups.queries import GroupHead, MemberRow, member, members_page, requests
from network.groups.viewers import BELONGS
from network.groups.views import area

GONE = "This request was answered already, or taken back"


@area.get("/groups/<slug>/members", access=readers)
def members(slug: str) -> Any:
    """Everybody in the group; whoever manages it sees who asked to join, first."""
    group = find_group_inside(slug)
    page = members_page(group.id, page_number())
    if not page.items and page.number > 1:
        abort(404)
    head = frame(group, "members")
    return render_template(
        "groups/members.html",
        people=page.items,
        pages=page_links(page),
        asked=requests(group.id) if head["waiting"] else [],
        **head,
    )


@area.post("/groups/<slug>/requests/<int(max=2147483647):person_id>", access=members_only)
@limit_writing
def accept(slug: str, person_id: int) -> Any:
    """Let somebody in who asked. Declining asks for a reason first, on a page of its own."""
    group = _managed(slug)
    if request.form.get("answer") != "accept":
        return redirect(f"{group.address}/requests/{person_id}/decline", 303)
    person = member(group.id, person_id)
    with transaction():
        found = actions.accept_request(group_id=group.id, viewer=g.viewer, person_id=person_id)
    say(f"{person.name} is a member now" if found and person else GONE, done=found)
    return redirect(f"{group.address}/members", 303)


@area.route(
    "/groups/<slug>/requests/<int(max=2147483647):person_id>/decline", methods=["GET", "POST"], access=members_only
)
@limit_writing
def decline(slug: str, person_id: int) -> Any:
    """Say no to somebody who asked, with a reason."""
    group = _managed(slug)
    person, form = member(group.id, person_id), DeclineForm()
    if person is None or person.role != "requested":
        say(GONE, done=False)
        return redirect(f"{group.address}/members", 303)
    if form.validate_on_submit():
        with transaction():
            found = actions.decline_request(
                group_id=group.id, viewer=g.viewer, person_id=person_id, reason=form.reason.data or ""
            )
        say(f"You declined the request of {person.name}. They are told why" if found else GONE, done=found)
        return redirect(f"{group.address}/members", 303)
    return render_template("groups/decline.html", form=form, person=person, **frame(group, "members"))


@area.route("/groups/<slug>/members/<int(max=2147483647):person_id>", methods=["GET", "POST"], access=members_only)
@limit_writing
def manage(slug: str, person_id: int) -> Any:
    """One person's part in the group: make them facilitator or member, or go on to taking them out."""
    group = _managed(slug)
    person = _belonging(group, person_id)
    if request.method == "POST":
        say(_change(group, person_id, request.form.get("act", ""), person.name))
        return redirect(f"{group.address}/members", 303)
    return render_template("groups/manage.html", person=person, **frame(group, "members"))


@area.route(
    "/groups/<slug>/members/<int(max=2147483647):person_id>/remove", methods=["GET", "POST"], access=members_only
)
@limit_writing
def remove(slug: str, person_id: int) -> Any:
    """Take somebody out of the group, with a reason for them if wanted."""
    group = _managed(slug)
    person, form = _belonging(group, person_id), RemoveForm()
    if form.validate_on_submit():
        with transaction():
            actions.remove_member(
                group_id=group.id, viewer=g.viewer, person_id=person_id, reason=form.reason.data or ""
            )
        say(f"{person.name} is no longer in this group. They are told by mail")
        return redirect(f"{group.address}/members", 303)
    return render_template("groups/remove.html", form=form, person=person, **frame(group, "members"))


def _belonging(group: GroupHead, person_id: int) -> MemberRow:
    person = member(group.id, person_id)
    if person is None or person.role not in BELONGS:
        abort(404)
    return person


def _change(group: GroupHead, person_id: int, act: str, name: str) -> str:
    if act not in ("facilitator", "member"):
        abort(400)
    with transaction():
        actions.set_role(group_id=group.id, viewer=g.viewer, person_id=person_id, role=act)
    return f"{name} is a {act} now"


def _managed(slug: str) -> GroupHead:
    group = find_group_inside(slug)
    if not rules.may_manage(g.viewer, group.id, group.openness):
        abort(403, description="Only the facilitators of this group can do this.")
    return group
