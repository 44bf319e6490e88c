"""Things like a text, for features below search: similar questions while one is asked, people of a misspelt name."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from network.discovery.finding import keys_of, query_of
from network.discovery.hits.cards import cards_of
from network.discovery.spelling.correcting import correct
from network.discovery.words import glossary_words
from network.subjects.registry import Card, subjects
from network.subjects.viewer import Viewer

LONGEST = 500


def similar(text: str, names: Sequence[str], viewer: Viewer, limit: int) -> list[Card]:
    """Cards of these subjects, best first (see subjects/finding.py). Search being away finds nothing."""
    corrected = correct(viewer, text[:LONGEST], glossary_words())
    words = corrected.words if corrected else text[:LONGEST]
    tabs = [tab for name in names for tab, _ in subjects()[name].all_tabs]
    lists = [keys_of(query_of(viewer, words, subject=tab, per_page=limit, facets=())) for tab in tabs]
    # In turns, because scores of two searches do not compare and no kind should crowd out the others.
    keys = [key for row in zip_longest(*lists) for key in row if key is not None]
    cards = cards_of(keys, viewer)
    return [cards[key] for key in keys if key in cards][:limit]
