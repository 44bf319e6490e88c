"""How much of a text changes, as people count it: by paragraphs and headings, not by lines or places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from network.core.text.blocks import HEADING
from network.core.text.paragraphs import differences, paragraphs

Stretch = tuple[Sequence[str], Sequence[str]]
"""Paragraphs that went, and those that came in their place."""

CHANGED, ADDED, REMOVED = ("changes", "change"), ("is added", "are added"), ("is removed", "are removed")


def how_much_differs(old: str, new: str) -> str:
    """One sentence about two texts, such as “2 paragraphs change, 1 is added”."""
    before, after = paragraphs(old), paragraphs(new)
    return sentence(counted((before[a1:a2], after[b1:b2]) for a1, a2, b1, b2 in differences(before, after)))


def counted(stretches: Iterable[Stretch]) -> list[str]:
    """The parts of that sentence. What came in place of as much that went has changed."""
    found = {(verb, noun): 0 for verb in (CHANGED, ADDED, REMOVED) for noun in ("paragraph", "heading")}
    for gone, come in stretches:
        for noun, went, came in zip(("paragraph", "heading"), _count(gone), _count(come), strict=True):
            found[CHANGED, noun] += min(went, came)
            found[ADDED, noun] += max(came - went, 0)
            found[REMOVED, noun] += max(went - came, 0)
    said: list[str] = []
    # “1 is added” is clear as long as nothing but paragraphs is spoken of.
    only = not any(count for (_, noun), count in found.items() if noun == "heading")
    for verb in (CHANGED, ADDED, REMOVED):
        counts = [(found[verb, noun], noun) for noun in ("paragraph", "heading") if found[verb, noun]]
        if counts:
            things = [f"{count:,}{'' if said and only else f' {_of(count, noun)}'}" for count, noun in counts]
            said.append(f"{' and '.join(things)} {verb[0] if sum(count for count, _ in counts) == 1 else verb[1]}")
    return said


def sentence(parts: Sequence[str]) -> str:
    """The parts one after the other, beginning with a capital letter."""
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]


def _count(pieces: Sequence[str]) -> tuple[int, int]:
    """Paragraphs, and headings."""
    texts = [piece.strip() for piece in pieces if piece.strip()]
    headings = sum(1 for text in texts if "\n" not in text and HEADING.match(text))
    return len(texts) - headings, headings


def _of(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"
