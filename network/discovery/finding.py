"""Flow 4, a search: the viewer's audiences go into the query, hits are checked once more against the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from network.core.db import db
from network.discovery.engine import engine
from network.discovery.hits.cards import cards_of
from network.discovery.hits.found import Found, shown
from network.discovery.pins.queries import Decided, decided
from network.discovery.words import also_searched, other_words
from network.subjects.registry import Card, subjects
from network.subjects.viewer import Viewer
from search.contract import EngineError, Query, Results, Sort
from search.nicknames import NICKNAMES
from search.query import parse

PER_PAGE = 10
PERSON = "person"
COUNTED = ("kind", "topic", "organisation", "group", "author", "check", "users", "licence", "language")

log = structlog.get_logger()


@dataclass(frozen=True)
class Answer:
    """A page of hits. `failed` is a failed search: nothing that the viewer may read holds all the words.

    A search that took too long (`partial`) cannot know that and has not failed.

    `degraded` says that the index was away and titles in the database were searched instead. `also` are the other
    words that were searched for; `apart` one of them that nothing says as one, whose words were looked for singly
    then; `left_out` what moderators took out that the viewer may read, with their reasons.
    """

    found: Sequence[Found]
    total: int
    tabs: Mapping[str, int]
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    periods: Mapping[str, int] = field(default_factory=dict)
    failed: bool = False
    ignored: Sequence[str] = ()
    partial: bool = False
    degraded: bool = False
    also: Sequence[str] = ()
    apart: str = ""
    left_out: Sequence[tuple[Card, str]] = ()


def find(viewer: Viewer, text: str, **asked: Any) -> Answer:
    """Search as this viewer. Never raises on any text, and answers from the database when the index is away.

    `asked` is what `query_of` takes beside the words.
    """
    query = query_of(viewer, text, **asked)
    try:
        results = engine().search(query)
        if results.total < PER_PAGE and not engine().filled():
            raise EngineError("the index is not filled")
    except EngineError as error:
        log.warning("search is degraded", error=str(error))
        return _from_database(viewer, text, query.subject)
    decisions = decided(text)
    cards = cards_of([*(hit.key for hit in results.hits), *decisions.without], viewer)
    return Answer(
        found=_shown(results, cards, query, decisions),
        total=results.total,
        tabs=results.subjects,
        facets=results.facets,
        periods=results.periods,
        failed=not (results.complete or results.partial),
        ignored=results.ignored,
        partial=results.partial,
        also=also_searched(text),
        left_out=[(cards[key], decisions.reasons[key]) for key in sorted(decisions.without) if key in cards],
    )


def query_of(
    viewer: Viewer,
    text: str,
    *,
    subject: str | None = None,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    sort: Sort = "relevance",
    page: int = 1,
    per_page: int = PER_PAGE,
    facets: tuple[str, ...] = COUNTED,
    titles_only: bool = False,
    since: datetime | None = None,
    until: datetime | None = None,
    periods: Mapping[str, datetime] | None = None,
) -> Query:
    """The one place where a search of this viewer is put together. `subject` is a tab: see `Subject.all_tabs`.

    The glossary's other words count as those typed, a search for people finds them by the short forms of their
    names as well, and what moderators decided for these words holds.
    """
    decisions = decided(text)
    return Query(
        text=text,
        audiences=viewer.audiences,
        filters=filters or {},
        subject=subject,
        sort=sort,
        page=page,
        per_page=per_page,
        facets=facets,
        titles_only=titles_only,
        since=since,
        until=until,
        periods=periods or {},
        alternatives={**NICKNAMES, **other_words()} if subject == PERSON else other_words(),
        first=decisions.first,
        without=decisions.without,
    )


def count(query: Query) -> int:
    """How many this would find; none while the index is away."""
    try:
        return engine().search(query).total
    except EngineError:
        return 0


def keys_of(query: Query) -> list[str]:
    """The keys that this finds, best first; none while the index is away."""
    try:
        return [hit.key for hit in engine().search(query).hits]
    except EngineError:
        return []


def held_by(viewer: Viewer, words: Sequence[str]) -> Mapping[str, int]:
    """How many documents that the viewer may read hold each word; nothing while the index is away."""
    try:
        return engine().frequencies(words, viewer.audiences) if words else {}
    except EngineError:
        return {}


def _shown(results: Results, cards: Mapping[str, Card], query: Query, decisions: Decided) -> list[Found]:
    tree, others = parse(query.text), query.alternatives
    return [
        shown(hit.key, cards[hit.key], tree, others, pinned=decisions.reasons.get(hit.key, "") if hit.pinned else "")
        for hit in results.hits
        if hit.key in cards
    ]


def _from_database(viewer: Viewer, text: str, tab: str | None) -> Answer:
    """Plain search in titles, so that a broken index is a worse search and not an error page."""
    found: list[Found] = []
    tree = parse(text)
    for name, subject in subjects().items():
        if (tab is None or tab in dict(subject.all_tabs)) and subject.by_title is not None:
            keys = [f"{name}:{row_id}" for row_id in subject.by_title(text, viewer, PER_PAGE)]
            cards = cards_of(keys, viewer)
            found += [shown(key, cards[key], tree) for key in keys if key in cards]
    db.session.rollback()
    return Answer(found=found[: PER_PAGE * 2], total=len(found), tabs={}, failed=not found, degraded=True)
