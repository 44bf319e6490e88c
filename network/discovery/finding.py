"""Flow 4, a search: the viewer's audiences go into the query, hits are checked once more against the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from network.core.db import db
from network.discovery.documents import split
from network.discovery.engine import engine
from network.discovery.pins.queries import Decided, decided
from network.discovery.words import also_searched, other_words
from network.subjects.registry import Card, subjects
from network.subjects.viewer import Viewer
from search.contract import EngineError, Query, Results, Sort
from search.highlight import mark, snippet
from search.query import parse

PER_PAGE = 10
SNIPPET = 240
COUNTED = ("kind", "topic", "organisation", "check")

Marked = list[tuple[str, bool]]

log = structlog.get_logger()


@dataclass(frozen=True)
class Found:
    """One hit as the page shows it: the card, its title and a passage of its text with the words marked.

    `pinned` is the moderators' reason when they put it on top.
    """

    card: Card
    title: Marked
    text: Marked
    pinned: str = ""


@dataclass(frozen=True)
class Answer:
    """A page of hits. `failed` is a failed search: nothing that the viewer may read holds all the words.

    `degraded` says that the index was away and titles in the database were searched instead. `also` are the other
    words that were searched for; `left_out` what moderators took out that the viewer may read, with their reasons.
    """

    found: Sequence[Found]
    total: int
    tabs: Mapping[str, int]
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    failed: bool = False
    ignored: Sequence[str] = ()
    partial: bool = False
    degraded: bool = False
    also: Sequence[str] = ()
    left_out: Sequence[tuple[Card, str]] = ()


def find(
    viewer: Viewer,
    text: str,
    *,
    subject: str | None = None,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    sort: Sort = "relevance",
    page: int = 1,
) -> Answer:
    """Search as this viewer. Never raises on any text, and answers from the database when the index is away."""
    decisions = decided(text)
    query = Query(
        text=text,
        audiences=viewer.audiences,
        alternatives=other_words(),
        first=decisions.first,
        without=decisions.without,
        filters=filters or {},
        subject=subject,
        sort=sort,
        page=page,
        per_page=PER_PAGE,
        facets=COUNTED,
    )
    try:
        results = engine().search(query)
        if results.total < PER_PAGE and not engine().filled():
            raise EngineError("the index is not filled")
    except EngineError as error:
        log.warning("search is degraded", error=str(error))
        return _from_database(viewer, text, subject)
    cards = cards_of([*(hit.key for hit in results.hits), *decisions.without], viewer)
    return Answer(
        found=_shown(results, cards, text, decisions),
        total=results.total,
        tabs=results.subjects,
        facets=results.facets,
        failed=not results.complete,
        ignored=results.ignored,
        partial=results.partial,
        also=also_searched(text),
        left_out=[(cards[key], decisions.reasons[key]) for key in sorted(decisions.without) if key in cards],
    )


def similar(text: str, names: Sequence[str], viewer: Viewer, limit: int) -> list[Card]:
    """Cards like a text, for lower features (see subjects/finding.py). Search being away finds nothing."""
    found: list[Card] = []
    for name in names:
        query = Query(
            text=text[:500],
            audiences=viewer.audiences,
            subject=name,
            per_page=limit,
            alternatives=other_words(),
        )
        try:
            hits = engine().search(query).hits
        except EngineError:
            return []
        ids = [split(hit.key)[1] for hit in hits]
        cards = subjects()[name].cards(ids, viewer)
        found += [cards[row_id] for row_id in ids if row_id in cards]
    return found[:limit]


def _shown(results: Results, cards: Mapping[str, Card], text: str, decisions: Decided) -> list[Found]:
    return [
        _marked(cards[hit.key], text, decisions.reasons.get(hit.key, "") if hit.pinned else "")
        for hit in results.hits
        if hit.key in cards
    ]


def cards_of(keys: Sequence[str], viewer: Viewer) -> dict[str, Card]:
    """The cards of these keys that the viewer may read: the check against the database."""
    ids: dict[str, list[int]] = defaultdict(list)
    for name in keys:
        subject, row_id = split(name)
        ids[subject].append(row_id)
    return {
        f"{subject}:{row_id}": card
        for subject, wanted in ids.items()
        if subject in subjects()
        for row_id, card in subjects()[subject].cards(wanted, viewer).items()
    }


def _marked(card: Card, text: str, pinned: str = "") -> Found:
    tree, others = parse(text), other_words()
    return Found(
        card=card,
        title=mark(card.title, tree, card.language, others),
        text=snippet(card.text, tree, card.language, SNIPPET, others),
        pinned=pinned,
    )


def _from_database(viewer: Viewer, text: str, only: str | None) -> Answer:
    """Plain search in titles, so that a broken index is a worse search and not an error page."""
    found: list[Found] = []
    for name, subject in subjects().items():
        if only in (None, name) and subject.by_title is not None:
            ids = subject.by_title(text, viewer, PER_PAGE)
            cards = subject.cards(ids, viewer)
            found += [_marked(cards[row_id], text) for row_id in ids if row_id in cards]
    db.session.rollback()
    return Answer(found=found[: PER_PAGE * 2], total=len(found), tabs={}, failed=not found, degraded=True)
