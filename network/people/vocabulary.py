"""Words in which people say what they can help with: topics of the curated list, or words of their own."""

from __future__ import annotations

from typing import NamedTuple

from network.people.seeking import folded
from network.vocabulary.typed import typed_words

HELP, INTEREST = "help", "interest"
MOST, LONGEST = 20, 60


class Word(NamedTuple):
    """A topic with its name, or a word of somebody's own (no topic)."""

    topic_id: int | None
    word: str


def words_of(text: str | None) -> tuple[str, ...]:
    """What somebody typed into one of the two boxes, each word once however it is spelt."""
    return typed_words(text or "", folded)
