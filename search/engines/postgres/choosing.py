"""Chooses the rows that are worth reading word by word.

Reading a vector costs as much as counting fifty rows. So where very many rows fit, they
are put in order by what the indexes alone tell: which words a document holds, which of
them often, and which in its title.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from search.contract import Query
from search.engines.postgres.matching import Conditions, pins
from search.engines.postgres.statement import Piece, joined
from search.engines.postgres.vectors import OFTEN, all_of, any_of, holding, often
from search.plan import Plan, Word
from search.ranking import SATURATION, TITLE_BONUS, TITLE_BONUS_FALL, saturated, title_phrase_bonus

# Rows that are ranked by reading their vectors.
CANDIDATES = 200
# Postings looked at to choose them. Words that are left out are the frequent ones, which decide least.
_POSTINGS = 30_000
# How many times more rows than are read must hold a telling word before others are left aside.
_ENOUGH = 4

Weighed = list[tuple[Word, float, int]]


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows to read: a statement that gives their numbers and places.

    `ranked` says that reading them decides their order, `start` where among them the page begins.
    """

    rows: Piece
    ranked: bool
    start: int


def choice(query: Query, plan: Plan, words: Weighed, asked: Conditions, *, hurried: bool = False) -> Choice:
    """The rows to read for the page asked for; when `hurried` without looking for the best."""
    size = max(1, query.per_page)
    start = (max(1, query.page) - 1) * size
    if query.sort != "relevance" or plan.everything:
        order = "uses DESC, updated DESC, key" if query.sort == "used" else "updated DESC, key"
        return Choice(_chosen(query, Piece("matched m"), asked, order, size, start), False, 0)
    # Whole pages, so that no page holds rows of both orders.
    most = math.ceil(CANDIDATES / size) * size
    ranked = start < most
    limit, skipped = (most, 0) if ranked else (size, start)
    source, order = Piece("matched m"), "updated DESC, key"
    if sum(count for _, _, count in words) > most and not hurried:
        source = Piece("matched m LEFT JOIN (") + _worth(words, plan, most) + ") w ON w.id = m.id"
        order = f"{_guess(words)} DESC NULLS LAST, updated DESC, key"
    return Choice(_chosen(query, source, asked, order, limit, skipped), ranked, start - skipped)


def _chosen(query: Query, source: Piece, asked: Conditions, order: str, limit: int, start: int) -> Piece:
    rows = Piece("SELECT id, row_number() OVER () AS place FROM (SELECT m.id FROM ") + source + " WHERE "
    rows += asked.narrowed() + " ORDER BY "
    if query.first:
        rows += Piece("array_position(%s::text[], key) NULLS LAST, ", (pins(query),))
    return rows + Piece(f"{order} LIMIT %s OFFSET %s) c", (limit, min(start, 2**62)))


def _guess(words: Weighed) -> str:
    """The order by what the indexes tell: the worth of the words, and the reward for the title."""
    asked = sum(weight for _, weight, _ in words) or 1.0
    factor = TITLE_BONUS / (len(words) + 1) * asked
    filled = "least(1.0, w.words::float8 / greatest(1, m.title_length))"
    return f"w.worth + {factor!r} * power(w.held / {asked!r}, {TITLE_BONUS_FALL!r}) * {filled}"


def _worth(words: Weighed, plan: Plan, most: int) -> Piece:
    """By row, the summed worth of the words it holds, and those in its title."""
    telling, frequent = _divided(words, most)
    among = any_of(holding(word) for word, _, _ in telling) if frequent else ""
    parts: list[Piece] = []
    left = _POSTINGS
    for word, weight, count in telling:
        if parts and count > left:
            break
        left -= count
        # All rows hold the only word there is.
        parts += _parts(word, weight, "", titles_only=plan.titles_only, held=len(words) > 1)
    for word, weight, _ in frequent:
        parts += _parts(word, weight, among, titles_only=plan.titles_only, held=True)
    if plan.title is not None:
        bonus = title_phrase_bonus(len(words), sum(weight for _, weight, _ in words))
        parts.append(_part("title_terms", holding(plan.title), bonus))
    inner = joined(" UNION ALL ", parts)
    return Piece("SELECT id, sum(worth) AS worth, sum(held) AS held, sum(words) AS words FROM (") + inner + Piece(
        ") p GROUP BY id"
    )  # fmt: skip


def _divided(words: Weighed, most: int) -> tuple[Weighed, Weighed]:
    """The words that decide, and those so frequent that a row without one of the others is not among the best."""
    ordered = sorted(words, key=lambda item: -item[1])
    for place in range(1, len(ordered)):
        telling, frequent = ordered[:place], ordered[place:]
        enough = max(count for _, _, count in telling) >= _ENOUGH * most
        if enough and (SATURATION + 1) * sum(weight for _, weight, _ in frequent) < telling[-1][1]:
            return telling, frequent
    return ordered, []


def _parts(word: Word, weight: float, among: str, *, titles_only: bool, held: bool) -> list[Piece]:
    in_title = _part("title_terms", holding(word), 0.0, held=weight, words=1)
    if titles_only:
        return [in_title]
    before = saturated(1.0)
    parts = [_part("terms", _both(holding(word), among), weight * before)] if held else []
    for level, least in enumerate(OFTEN):
        if question := often(word, level):
            parts.append(_part("terms", _both(question, among), weight * (saturated(least) - before)))
        before = saturated(least)
    return [*parts, in_title]


def _both(question: str, among: str) -> str:
    return all_of([question, among]) if among else question


def _part(column: str, question: str, worth: float, *, held: float = 0.0, words: int = 0) -> Piece:
    return Piece(
        f"SELECT id, {worth!r}::float8 AS worth, {held!r}::float8 AS held, {words} AS words "
        f"FROM {{documents}} WHERE {column} @@ %s::tsquery",
        (question,),
    )
