"""Documents and questions in few words, for all tests of search."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from search.contract import Document, Engine, Query, Results

START = datetime(2026, 1, 1, tzinfo=UTC)
EVERYONE = frozenset({"public"})


def document(key: str, title: str = "", body: str = "", **more: Any) -> Document:
    """A public English guide unless told otherwise; `day` sets when it was updated."""
    updated = START + timedelta(days=more.pop("day", 0))
    given: dict[str, Any] = {
        "version": 1, "subject": "guide", "audience": "public", "created": START, "updated": updated, **more,
    }  # fmt: skip
    return Document(key=key, title=title, body=body, **given)


def ask(engine: Engine, text: str, audiences: Iterable[str] = EVERYONE, **more: Any) -> Results:
    """Searches with everything else left at its default."""
    return engine.search(Query(text, frozenset(audiences), **more))


def keys(results: Results) -> list[str]:
    """The keys of the hits in order."""
    return [hit.key for hit in results.hits]
