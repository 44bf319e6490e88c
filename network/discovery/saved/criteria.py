"""What a saved search asks: read from the address of a search page, and written as one again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from network.discovery.asked.dates import PERIODS
from network.discovery.asked.dates import in_words as date_in_words
from network.discovery.asked.reading import clean, tabs
from network.discovery.finding import COUNTED
from network.discovery.words import other_words
from network.vocabulary.queries import present_slugs
from search.contract import Query
from search.query import LONGEST_TEXT, Clause, parse, period
from search.stopwords import STOP_WORDS

SORTS = ("relevance", "newest", "used")
# What narrows a search beside its facets, under the names that its address has for them.
BESIDE = ("changed", "after", "before", "titles")
MOST_VALUES = 20
LONGEST_VALUE = 100
# The web server takes addresses of 8,190 characters; some room is left for what pages add to this one.
LONGEST_ADDRESS = 7_500


@dataclass(frozen=True)
class Criteria:
    """Text, tab, filters and order of a search page. `topic` is the slug of a followed topic, else empty.

    Filters include those by date; for news they say nothing, because what is new has just changed.
    `left_out` are the filters that its address has no room for.
    """

    text: str = ""
    subject: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "relevance"
    topic: str = ""
    left_out: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def empty(self) -> bool:
        """Nothing is asked: that would be everything there is."""
        return not (self.text or self.filters or self.topic)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The arguments of its address, in one order whatever was typed."""
        found = [("q", self.text)] if self.text else []
        found += [("in", self.subject)] if self.subject else []
        found += [(name, value) for name, values in sorted(self.filters.items()) for value in values]
        return found + ([("sort", self.sort)] if self.sort != "relevance" else [])

    @property
    def address(self) -> str:
        """Where the search can be seen."""
        return f"/topics/{self.topic}" if self.topic else "/search?" + urlencode(self.pairs)

    def query(self, audiences: frozenset[str], limit: int) -> Query:
        """What holds all the words, changed last first: for alerts and feeds one word of several is not enough."""
        narrowed = {name: values for name, values in self.filters.items() if name not in BESIDE}
        filters = {"topic": (self.topic,)} if self.topic else narrowed
        return Query(
            text=all_of(self.text),
            audiences=audiences,
            filters=filters,
            subject=self.subject,
            sort="newest",
            per_page=limit,
            alternatives=other_words(),
            titles_only="titles" in self.filters,
        )


def read(args: MultiDict[str, str]) -> Criteria:
    """The search that these arguments stand for; what is no argument of a search is left out."""
    filters = {
        name: tuple(
            dict.fromkeys(kept[:LONGEST_VALUE] for kept in map(clean, args.getlist(name)[:MOST_VALUES]) if kept)
        )
        for name in (*COUNTED, *BESIDE)
    }
    subject, sort = args.get("in"), args.get("sort", "")
    whole = Criteria(
        text=" ".join(clean(args.get("q", "")).split())[:LONGEST_TEXT],
        subject=subject if subject in tabs() else None,
        filters={name: kept for name, many in filters.items() if (kept := _understood(name, many))},
        sort=sort if sort in SORTS else "relevance",
    )
    return _shortened(whole) if len(whole.address) > LONGEST_ADDRESS else whole


def _shortened(whole: Criteria) -> Criteria:
    """The same with the filters for which there is room in its address."""
    room = LONGEST_ADDRESS - len(replace(whole, filters={}).address)
    kept: dict[str, tuple[str, ...]] = {}
    left_out: list[tuple[str, str]] = []
    for name, values in sorted(whole.filters.items()):
        for value in values:
            needed = len(urlencode([(name, value)])) + 1
            if needed > room:
                left_out.append((name, value))
            else:
                room -= needed
                kept[name] = (*kept.get(name, ()), value)
    return replace(whole, filters=kept, left_out=tuple(left_out))


def _understood(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values that mean something: of those beside the facets others than these would be no filter."""
    if name in ("after", "before"):
        return tuple(value for value in values if period(value))
    known = {"changed": tuple(PERIODS), "titles": ("1",)}.get(name)
    return values if known is None else tuple(value for value in values if value in known)


def in_words(name: str, value: str) -> str:
    """How a filter beside the facets is told."""
    if name == "changed":
        return f"Changed {PERIODS[value].lower()}"
    if name == "titles":
        return "In titles only"
    return f"{'From' if name == 'after' else 'Before'} {date_in_words(value)}"


def stored(text: str, subject: str | None, filters: Mapping[str, Any], sort: str, topic: str | None) -> Criteria:
    """The search of a row; `topic` is the present slug of the topic it follows."""
    narrowed = {name: tuple(values) for name, values in filters.items()}
    if "topic" in narrowed:
        narrowed["topic"] = present_slugs(narrowed["topic"])
    return Criteria(text, subject, narrowed, sort, topic or "")


def all_of(text: str) -> str:
    """The same search, asking for every word of it. Very frequent words stay as they are: they decide nothing."""
    clauses = parse(text).clauses
    return " ".join(_demanded(clause) for clause in clauses) if clauses else text


def _demanded(clause: Clause) -> str:
    written = f'"{clause.text}"' if clause.kind == "phrase" else clause.text + "*" * (clause.kind == "prefix")
    if clause.mode == "not":
        return "-" + written
    frequent = clause.mode == "any" and clause.text.lower() in STOP_WORDS["en"]
    return written if frequent else "+" + written
