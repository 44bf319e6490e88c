"""Asking for something: the words are confirmed, and what is near is shown first."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template, request

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.fields import whole_number
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.discovery.wanted import actions
from network.discovery.wanted.forms import WantForm
from network.discovery.wanted.models import LONGEST_WORDS
from network.discovery.wanted.near import near
from network.discovery.wanted.views import area

WANTED = "You want this. We will write to you once when somebody has written it"


@area.route("/wanted/new", methods=["GET", "POST"], access=members)
@limit_writing
def new() -> Any:
    """Put something on the board, or join what is there."""
    form = WantForm(data={"words": " ".join(request.args.get("words", "").split())[:LONGEST_WORDS]})
    if form.validate_on_submit():
        with creating(form) as made:
            made.address = f"/wanted/{actions.add_entry(viewer=g.viewer, words=form.words.data or '').id}"
        say(WANTED)
        return redirect(made.address, 303)
    return render_template("discovery/wanted/new.html", form=form, near=near(g.viewer, form.words.data or ""))


@area.post("/wanted/<int(max=2147483647):entry_id>/want", access=members)
@limit_writing
def want(entry_id: int) -> Any:
    """I want this too."""
    with transaction():
        actions.want(viewer=g.viewer, entry_id=entry_id)
    say(WANTED)
    return redirect(f"/wanted/{entry_id}", 303)


@area.post("/wanted/<int(max=2147483647):entry_id>/unwant", access=members)
@limit_writing
def unwant(entry_id: int) -> Any:
    """Take it back."""
    with transaction():
        actions.unwant(viewer=g.viewer, entry_id=entry_id)
    say("You no longer want this. We will not write to you about it")
    return redirect(f"/wanted/{entry_id}", 303)


@area.post("/wanted/<int(max=2147483647):entry_id>/not-it", access=members)
@limit_writing
def refuse(entry_id: int) -> Any:
    """The guide is not what was wanted: back on the board."""
    with transaction():
        actions.refuse(viewer=g.viewer, entry_id=entry_id, guide_id=_guide())
    say("This is wanted again. The guide stays in the library")
    return redirect(f"/wanted/{entry_id}", 303)


@area.post("/wanted/<int(max=2147483647):entry_id>/it-is", access=members)
@limit_writing
def accept_again(entry_id: int) -> Any:
    """It is what was wanted after all."""
    with transaction():
        actions.accept_again(viewer=g.viewer, entry_id=entry_id, guide_id=_guide())
    say("The guide stands on the board again")
    return redirect(f"/wanted/{entry_id}", 303)


def _guide() -> int:
    """Which guide the form is about; what is no number is no guide."""
    return whole_number(request.form.get("guide"), 0)
