"""The moderators' pages of pinned and left-out results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.text.folding import folded
from network.core.transaction import transaction
from network.core.web.access import moderators
from network.core.web.area import Area
from network.core.web.fields import one_line
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.core.web.tables import as_csv
from network.core.web.templating import local
from network.discovery.hits.cards import cards_of
from network.discovery.log.pages import tabs
from network.discovery.pins import actions, queries
from network.discovery.pins.forms import EndForm, PinForm, usual_day
from network.discovery.pins.models import FIRST, LONGEST_PHRASE
from network.discovery.pins.queries import Decision
from network.subjects.registry import Card

PLACE = "/admin/searches/pins"
HIDDEN = "Something that you may not read"

area = Area("pins", __name__)


@area.get(PLACE, access=moderators)
def pins() -> Any:
    """What holds, and what ended in the last 90 days; titles and reasons only of what this moderator may read."""
    found, cards = _with_cards()
    running = [one for one in found if one.running]
    return render_template(
        "discovery/pins/list.html",
        tabs=tabs("pins"),
        running=running,
        over=[one for one in found if not one.running],
        movable=_below_another(running),
        days={one.id: _last_day(one) for one in found},
        cards=cards,
        hidden=HIDDEN,
    )


@area.get(PLACE + ".csv", access=moderators)
def download() -> Any:
    """The same as a table."""
    found, cards = _with_cards()
    return as_csv(
        "pinned-results",
        ("Search", "Result", "What", "Reason", "Decided by", "Decided on", "Last day", "Ended early by"),
        (
            (
                one.phrase,
                cards[one.key].title if one.key in cards else HIDDEN,
                "on top" if one.kind == FIRST else "left out",
                one.reason if one.key in cards else "",
                one.made_by,
                local(one.made_at).date(),
                _last_day(one),
                one.ended_by,
            )
            for one in found
        ),
    )


@area.route(PLACE + "/new", methods=["GET", "POST"], access=moderators)
@limit_writing
def new() -> Any:
    """Decide about one result; `?text=` and `?address=` fill in where a moderator came from."""
    typed = {
        "phrase": one_line(request.args.get("text"))[:LONGEST_PHRASE],
        "address": one_line(request.args.get("address"))[:500],
        "kind": FIRST,
        "until": usual_day(),
    }
    form = PinForm(data=typed)
    if form.validate_on_submit():
        try:
            with creating(form) as made:
                made.address = PLACE
                actions.decide(
                    viewer=g.viewer,
                    phrase=form.phrase.data or "",
                    key=form.key,
                    kind=form.kind.data,
                    reason=form.reason.data or "",
                    ends_at=form.ends_at,
                )
            say("Your decision holds from now on. Everyone sees it with the results")
            return redirect(PLACE, 303)
        except actions.DecidedAlready:
            form.address.errors = ["This result is pinned or left out for this search already. End that first"]
        except actions.TooMany as most:
            form.kind.errors = [f"{most.args[0]} results is the most for one search. End another one first"]
    return render_template("discovery/pins/new.html", form=form, place=PLACE)


@area.route(PLACE + "/<int(max=2147483647):pin_id>/end", methods=["GET", "POST"], access=moderators)
@limit_writing
def end(pin_id: int) -> Any:
    """Ask before a decision ends early."""
    found = queries.decision(pin_id)
    if found is None or not found.running:
        abort(404)
    form = EndForm()
    if form.validate_on_submit():
        with transaction():
            actions.end(viewer=g.viewer, pin_id=pin_id)
        say("Search no longer follows this decision")
        return redirect(PLACE, 303)
    card = cards_of([found.key], g.viewer).get(found.key)
    return render_template("discovery/pins/end.html", form=form, one=found, card=card, hidden=HIDDEN, place=PLACE)


@area.post(PLACE + "/<int(max=2147483647):pin_id>/up", access=moderators)
@limit_writing
def up(pin_id: int) -> Any:
    """Let a pinned result stand one place higher."""
    with transaction():
        moved = actions.move_up(viewer=g.viewer, pin_id=pin_id)
    say("The result stands one place higher" if moved else "The result is on top already")
    return redirect(PLACE, 303)


def _below_another(running: Sequence[Decision]) -> set[int]:
    """Pinned results that have another one above them."""
    pairs = pairwise(one for one in running if one.kind == FIRST)
    return {below.id for above, below in pairs if folded(above.phrase) == folded(below.phrase)}


def _last_day(one: Decision) -> date:
    """The last day on which it holds or held."""
    return local(min(one.ended_at or one.ends_at, one.ends_at - timedelta(seconds=1))).date()


def _with_cards() -> tuple[Sequence[Decision], dict[str, Card]]:
    found = queries.decisions()
    return found, cards_of([one.key for one in found], g.viewer)
