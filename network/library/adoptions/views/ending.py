"""Stopping to use a guide, and taking back that one said so."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.library.adoptions import actions
from network.library.adoptions.forms import StopForm
from network.library.adoptions.queries.mine import mine
from network.library.adoptions.queries.naming import colleagues
from network.library.adoptions.rules import may_amend, may_take_name_off
from network.library.adoptions.showing import together
from network.library.adoptions.views import area
from network.library.views.getting import readable


@area.route("/library/<slug>/use/stop", methods=["GET", "POST"], access=members)
@limit_writing
def stop(slug: str) -> Any:
    """We stopped using this: asks since when."""
    found = readable(slug)
    ours = mine(g.viewer, found.id)
    if ours is None or not may_amend(g.viewer, found.standing, ours.report(g.viewer.person_id)):
        return redirect(f"{found.address}/use", 302)
    form = StopForm(began=ours.month)
    if form.validate_on_submit():
        with transaction():
            actions.stop(viewer=g.viewer, adoption_id=ours.id, on=form.stopped_on.data)
        say("Readers now see that you stopped using this guide")
        return redirect(found.address, 303)
    others = colleagues(ours.id, g.viewer.person_id)
    return render_template("library/adoptions/stop.html", form=form, found=found, ours=ours, others=together(others))


@area.route("/library/<slug>/use/withdraw", methods=["GET", "POST"], access=members)
@limit_writing
def withdraw(slug: str) -> Any:
    """Take back that one said so, after asking: for what was never true. What ended is stopped, not taken back."""
    found = readable(slug)
    ours = mine(g.viewer, found.id)
    if ours is None or not may_take_name_off(g.viewer, ours.report(g.viewer.person_id)):
        return redirect(found.address, 302)
    form = Form()
    if form.validate_on_submit():
        with transaction():
            gone = actions.withdraw(viewer=g.viewer, adoption_id=ours.id)
        say("What you said is gone" if gone else "Your name is gone. What your colleagues said stays")
        return redirect(found.address, 303)
    return render_template("library/adoptions/withdraw.html", form=form, found=found, ours=ours, me=g.viewer.person_id)
