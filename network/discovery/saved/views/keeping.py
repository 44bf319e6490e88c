"""Saving a search, the list of one's own, changing and deleting them."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, creating, say
from network.core.web.limits import limit_writing
from network.discovery.asked.labels import labels
from network.discovery.asked.reading import tabs
from network.discovery.saved import actions
from network.discovery.saved.criteria import BESIDE, Criteria, in_words, read
from network.discovery.saved.feeds import feed_address
from network.discovery.saved.forms import LONGEST_NAME, ChangeForm, SaveForm
from network.discovery.saved.models import ALERTS, AT_ONCE, MOST, WEEKLY
from network.discovery.saved.news import known_at_first
from network.discovery.saved.queries import Saved, my_search, my_searches, same_as
from network.discovery.saved.views import area

HOME = "/saved/searches"
# So many of the filters that were left out are named, and the others counted.
MOST_NAMED = 3


@area.get("/saved/searches", access=members)
def searches() -> Any:
    """What I keep."""
    mine = my_searches(g.viewer)
    rows = [{"saved": saved, "asks": _words(saved.criteria), "alerts": ALERTS[saved.alerts]} for saved in mine]
    return render_template("discovery/saved/list.html", rows=rows, most=MOST)


@area.route("/saved/searches/new", methods=["GET", "POST"], access=members)
@limit_writing
def save() -> Any:
    """Save the search of this address, under a name."""
    criteria = read(request.args)
    if criteria.empty:
        return redirect("/search", 303)
    if kept := same_as(g.viewer, criteria):
        say(f"You keep this search already, as “{kept.name}”")
        return redirect(f"{HOME}/{kept.id}", 303)
    wanted = request.args.get("alerts", "")
    name = (criteria.text or ", ".join(_words(criteria)))[:LONGEST_NAME]
    form = SaveForm(data={"name": name, "alerts": wanted if wanted in ALERTS else WEEKLY})
    if form.validate_on_submit():
        known, broad = known_at_first(criteria, g.viewer)
        with creating(form) as made:
            actions.one_by_one(g.viewer)
            if same_as(g.viewer, criteria) is None:
                actions.save(
                    viewer=g.viewer,
                    name=form.name.data or "",
                    criteria=criteria,
                    alerts=form.alerts.data,
                    known=known,
                    broad=broad,
                )
            made.address = HOME
        say("Your search is saved")
        return redirect(made.address, 303)
    return render_template(
        "discovery/saved/save.html",
        form=form,
        back_to=criteria.address,
        asks=_words(criteria),
        left_out=_left_out(criteria),
    )


@area.post("/saved/searches/tell", access=members)
@limit_writing
def tell() -> Any:
    """One press on a search that failed: tell me at once when somebody writes about it."""
    criteria = read(request.form)
    form = Form()
    if criteria.empty or not form.validate_on_submit():
        abort(400)
    known, broad = known_at_first(criteria, g.viewer)
    with transaction():
        actions.one_by_one(g.viewer)
        kept = same_as(g.viewer, criteria)
        if kept:
            actions.change(viewer=g.viewer, saved_id=kept.id, name=kept.name, alerts=AT_ONCE)
        else:
            name = actions.named(g.viewer, (criteria.text or ", ".join(_words(criteria)))[:LONGEST_NAME])
            actions.save(viewer=g.viewer, name=name, criteria=criteria, alerts=AT_ONCE, known=known, broad=broad)
    say("We will write to you when somebody writes about it")
    if criteria.left_out:
        say(f"That was too many filters for one search. We left out: {', '.join(_left_out(criteria))}")
    return redirect(criteria.address, 303)


@area.route("/saved/searches/<int(max=2147483647):saved_id>", methods=["GET", "POST"], access=members)
@limit_writing
def change(saved_id: int) -> Any:
    """Its name, its alerts, its feed."""
    saved = _mine(saved_id)
    form = ChangeForm(data={"name": saved.name, "alerts": saved.alerts})
    if form.validate_on_submit():
        with transaction():
            actions.change(viewer=g.viewer, saved_id=saved.id, name=form.name.data or "", alerts=form.alerts.data)
        say("Your changes are saved")
        return redirect(HOME, 303)
    feeds = {form_: feed_address(saved, form_) for form_ in ("atom", "json")}
    return render_template(
        "discovery/saved/change.html", form=form, saved=saved, asks=_words(saved.criteria), feeds=feeds
    )


@area.post("/saved/searches/<int(max=2147483647):saved_id>/new-feed", access=members)
@limit_writing
def new_feed(saved_id: int) -> Any:
    """Another address for its feed."""
    saved = _mine(saved_id)
    with transaction():
        actions.new_feed(viewer=g.viewer, saved_id=saved.id)
    say("The feed has a new address. The old one no longer works")
    return redirect(f"{HOME}/{saved.id}", 303)


@area.route("/saved/searches/<int(max=2147483647):saved_id>/delete", methods=["GET", "POST"], access=members)
@limit_writing
def delete(saved_id: int) -> Any:
    """After asking."""
    saved = _mine(saved_id)
    form = Form()
    if form.validate_on_submit():
        with transaction():
            actions.forget(viewer=g.viewer, saved_id=saved.id)
        say(f"“{saved.name}” is deleted")
        return redirect(HOME, 303)
    return render_template("discovery/saved/delete.html", form=form, saved=saved)


def _mine(saved_id: int) -> Saved:
    saved = my_search(g.viewer, saved_id)
    if saved is None:
        abort(404)
    return saved


def _left_out(criteria: Criteria) -> list[str]:
    """The first few filters that were too many, in words; flashed words must fit into a cookie."""
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in criteria.left_out[:MOST_NAMED]:
        chosen[name] = (*chosen.get(name, ()), value)
    more = len(criteria.left_out) - MOST_NAMED
    return _words(Criteria(filters=chosen)) + ([f"and {more} more"] if more > 0 else [])


def _words(criteria: Criteria) -> list[str]:
    """What a search asks, in words."""
    if criteria.topic:
        return ["Topic: " + labels({"topic": [criteria.topic]})["topic"][criteria.topic]]
    names = labels({name: values for name, values in criteria.filters.items() if name not in BESIDE})
    parts = [f"“{criteria.text}”"] if criteria.text else []
    parts += [tabs()[criteria.subject]] if criteria.subject in tabs() else []
    chosen = [(name, value) for name, values in criteria.filters.items() for value in values]
    return parts + [in_words(*one) if one[0] in BESIDE else names[one[0]].get(one[1], one[1]) for one in chosen]
