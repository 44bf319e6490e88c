"""Searches near a failed one, each with the count that it would give. Their number is bounded, and so is their cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from network.discovery.asked.asked import Asked
from network.discovery.failed.helpers import Helper, helpers
from network.discovery.failed.words import all_of, fewer, in_words, telling, unquoted
from network.discovery.finding import count, held_by, query_of
from network.discovery.searching import Outcome, narrowed
from network.discovery.spelling.correcting import near
from network.discovery.wanted import near as board
from network.discovery.wanted.queries import Entry
from network.discovery.words import glossary_words
from network.subjects.viewer import Viewer

MOST_SHOWN = 3
MOST_FILTERS = 8


class Way(NamedTuple):
    """A search to go on with."""

    text: str
    address: str
    total: int


@dataclass(frozen=True)
class Ways:
    """Where to go on: without quotes, with words spelt like these, fewer words, fewer filters, to what is
    wanted already, or to people.
    """

    unquoted: Sequence[Way] = ()
    near: Sequence[Way] = ()
    words: Sequence[Way] = ()
    filters: Sequence[Way] = ()
    helpers: Sequence[Helper] = ()
    wanted: Sequence[Entry] = ()


NO_WAYS = Ways()


def ways_out(viewer: Viewer, outcome: Outcome, in_use: Sequence[dict[str, Any]]) -> Ways:
    """What else would find something. `in_use` are the chips of the page: their words, and what is asked without."""
    if outcome.answer.degraded:
        return NO_WAYS
    failed = outcome.failed
    return Ways(
        unquoted=_unquoted(viewer, outcome) if failed else (),
        near=_near(viewer, outcome) if failed else (),
        words=_fewer_words(viewer, outcome) if failed else (),
        filters=_fewer_filters(viewer, outcome, in_use) if not outcome.answer.total else (),
        helpers=helpers(viewer, outcome.words) if failed else (),
        wanted=board.near(viewer, outcome.words)[:MOST_SHOWN] if failed else (),
    )


def _unquoted(viewer: Viewer, outcome: Outcome) -> list[Way]:
    text = unquoted(outcome.words)
    found = [_way(viewer, outcome.asked.but(words=text, exact=False), text)] if text else []
    return [way for way in found if way.total]


def _near(viewer: Viewer, outcome: Outcome) -> list[Way]:
    """Words spelt like those that nothing holds; what is shown already is not offered."""
    others = [text for text in near(viewer, outcome.asked.words, glossary_words()) if text != outcome.words]
    found = [_way(viewer, outcome.asked.but(words=text, exact=False), text) for text in others]
    return [way for way in found if way.total]


def _fewer_words(viewer: Viewer, outcome: Outcome) -> list[Way]:
    held = held_by(viewer, [clause.text for clause in telling(outcome.words) if clause.kind == "word"])
    found = [
        _way(viewer, outcome.asked.but(words=all_of(clauses, outcome.words), exact=False), in_words(clauses))
        for clauses in fewer(outcome.words, held)
    ]
    best = sorted((way for way in found if way.total), key=lambda way: -len(way.text.split()))
    return best[:MOST_SHOWN]


def _fewer_filters(viewer: Viewer, outcome: Outcome, in_use: Sequence[dict[str, Any]]) -> list[Way]:
    found = [_way(viewer, chip["asked"], chip["text"], outcome.words) for chip in in_use[:MOST_FILTERS]]
    if len(in_use) > 1:
        found.append(_way(viewer, outcome.asked.cleared(), "", outcome.words))
    return [way for way in found if way.total]


def _way(viewer: Viewer, asked: Asked, text: str, words: str | None = None) -> Way:
    """The search with its count; `words` are those that a correction has put in place of what is asked."""
    given = {**narrowed(asked), "periods": {}, "facets": (), "per_page": 1}
    return Way(text, asked.address, count(query_of(viewer, asked.words if words is None else words, **given)))
