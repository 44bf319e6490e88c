"""The filters of the search page: the form beside the results, and those in use as chips that remove themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from network.discovery.asked.asked import Asked
from network.discovery.asked.dates import PERIODS, in_words
from network.discovery.asked.labels import TITLES, Labels, labels
from network.discovery.finding import Answer
from network.discovery.searching import ANY_TIME
from network.discovery.views.using import USE, use_group, use_names
from network.subjects.viewer import Viewer

MOST_OPTIONS = {"topic": 8, "kind": 6, "organisation": 6}
FEW_OPTIONS = 5
FEWEST_OPTIONS = 2
# Of one facet with those under “Show more”; who looks for a rarer one types it.
MOST_VALUES = 50


class Filters(NamedTuple):
    """The groups of the form, and the chips."""

    groups: list[dict[str, Any]]
    chips: list[dict[str, Any]]


def filters(asked: Asked, answer: Answer, viewer: Viewer) -> Filters:
    """What the page shows of filters, in one query for each facet whose names are kept in the database."""
    counted = {facet: _counted(facet, asked, answer) for facet in TITLES}
    known = labels(counted)
    names = {**known, USE: use_names(asked, answer, viewer, known[USE])}
    groups = [group for facet in TITLES if (group := _group(facet, asked, counted[facet], names))]
    return Filters([*_periods(asked, answer), *groups], chips(asked, names))


def _counted(facet: str, asked: Asked, answer: Answer) -> dict[str, int]:
    """The most frequent values that would find something and those in use, with their counts."""
    found, chosen = answer.facets.get(facet, ()), asked.filters.get(facet, ())
    counts = dict(found)
    offered = counts if facet == USE else dict(found[:MOST_VALUES])
    return {**offered, **{value: counts.get(value, 0) for value in chosen}}


def _group(facet: str, asked: Asked, counts: Mapping[str, int], names: Labels) -> dict[str, Any] | None:
    """A group of the form: the most frequent values and those in use, and under “more” the rest. None where there is
    no choice."""
    if facet == USE:
        return use_group(asked, counts, names[USE])
    chosen, most = asked.filters.get(facet, ()), MOST_OPTIONS.get(facet, FEW_OPTIONS)
    options: list[dict[str, Any]] = []
    more: list[dict[str, Any]] = []
    for place, (value, count) in enumerate(counts.items()):
        if value in names[facet]:
            option = {"value": value, "text": names[facet][value], "count": count, "checked": value in chosen}
            (options if place < most or value in chosen else more).append(option)
    if not chosen and len(options) < FEWEST_OPTIONS:
        return None
    return {"name": facet, "title": TITLES[facet], "options": options, "more": more}


def _periods(asked: Asked, answer: Answer) -> list[dict[str, Any]]:
    """Any time and the periods, each with its count; nothing where none of them would narrow."""
    counts = answer.periods
    if not asked.changed and not any(0 < counts.get(name, 0) < counts.get(ANY_TIME, 0) for name in PERIODS):
        return []
    options = [{"value": "", "text": "Any time", "count": counts.get(ANY_TIME), "checked": not asked.changed}]
    options += [
        {"value": name, "text": words, "count": counts.get(name), "checked": name == asked.changed}
        for name, words in PERIODS.items()
    ]
    return [{"name": "changed", "title": "Last change", "options": options, "radio": True}]


def chips(asked: Asked, names: Labels) -> list[dict[str, Any]]:
    """The filters in use, each with what is asked without it, and the address of that."""
    found = [
        (names[facet].get(value, value), asked.without(facet, value))
        for facet, values in asked.filters.items()
        for value in values
    ]
    found += [(text, asked.but(**{name: without})) for name, text, without in _others(asked)]
    return [{"text": text, "asked": without, "address": without.address} for text, without in found]


def _others(asked: Asked) -> Sequence[tuple[str, str, Any]]:
    """Filters that are no facets: the field, the words of its chip, and the field’s empty value."""
    found: list[tuple[str, str, Any]] = []
    if asked.changed:
        found.append(("changed", f"Changed {PERIODS[asked.changed].lower()}", ""))
    if asked.after:
        found.append(("after", f"From {in_words(asked.after)} on", ""))
    if asked.before:
        found.append(("before", f"Before {in_words(asked.before)}", ""))
    if asked.titles_only:
        found.append(("titles_only", "In titles only", False))
    return found
