"""How many visible documents hold certain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search.engines.postgres.connections import Connections
from search.engines.postgres.searching import opened
from search.engines.postgres.vectors import all_of, holding
from search.engines.postgres.writing import storable
from search.plan import words_of

_SECONDS = 1.0
_STATEMENT = """
SELECT w.word, (SELECT count(*) FROM {documents} WHERE terms @@ w.question AND audience = ANY(%s))
FROM unnest(%s::text[], %s::tsquery[]) w (word, question)
"""


def frequencies(connections: Connections, words: Iterable[str], audiences: frozenset[str]) -> Mapping[str, int]:
    """By word as it was written, in any form of it."""
    found = dict.fromkeys(words, 0)
    with opened(connections, _SECONDS) as (session, index):
        if index is None or not found:
            return found
        parts = {word: words_of(word, index.languages) for word in found}
        asked = {word: all_of(map(holding, held)) for word, held in parts.items() if held}
        numbers = dict(enumerate(asked))
        rows = session.rows(
            index.about(_STATEMENT),
            (sorted(map(storable, audiences)), list(map(str, numbers)), list(asked.values())),
        )
    found.update((numbers[int(number)], count) for number, count in rows)
    return found
