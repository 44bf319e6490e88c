"""Entries that may be the same thing in other words, so that people join one instead of making another."""

from __future__ import annotations

from functools import lru_cache

from network.discovery.wanted.queries import Entry, all_words, entries_by_ids
from network.subjects.viewer import Viewer
from search.analysis import tokens

SHOWN = 5
ENOUGH = 0.5


def near(viewer: Viewer, words: str, *, but: int | None = None) -> list[Entry]:
    """Those that share half of the words of the shorter one, nearest first. `but` is left out."""
    asked = _terms(words)
    scored = [(_shared(asked, _terms(others)), entry_id) for entry_id, others in all_words() if entry_id != but]
    best = sorted((pair for pair in scored if pair[0] >= ENOUGH), reverse=True)[:SHOWN]
    return entries_by_ids(viewer, [entry_id for _, entry_id in best])


def _shared(mine: frozenset[str], others: frozenset[str]) -> float:
    shorter = min(len(mine), len(others))
    return len(mine & others) / shorter if shorter else 0.0


@lru_cache(4000)
def _terms(words: str) -> frozenset[str]:
    """Kept, because every entry of the board is compared each time."""
    return frozenset(token.term for token in tokens(words, "en") if not token.stop and not token.joined)
