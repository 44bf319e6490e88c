"""One document with the places of its terms, and what it holds of a query."""

from __future__ import annotations

from dataclasses import dataclass

from search.content import Content, Places
from search.contract import Document
from search.plan import Phrase, Word
from search.ranking import LESSER


@dataclass(frozen=True, slots=True)
class Entry:
    """A document held."""

    document: Document
    content: Content

    def holds(self, part: Word | Phrase, *, titles_only: bool = False) -> bool:
        """Whether a searchable field holds the word or says the phrase."""
        fields = (self.content.title,) if titles_only else (self.content.title, self.content.body)
        if isinstance(part, Word):
            return any(amount(part, places) for places in fields)
        return any(places.says(option) for places in fields for option in part.options)

    def share_of_title(self, word: Word) -> float:
        """How much of the word the title holds: all, less where only by other words, or nothing."""
        positions = self.content.title.positions
        if not (word.terms - word.lesser).isdisjoint(positions):
            return 1.0
        return LESSER if amount(word, self.content.title) else 0.0


def amount(word: Word, places: Places) -> float:
    """How often a field says the word; other ways to say it count less."""
    typed = sum(len(places.positions.get(term, ())) for term in word.terms - word.lesser)
    other = sum(len(places.positions.get(term, ())) for term in word.lesser)
    other += sum(places.says(option) for option in word.phrases)
    return typed + LESSER * other
