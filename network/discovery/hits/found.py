"""One hit as the page shows it: its card, the words marked in title and text, and where in it they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from network.subjects.registry import Card, Section
from search.contract import NOTHING
from search.highlight import held, mark, passage, snippet
from search.query import Tree

SNIPPET = 240
ANSWER = 220

Marked = list[tuple[str, bool]]


@dataclass(frozen=True)
class Found:
    """A hit.

    `text` is the best passage, or the beginning of the accepted answer where `answered`. `place` is the part of
    the text in which the best passage stands, with its own address. `pinned` is the moderators' reason
    when they put it on top.
    """

    key: str
    card: Card
    title: Marked
    text: Marked
    answered: bool = False
    place: Section | None = None
    pinned: str = ""


def shown(
    key: str,
    card: Card,
    tree: Tree,
    alternatives: Mapping[str, tuple[str, ...]] = NOTHING,
    *,
    pinned: str = "",
) -> Found:
    """The hit with the words of this query marked, and what says the same."""
    text, at = _best(card, tree, alternatives)
    answer = card.answer[:ANSWER].rpartition(" ")[0] + " …" if len(card.answer) > ANSWER else card.answer
    return Found(
        key=key,
        card=card,
        title=mark(card.title, tree, card.language, alternatives),
        text=snippet(answer, tree, card.language, ANSWER * 2, alternatives) if answer else text,
        answered=bool(answer),
        place=_place(card, at),
        pinned=pinned,
    )


def _best(card: Card, tree: Tree, alternatives: Mapping[str, tuple[str, ...]]) -> tuple[Marked, int]:
    """The best passage and where it stands. The text itself comes before files beside it that hold no other words."""
    text, at = passage(card.text, tree, card.language, SNIPPET, alternatives)
    own = next((section.start for section in card.sections if section.beside), len(card.text))
    if at < own:
        return text, at
    asked = (tree, card.language, alternatives)
    if held(card.text[:own], *asked) != held(card.text, *asked):
        return text, at
    return passage(card.text[:own], tree, card.language, SNIPPET, alternatives)


def _place(card: Card, at: int) -> Section | None:
    """The last section that begins before the place; the beginning of a text needs no address of its own."""
    number = bisect_right(card.sections, at, key=lambda section: section.start) - 1
    if at < 0 or number < 0 or not card.sections[number].name:
        return None
    return card.sections[number]
