"""How well a document answers a query: one formula for every engine.

A word counts more the rarer it is and the more often a text of ordinary length repeats
it (BM25 over title and body together, a word in the title counting twice). To that comes
the share of the title that the query covers and the other way round: a look-up by name
finds the thing of that name, while a long question, whose words any title shares by
accident, is decided by the text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SATURATION = 1.2
TITLE_WEIGHT = 2.0
TITLE_LENGTH_EFFECT = 0.75
BODY_LENGTH_EFFECT = 0.6
TITLE_BONUS = 12.0
TITLE_BONUS_FALL = 0.7
# What an occurrence of another way to say a word is worth beside one of the word as it was typed.
LESSER = 0.5

# The multiplier touches only what a reader is likely to see, and never by more than this share.
MOST_ADJUSTMENT = 0.2
ADJUSTED_HITS = 100


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a score needs to know of the whole index. Lengths are averages in ranked words."""

    documents: int
    title_length: float
    body_length: float


def rarity(documents: int, holding: int) -> float:
    """The weight of a word that `holding` of all `documents` hold."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def title_density(length: int, statistics: Statistics) -> float:
    """What one occurrence in a title of this length is worth."""
    relative = length / statistics.title_length if statistics.title_length else 1.0
    return TITLE_WEIGHT / (1 - TITLE_LENGTH_EFFECT + TITLE_LENGTH_EFFECT * relative)


def body_density(length: int, statistics: Statistics) -> float:
    """What one occurrence in a body of this length is worth."""
    relative = length / statistics.body_length if statistics.body_length else 1.0
    return 1 / (1 - BODY_LENGTH_EFFECT + BODY_LENGTH_EFFECT * relative)


def saturated(density: float) -> float:
    """The worth of a word from its occurrences, each further one adding less; 0 to 2.2."""
    return density * (SATURATION + 1) / (density + SATURATION)


def title_bonus(words: int, asked: float, held: float, held_words: float, title_length: int) -> float:
    """The reward for a title that is what was asked.

    `words` is the number of distinct words asked, `asked` their summed weight, `held` the
    summed weight and `held_words` the number of those in the title (one said in another way
    counts less in both), `title_length` the title's ranked words.
    """
    if not held or not asked:
        return 0.0
    covered = math.pow(held / asked, TITLE_BONUS_FALL)
    filled = min(1.0, held_words / max(1, title_length))
    return TITLE_BONUS / (words + 1) * asked * covered * filled


def title_phrase_bonus(words: int, asked: float) -> float:
    """The reward for a title that says all that was typed, word by word in its order.

    It is as much as anything else can reach, the multipliers included: such a document comes first.
    """
    reachable = SATURATION + 1 + TITLE_BONUS / (words + 1)
    return asked * reachable * (1 + MOST_ADJUSTMENT) / (1 - MOST_ADJUSTMENT)


def multiplier(uses: int, standing: float) -> float:
    """A factor between 0.8 and 1.2: half of it from use by others, the whole from the standing."""
    use = min(1.0, math.log1p(max(0, uses)) / math.log1p(20)) / 2
    return 1 + MOST_ADJUSTMENT * max(-1.0, min(1.0, use + max(-1.0, min(1.0, standing))))
