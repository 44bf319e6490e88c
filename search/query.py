"""Reads what people type into a search box.

The language is small on purpose: words, "phrases", -not, +must, begin* at the end and,
where the caller allows them, name:value filters. Nothing raises; what has no effect is
named, so that the page can say so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from search.analysis import TOKEN
from search.stopwords import STOP_WORDS

# The filters of the query language. Engines leave them out of the words; the caller looks up
# what the values mean and passes it in the other fields of `Query`.
FILTER_NAMES = ("type", "topic", "org", "by", "group", "in", "before", "after")

LONGEST_TEXT = 500
MOST_WORDS = 32
SHORTEST_PREFIX = 3

Kind = Literal["word", "phrase", "prefix"]
Mode = Literal["any", "must", "not"]

_OPENING = '"\u201c\u201d\u201e\u00ab'
_CLOSING = '"\u201c\u201d\u00bb'
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\ufeff\ud800-\udfff]+")
_PART = re.compile(
    r"(?P<sign>[-+\u2212](?=\S))?"
    r"(?:(?P<name>[A-Za-z]{1,20}):(?=\S))?"
    rf"(?:[{_OPENING}](?P<phrase>[^{_CLOSING}]*)[{_CLOSING}]|(?P<run>\S+))"
)
_PERIOD = re.compile(r"([12][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_STOPPED = STOP_WORDS["en"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query: what it says and what it demands of a document."""

    text: str
    kind: Kind = "word"
    mode: Mode = "any"


@dataclass(frozen=True, slots=True)
class Tree:
    """A query understood. `filters` are (name, value) in the order typed."""

    clauses: tuple[Clause, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[Clause, ...]:
        """The clauses a reader looks for, to mark them in snippets."""
        return tuple(clause for clause in self.clauses if clause.mode != "not")


def parse(text: str, names: Collection[str] = ()) -> Tree:
    """Reads a query. `names` are the filters understood; other names are words like any other."""
    clean = _CONTROL.sub(" ", text[: 4 * LONGEST_TEXT]).strip()
    clean, ignored = _shortened(clean, text)
    clauses: list[Clause] = []
    filters: list[tuple[str, str]] = []
    for match in parts_of(clean):
        last = not clean[match.end() :].strip()
        name, value = match["name"], match["phrase"] or match["run"] or ""
        if name and name.lower() in names and not match["sign"] and value.strip():
            filters.append((name.lower(), value.strip()))
        else:
            found, unused = _clauses(match, last=last)
            clauses += found
            ignored += unused
    if clean and not clauses and not filters and not ignored:
        ignored.append(clean)
    kept, dropped = _limited(clauses)
    return Tree(tuple(kept), tuple(filters), tuple(ignored + dropped))


def period(value: str, zone: tzinfo = UTC) -> tuple[datetime, datetime] | None:
    """The beginning and end of a year, month or day ("2024", "2024-05", "2024-05-17"); None for anything else.

    The end is the beginning of what follows.
    """
    match = _PERIOD.fullmatch(value.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        start = datetime(year, month or 1, day or 1, tzinfo=zone)
    except ValueError:
        return None
    if day:
        following = start.date() + timedelta(days=1)
        return start, datetime(following.year, following.month, following.day, tzinfo=zone)
    if match[2]:
        return start, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    return start, datetime(year + 1, 1, 1, tzinfo=zone)


def _shortened(clean: str, text: str) -> tuple[str, list[str]]:
    """At most the longest text, cut between words; the beginning of what went is named."""
    if len(clean) <= LONGEST_TEXT:
        return clean, []
    cut = clean.rfind(" ", 0, LONGEST_TEXT + 1)
    cut = cut if cut > 0 else LONGEST_TEXT
    rest = clean[cut:].strip()
    return clean[:cut], [rest if len(rest) <= 40 and len(text) == len(clean) else rest[:40].rstrip() + "\u2026"]


def parts_of(text: str) -> Iterator[re.Match[str]]:
    """The parts of a query as they stand in the text, with the groups sign, name, phrase and run."""
    place = 0
    while match := _next_part(text, place):
        yield match
        place = match.end()


def _next_part(text: str, place: int) -> re.Match[str] | None:
    while place < len(text) and text[place].isspace():
        place += 1
    return _PART.match(text, place)


def _clauses(match: re.Match[str], *, last: bool) -> tuple[list[Clause], list[str]]:
    """The clauses of one part, and what of it has no effect."""
    mode: Mode = {"+": "must", None: "any"}.get(match["sign"], "not")  # type: ignore[assignment]
    if match["phrase"] is not None:
        named = f"{match['name']} {match['phrase']}" if match["name"] else match["phrase"]
        if not TOKEN.search(named):
            return [], []
        return [Clause(named.strip(), "phrase", "must" if mode == "any" else mode)], []
    run = f"{match['name']}:{match['run']}" if match["name"] else match["run"]
    words = TOKEN.findall(run)
    if not words:
        return [], []
    if run.endswith("*") and mode != "not":
        return _begun(run, mode, last=last)
    # A sign before "multi-agency" means the whole of it.
    kind: Kind = "phrase" if mode != "any" and len(words) > 1 else "word"
    return [Clause(run, kind, mode)], []


def _begun(run: str, mode: Mode, *, last: bool) -> tuple[list[Clause], list[str]]:
    """A word whose end is open. Anywhere else the star has no effect, and the word stays."""
    bare = run.rstrip("*")
    matches = list(TOKEN.finditer(bare))
    if last and len(matches) == 1 and matches[0].end() - matches[0].start() >= SHORTEST_PREFIX:
        return [Clause(matches[0].group(), "prefix", mode)], []
    kind: Kind = "phrase" if mode != "any" and len(matches) > 1 else "word"
    return [Clause(bare, kind, mode)], [run]


def _limited(clauses: list[Clause]) -> tuple[list[Clause], list[str]]:
    """The clauses up to the most words that are ranked; very frequent words do not count."""
    kept: list[Clause] = []
    seen: set[str] = set()
    for place, clause in enumerate(clauses):
        words = {match.group().lower() for match in TOKEN.finditer(clause.text)} - _STOPPED
        if len(seen | words) > MOST_WORDS and kept:
            return kept, [other.text for other in clauses[place:]]
        seen |= words
        kept.append(clause)
    return kept, []
