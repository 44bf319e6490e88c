"""How many visible documents hold certain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.engines.postgres.connections import Connections


def frequencies(connections: Connections, words: Iterable[str], audiences: frozenset[str]) -> Mapping[str, int]:
    """By word as written."""
    raise NotImplementedError
