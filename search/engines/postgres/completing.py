"""Titles that go on from what was begun, for suggestions while typing."""

from __future__ import annotations

from search.completion import begun_words
from search.engines.postgres.connections import Connections
from search.engines.postgres.searching import opened
from search.engines.postgres.vectors import all_of, quoted

_SECONDS = 1.0

# The order does not depend on the viewer's audiences, the choice does.
_STATEMENT = """
SELECT title, key FROM {documents} WHERE title_words @@ %s::tsquery AND audience = ANY(%s)
ORDER BY uses DESC, length(title), title, key LIMIT %s
"""


def complete(connections: Connections, prefix: str, audiences: frozenset[str], limit: int) -> list[tuple[str, str]]:
    """(title, key) of visible documents, the most used first, then the shorter title."""
    begun = begun_words(prefix)
    if not begun or limit < 1:
        return []
    question = all_of([*map(quoted, begun[:-1]), f"{quoted(begun[-1])}:*"])
    with opened(connections, _SECONDS) as (session, index):
        if index is None:
            return []
        rows = session.rows(index.about(_STATEMENT), (question, sorted(audiences), limit))
    return [(title, key) for title, key in rows]
