"""Scores rows by the library's own formula, from how often each says each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.engines.postgres.statement import Piece, joined
from search.engines.postgres.vectors import holding, quoted, said
from search.plan import Phrase, Word
from search.ranking import (
    ADJUSTED_HITS,
    LESSER,
    Statistics,
    body_density,
    multiplier,
    saturated,
    title_bonus,
    title_density,
    title_phrase_bonus,
)

# PostgreSQL adds up what the places of a term weigh. A place in the title weighs 1 and one in the
# body so little that all of them together, 255 at most, stay below 1: one sum tells both numbers.
_PER_TITLE = 512
_WEIGHTS = f"{{{1 / _PER_TITLE!r},0,0,1}}"
# Beyond so many terms of one word they are asked together.
_APART = 3


class Row(NamedTuple):
    """What is known of a row. `said` holds the answer to each of `questions`, and at last whether its title is it."""

    key: str
    subject: str
    updated: float
    uses: int
    standing: float
    title_length: int
    body_length: int
    said: Sequence[float]


class Question(NamedTuple):
    """One question about how often a row says a word, and whether it asks for another way to say it."""

    text: str
    lesser: bool


Asked = list[list[Question]]


def questions(words: Sequence[Word]) -> Asked:
    """For each word the questions whose answers tell how often it is said."""
    return [
        [
            *(Question(text, False) for text in _apart(word.terms - word.lesser)),
            *(Question(text, True) for text in _apart(word.lesser)),
            *(Question(said(option), True) for option in word.phrases),
        ]
        for word in words
    ]


def _apart(terms: frozenset[str]) -> list[str]:
    written = [quoted(term) for term in sorted(terms)]
    return written if len(written) <= _APART else [" | ".join(written)]


def answers(asked: Asked, title: Phrase | None) -> Piece:
    """The answers to the questions, and whether the title says all that was typed, as one column."""
    parts = [
        Piece("ts_rank_cd(%s::float4[], d.unpacked, %s::tsquery)", (_WEIGHTS, question.text))
        for word in asked
        for question in word
    ]
    parts.append(Piece("0") if title is None else Piece("(title_terms @@ %s::tsquery)::integer", (holding(title),)))
    return Piece("ARRAY[") + joined(", ", parts) + "]::float4[]"


@dataclass(frozen=True, slots=True)
class Formula:
    """The formula for one query over one index."""

    weights: list[float]
    asked: Asked
    statistics: Statistics
    titles_only: bool

    def score(self, row: Row) -> float:
        """How well a row answers the query."""
        in_title_worth = title_density(row.title_length, self.statistics)
        in_body_worth = 0.0 if self.titles_only else body_density(row.body_length, self.statistics)
        score = held = held_words = 0.0
        answers = iter(row.said)
        for weight, word in zip(self.weights, self.asked, strict=True):
            density = share = 0.0
            for question, answer in zip(word, answers, strict=False):
                if answer:
                    in_title, in_body = divmod(round(answer * _PER_TITLE), _PER_TITLE)
                    factor = LESSER if question.lesser else 1.0
                    density += factor * (in_title * in_title_worth + in_body * in_body_worth)
                    share = max(share, factor) if in_title else share
            score += weight * saturated(density)
            held += share * weight
            held_words += share
        asked = sum(self.weights)
        score += title_bonus(len(self.weights), asked, held, held_words, row.title_length)
        return score + (title_phrase_bonus(len(self.weights), asked) if row.said[-1] else 0.0)


def ordered(scored: list[tuple[float, Row]]) -> list[tuple[float, Row]]:
    """Best first, the first hundred moved by use and standing."""
    best = sorted(scored, key=_order)
    first = [(score * multiplier(row.uses, row.standing), row) for score, row in best[:ADJUSTED_HITS]]
    return sorted(first, key=_order) + best[ADJUSTED_HITS:]


def _order(item: tuple[float, Row]) -> tuple[float, float, str]:
    score, row = item
    return -score, -row.updated, row.key
