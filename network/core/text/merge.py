"""Brings a text that somebody changed together with what became of it meanwhile, paragraph by paragraph.

Three texts take part: the one both began from, the one that stands now, and the one proposed. What comes out is not a
text but the changes that are still open, each of which can be taken or left: a merge that decides by itself, as the
libraries for version control do, has no place for an owner's yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from network.core.text.matching import Script
from network.core.text.paragraphs import differences, paragraphs

MOST_CHANGES = 100
"""Changes that are told apart; what lies behind them in the text is taken or left as one."""


_APART = re.compile(r"\n[^\S\n]*\n\Z")


@dataclass(frozen=True)
class Change:
    """A proposed change of some paragraphs: what stands now, and what would stand there.

    `conflict` when what stands now is not what its proposer saw; `base` is that. `stands_for` so many changes: the last
    one may hold all that are not told apart.
    """

    number: int
    now: str
    proposed: str
    base: str
    conflict: bool
    stands_for: int = 1


@dataclass(frozen=True)
class Merge:
    """The present text in pieces: those that stay as they are, and changes."""

    pieces: tuple[str | Change, ...]
    now: str
    proposed: str
    moved: bool

    @property
    def changes(self) -> list[Change]:
        return [piece for piece in self.pieces if isinstance(piece, Change)]

    def text(self, taken: Collection[int], both: Collection[int] = ()) -> str:
        """The present text with the changes of these numbers; of those in `both`, what stands and what is proposed.

        No change gives what stands, and all changes of an unmoved base exactly what was proposed.
        """
        changes = self.changes
        if not any(change.number in taken or change.number in both for change in changes):
            return self.now
        if not self.moved and all(change.number in taken for change in changes):
            return self.proposed
        return _joined(self._standing(taken, both))

    def _standing(self, taken: Collection[int], both: Collection[int]) -> Iterator[str]:
        for piece in self.pieces:
            if isinstance(piece, str):
                yield piece
                continue
            if piece.number not in taken:
                yield piece.now
            if piece.number in taken or piece.number in both:
                yield piece.proposed


def merge(base: str, now: str, proposed: str) -> Merge:
    """What of a proposal that began from `base` is still open in the text that stands `now`."""
    old, mine, theirs = paragraphs(base), paragraphs(now), paragraphs(proposed)
    pieces: list[str | Change] = []
    number = end = 0
    for regions in _few(list(_regions(differences(old, mine), differences(old, theirs)))):
        (b1, b2), (n1, n2), (p1, p2) = _whole(regions)
        was, here, there = old[b1:b2], mine[n1:n2], theirs[p1:p2]
        pieces += mine[end:n1]
        end = n2
        if _same(here, there):
            pieces += here
            continue
        number += 1
        open_still = sum(not _same(mine[slice(*now)], theirs[slice(*then)]) for _, now, then in regions)
        texts = ("".join(here), "".join(there), "".join(was))
        pieces.append(Change(number, *texts, conflict=not _same(here, was), stands_for=open_still))
    return Merge((*pieces, *mine[end:]), now, proposed, moved=base != now)


Range = tuple[int, int]
Region = tuple[Range, Range, Range]
"""The same place in the base, in what stands now, and in the proposal."""

MINE, THEIRS = 0, 1


def _regions(mine: Script, theirs: Script) -> Iterator[Region]:
    """Where the proposal changes something. Changes of both sides to the same paragraphs make one region."""
    edits = sorted([(*edit, MINE) for edit in mine] + [(*edit, THEIRS) for edit in theirs])
    shift = [0, 0]
    while edits:
        start, end = edits[0][:2]
        grown = [0, 0]
        sides: set[int] = set()
        while edits and (not sides or _touch(edits[0][:2], (start, end))):
            b1, b2, c1, c2, side = edits.pop(0)
            end = max(end, b2)
            grown[side] += (c2 - c1) - (b2 - b1)
            sides.add(side)
        ranges = [(start + shift[side], end + shift[side] + grown[side]) for side in (MINE, THEIRS)]
        shift = [shift[side] + grown[side] for side in (MINE, THEIRS)]
        if THEIRS in sides:
            yield (start, end), ranges[MINE], ranges[THEIRS]


def _touch(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Do they change a paragraph in common, or put something into the same place?"""
    (a1, a2), (b1, b2) = one, other
    return max(a1, b1) < min(a2, b2) or (a1 == a2 and b1 < a1 < b2) or a1 == a2 == b1 == b2


def _few(regions: list[Region]) -> list[list[Region]]:
    """Each alone; the last ones together, where there are too many."""
    alone = MOST_CHANGES - 1 if len(regions) > MOST_CHANGES else len(regions)
    return [*([region] for region in regions[:alone]), *([regions[alone:]] if regions[alone:] else [])]


def _whole(regions: list[Region]) -> Region:
    """From where the first begins to where the last ends, in each of the three texts."""
    (base, now, proposed), last = regions[0], regions[-1]
    return (base[0], last[0][1]), (now[0], last[1][1]), (proposed[0], last[2][1])


def _same(some: list[str], others: list[str]) -> bool:
    return [piece.strip() for piece in some] == [piece.strip() for piece in others]


def _joined(pieces: Iterator[str]) -> str:
    """The pieces with a blank line between any two, ending in one line end."""
    standing = [piece for piece in pieces if piece.strip()]
    text = "".join(piece if _APART.search(piece) else piece.rstrip() + "\n\n" for piece in standing)
    return text.rstrip() + "\n" if text else ""
