"""People who said that they can help with what nobody has written about."""

from __future__ import annotations

from typing import NamedTuple

from network.discovery.documents import split
from network.discovery.finding import PERSON, keys_of, query_of
from network.discovery.hits.cards import cards_of
from network.discovery.words import other_words
from network.people.queries import skills_of_many
from network.subjects.registry import Card
from network.subjects.viewer import Viewer
from search.highlight import mark
from search.query import parse

LOOKED_AT = 12
MOST = 3


class Helper(NamedTuple):
    """A person, and the words of what they can help with that fit."""

    card: Card
    skills: tuple[str, ...]


def helpers(viewer: Viewer, words: str) -> list[Helper]:
    """At most three, those who fit best first."""
    found = keys_of(query_of(viewer, words, subject=PERSON, per_page=LOOKED_AT))
    skills = skills_of_many([split(key)[1] for key in found]) if found else {}
    tree, others = parse(words), other_words()
    fitting: dict[str, tuple[str, ...]] = {}
    for key in found:
        fits = [
            skill.word
            for skill in skills.get(split(key)[1], [])
            if any(hit for _, hit in mark(skill.word, tree, "en", others))
        ]
        if fits and len(fitting) < MOST:
            fitting[key] = tuple(fits)
    cards = cards_of(list(fitting), viewer)
    return [Helper(cards[key], fits) for key, fits in fitting.items() if key in cards]
