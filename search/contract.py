"""What every search engine promises: documents in, hits out.

The application speaks to search only through these types, so an engine can be
replaced without touching a page. Nothing here knows how an engine works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal, Protocol, runtime_checkable

Sort = Literal["relevance", "newest", "used"]

NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})
NO_TIMES: Mapping[str, datetime] = MappingProxyType({})


class EngineError(Exception):
    """The index cannot be used: missing, damaged, or of a form this version cannot read.

    The caller answers from the database instead and has the index rebuilt.
    """


class EngineBusy(EngineError):
    """Another writer holds the index. Nothing was written; try again later."""


SUPERSEDED, DOUBTED = -1.0, -0.75


@dataclass(frozen=True, slots=True)
class Document:
    """One findable thing.

    `key` names it for good ("guide:12"); `version` grows with every change of it.
    `body` is plain text. `audience` is the single name of those who may find it.
    `standing` runs from SUPERSEDED over DOUBTED (readers say that it is out of date) and 0
    to +1 (checked lately) and moves the score mildly. `attached` are the words of files that
    come with it: they are found, but each counts as said once more, however often it stands
    there, and they do not make the text longer. Times carry a time zone.
    """

    key: str
    version: int
    subject: str
    title: str
    audience: str
    created: datetime
    updated: datetime
    summary: str = ""
    body: str = ""
    attached: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = "en"
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    uses: int = 0
    standing: float = 0.0


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader asks.

    `text` is what was typed. `audiences` holds every audience the reader belongs to;
    an empty set finds nothing. Values within one filter widen the result, filters of
    different names narrow it. `subject` is the tab. `facets` names the facets to count.

    `alternatives` gives other ways to say a word or phrase, both folded: a document that
    says one of them holds what was typed ("foi" and "freedom of information").
    `titles_only` asks titles alone. `since` and `until` bound the time of the last change,
    the first included; `periods` names times since which documents are to be counted, the
    two bounds left aside. `first` are keys that stand on top in this order where they pass
    audience, filters and tab, whether they hold the words or not, and `without` keys that
    are not found at all: what moderators decided for this search.
    """

    text: str
    audiences: frozenset[str]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    subject: str | None = None
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = 10
    facets: tuple[str, ...] = ()
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NOTHING)
    titles_only: bool = False
    since: datetime | None = None
    until: datetime | None = None
    periods: Mapping[str, datetime] = field(default_factory=lambda: NO_TIMES)
    first: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. A higher score is a better match; scores of two queries do not compare.

    `pinned` is True for one of `Query.first`.
    """

    key: str
    subject: str
    score: float
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits with the counts around it, all of it within the reader's audiences.

    `subjects` counts per tab, whichever tab is open. `facets` lists (value, count), most
    frequent first; the choice within a facet does not narrow its own counts. `complete` is
    False when no document the reader may find holds all the words, filters and tab left
    aside: a failed search. `ignored` names the parts of the text that had no effect.
    `periods` counts per name of `Query.periods`, narrowed by tab and filters.
    `partial` is True when time ran out. `seconds` is the time spent.
    """

    hits: list[Hit]
    total: int
    subjects: Mapping[str, int]
    facets: Mapping[str, list[tuple[str, int]]]
    complete: bool
    ignored: tuple[str, ...] = ()
    partial: bool = False
    seconds: float = 0.0
    periods: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """The state of an index: how many documents, which generation, and what is wrong if not ok."""

    documents: int
    generation: int
    ok: bool
    detail: str = ""


class Batch(Protocol):
    """Something that takes documents in groups."""

    def put(self, documents: Sequence[Document]) -> None:
        """Adds the documents, each replacing what stood under its key."""


@runtime_checkable
class Engine(Protocol):
    """An index and the searches over it. Safe to use from several threads.

    Every method may raise `EngineError`; those that write may raise `EngineBusy`.
    """

    def put(self, documents: Sequence[Document]) -> None:
        """Adds the documents in one commit, each replacing what stood under its key."""

    def remove(self, keys: Iterable[str]) -> None:
        """Takes the documents out in one commit. Unknown keys do no harm."""

    def search(self, query: Query) -> Results:
        """Answers a query. No text raises: what cannot be understood is ignored and named."""

    def complete(self, prefix: str, audiences: frozenset[str], limit: int = 8) -> list[tuple[str, str]]:
        """(title, key) of documents in these audiences whose titles hold the words begun in `prefix`."""

    def frequencies(self, words: Iterable[str], audiences: frozenset[str]) -> Mapping[str, int]:
        """How many documents in these audiences hold each word as it is written, in any form of it."""

    def versions(self) -> Mapping[str, int]:
        """The version of every document held, by key, to compare with the database."""

    def health(self) -> Health:
        """Looks at the index without raising."""

    def filled(self) -> bool:
        """Whether an index of this form was filled from the database: a quick look, without reading the index."""

    def needs_rebuild(self) -> bool:
        """Whether the index is missing, unreadable, not yet filled from the database, or of another form.

        This reads from the index to see that it can be read, so it is not for every request.
        """

    def rebuild(self) -> AbstractContextManager[Batch]:
        """Fills a new index beside the live one and switches to it when the block ends well.

        The live index answers meanwhile. An exception inside the block leaves it as it was.
        Changes put into the live index while the block runs are not carried over: put
        them again afterwards, or compare `versions()`.
        """

    def close(self) -> None:
        """Lets go of files and memory. The engine is not used again."""
