"""Chooses the rows that are worth reading word by word.

Reading a vector costs as much as counting fifty rows. So where very many rows fit, they
are put in order by what the indexes alone tell: which words a document holds, which of
them often, and which in its title.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from search.contract import Query
from search.engines.postgres.matching import Conditions
from search.engines.postgres.statement import Piece, joined
from search.engines.postgres.vectors import OFTEN, holding, often
from search.plan import Plan, Word
from search.ranking import TITLE_BONUS, TITLE_BONUS_FALL, saturated

# Rows that are ranked by reading their vectors.
CANDIDATES = 500
# Postings looked at to choose them. Words that are left out are the frequent ones, which decide least.
_POSTINGS = 60_000

Weighed = list[tuple[Word, float, int]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows to read as a statement that gives their numbers and places, and whether reading them changes their order."""

    rows: Piece
    ranked: bool
    start: int


def choice(query: Query, plan: Plan, words: Weighed, asked: Conditions) -> Choice:
    """The rows to read for the page asked for."""
    size = max(1, query.per_page)
    start = (max(1, query.page) - 1) * size
    found = Piece("SELECT id, row_number() OVER () AS place FROM (SELECT id FROM matched WHERE ") + asked.narrowed()
    if query.sort == "newest" or plan.everything or query.sort == "used":
        order = "uses DESC, updated DESC, key" if query.sort == "used" else "updated DESC, key"
        return Choice(found + _cut(order, size, start), False, 0)
    # Whole pages, so that no page holds both kinds.
    most = math.ceil(CANDIDATES / size) * size
    order, limit, skipped = "updated DESC, key", most, 0
    if start >= most:
        limit, skipped = size, start
    if sum(count for _, _, count in words) > most:
        worth = _worth(words, asked)
        chosen = Piece("SELECT id, row_number() OVER () AS place FROM (SELECT m.id FROM matched m LEFT JOIN (")
        chosen += worth + ") w ON w.id = m.id WHERE " + asked.narrowed()
        order = f"{_guess(words)} DESC NULLS LAST, updated DESC, key"
        return Choice(chosen + _cut(order, limit, skipped), start < most, start - skipped)
    return Choice(found + _cut(order, limit, skipped), start < most, start - skipped)


def _cut(order: str, limit: int, start: int) -> Piece:
    return Piece(f" ORDER BY {order} LIMIT %s OFFSET %s) c", (limit, min(start, 2**62)))


def _guess(words: Weighed) -> str:
    """The order by what the indexes tell: the worth of the words, and the reward for the title."""
    asked = sum(weight for _, weight, _ in words) or 1.0
    factor = TITLE_BONUS / (len(words) + 1) * asked
    filled = "least(1.0, w.words::float8 / greatest(1, m.title_length))"
    return f"w.worth + {factor!r} * power(w.held / {asked!r}, {TITLE_BONUS_FALL!r}) * {filled}"


def _worth(words: Weighed, asked: Conditions) -> Piece:
    """By row, the summed worth of the words it holds, and those in its title."""
    parts: list[Piece] = []
    left = _POSTINGS
    for word, weight, count in sorted(words, key=lambda item: -item[1]):
        if parts and count > left:
            break
        left -= count
        parts += _parts(word, weight)
    inner = joined(" UNION ALL ", parts)
    return Piece("SELECT id, sum(worth) AS worth, sum(held) AS held, sum(words) AS words FROM (") + inner + Piece(
        ") p GROUP BY id"
    )  # fmt: skip


def _parts(word: Word, weight: float) -> list[Piece]:
    before = saturated(1.0)
    parts = [_part("terms", holding(word), weight * before)]
    for level, least in enumerate(OFTEN):
        parts.append(_part("terms", often(word, level), weight * (saturated(least) - before)))
        before = saturated(least)
    return [*parts, _part("title_terms", holding(word), 0.0, held=weight, words=1)]


def _part(column: str, question: str, worth: float, *, held: float = 0.0, words: int = 0) -> Piece:
    return Piece(
        f"SELECT id, {worth!r}::float8 AS worth, {held!r}::float8 AS held, {words} AS words "
        f"FROM {{documents}} WHERE {column} @@ %s::tsquery",
        (question,),
    )
