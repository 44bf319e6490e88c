"""Scores rows by the library's own formula, from how often each says each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.contract import Hit
from search.engines.postgres.statement import Piece, joined
from search.engines.postgres.vectors import quoted
from search.plan import Word
from search.ranking import (
    ADJUSTED_HITS,
    Statistics,
    body_density,
    multiplier,
    saturated,
    title_bonus,
    title_density,
)

# PostgreSQL adds up what the places of a term weigh. A place in the title weighs 1 and one in the
# body so little that all of them together, 255 at most, stay below 1: one sum tells both numbers.
_PER_TITLE = 512
_WEIGHTS = f"{{{1 / _PER_TITLE!r},0,0,1}}"
# Beyond so many terms of one word they are asked together.
_APART = 3


class Row(NamedTuple):
    """What is known of a row: `said` holds one number for each of `questions`."""

    key: str
    subject: str
    updated: float
    uses: int
    standing: float
    title_length: int
    body_length: int
    said: Sequence[float]


def questions(words: Sequence[Word]) -> list[list[str]]:
    """For each word the questions whose answers add up to how often it is said."""
    found = []
    for word in words:
        terms = [quoted(term) for term in sorted(word.terms)]
        found.append(terms if len(terms) <= _APART else [f"{' | '.join(terms)}"])
    return found


def answers(asked: list[list[str]]) -> Piece:
    """The answers to the questions, as one column over vectors named d.unpacked."""
    parts = [Piece("ts_rank_cd(%s::float4[], d.unpacked, %s::tsquery)", (_WEIGHTS, q)) for word in asked for q in word]
    return Piece("ARRAY[") + joined(", ", parts, nothing=Piece("0")) + "]::float4[]"


def counted(answer: float) -> tuple[int, int]:
    """How often the title and the body say it."""
    return divmod(round(answer * _PER_TITLE), _PER_TITLE)


@dataclass(frozen=True, slots=True)
class Formula:
    """The formula for one query over one index."""

    weights: list[float]
    asked: list[list[str]]
    statistics: Statistics
    titles_only: bool

    def score(self, row: Row) -> float:
        """How well a row answers the query."""
        in_title_worth = title_density(row.title_length, self.statistics)
        in_body_worth = 0.0 if self.titles_only else body_density(row.body_length, self.statistics)
        score = held = 0.0
        place = held_words = 0
        for weight, parts in zip(self.weights, self.asked, strict=True):
            title = body = 0
            for answer in row.said[place : place + len(parts)]:
                if answer:
                    in_title, in_body = divmod(round(answer * _PER_TITLE), _PER_TITLE)
                    title, body = title + in_title, body + in_body
            place += len(parts)
            score += weight * saturated(title * in_title_worth + body * in_body_worth)
            if title:
                held += weight
                held_words += 1
        return score + title_bonus(len(self.weights), sum(self.weights), held, held_words, row.title_length)


def ordered(scored: list[tuple[float, Row]]) -> list[tuple[float, Row]]:
    """Best first, the first hundred moved by use and standing."""
    best = sorted(scored, key=_order)
    first = [(score * multiplier(row.uses, row.standing), row) for score, row in best[:ADJUSTED_HITS]]
    return sorted(first, key=_order) + best[ADJUSTED_HITS:]


def _order(item: tuple[float, Row]) -> tuple[float, float, str]:
    score, row = item
    return -score, -row.updated, row.key


def hit(score: float, row: Row) -> Hit:
    """The hit that a row is."""
    return Hit(row.key, row.subject, score)
