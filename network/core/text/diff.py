"""What changed between two texts: by lines, and by words only inside lines that changed.

Comparing whole texts word by word takes seconds on long guides; this stays within a fraction of one, whatever the
texts hold (see `matching`). The result is data, never HTML: a template marks what was added and removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from network.core.text.matching import WORK, Script, Stretch, differing

Kind = Literal["same", "added", "removed"]

CONTEXT = 3
"""Unchanged lines shown around a change."""

MOST_SHOWN = 4_000
"""Changed lines that are shown; of those behind them only the number is told."""

MAX_WORDS = 400
"""Words of a line up to which it is compared word by word."""

MAX_WORK = 2 * WORK
"""Steps that one difference may take, half of them for its lines; after that changed lines are shown whole."""

SIMILAR = 0.3
"""Share of words two lines must have in common to be shown as one changed line."""

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Segment:
    """A run of text that stayed, came or went."""

    text: str
    kind: Kind


@dataclass(frozen=True)
class Line:
    """One line of the difference; a changed line has segments of several kinds.

    old, new: its number in either text, counted from 1; None where it does not exist. heading: whether it is shown
    as one, because its marks were taken away. cells: the segments of each cell, where it is shown as a row of a table.
    """

    segments: tuple[Segment, ...]
    old: int | None
    new: int | None
    heading: bool = False
    cells: tuple[tuple[Segment, ...], ...] = ()

    @property
    def kind(self) -> Literal["same", "added", "removed", "changed"]:
        kinds = {segment.kind for segment in self.segments}
        if len(kinds) == 1:
            only = kinds.pop()
            return only if only != "same" or (self.old and self.new) else ("added" if self.new else "removed")
        if not kinds:
            return "same" if self.old and self.new else ("added" if self.new else "removed")
        return "changed"


@dataclass(frozen=True)
class Hunk:
    """Changed lines with a few unchanged ones around them."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Difference:
    """Hunks in order of reading, and how many lines with words were added, removed and changed.

    `cut` when more lines changed than are shown.
    """

    hunks: tuple[Hunk, ...]
    added: int
    removed: int
    changed: int
    cut: bool = False

    @property
    def summary(self) -> str:
        """One sentence part, such as "2 lines changed, 3 added"."""
        counts = [(self.changed, "changed"), (self.added, "added"), (self.removed, "removed")]
        said = [(count, word) for count, word in counts if count]
        if not said:
            return "Only blank lines changed" if self.hunks else "Nothing changed"
        first, word = said[0]
        parts = [f"{first:,} line{'' if first == 1 else 's'} {word}"]
        parts += [f"{count:,} {word}" for count, word in said[1:]]
        return ", ".join(parts)


def difference(old: str, new: str, work: list[int] | None = None) -> Difference:
    """Compares two texts. Several differences of one page share the steps that `work` allows, which they use up."""
    before, after = old.splitlines(), new.splitlines()
    budget = [MAX_WORK] if work is None else work
    hunks: list[list[Line]] = []
    added = removed = changed = shown = last = all_changed = 0
    for stretch in _stretches(before, after, budget):
        a1, a2, b1, b2 = stretch
        lines = list(islice(_changed(before, after, stretch, budget), MOST_SHOWN - shown))
        pairs = sum(1 for line in lines if line.old and line.new)
        added, removed, changed = (
            added + _told(after[b1:b2]) - pairs,
            removed + _told(before[a1:a2]) - pairs,
            changed + pairs,
        )
        all_changed += a2 - a1 + b2 - b1 - pairs
        if lines:
            between = a1 - last
            if not hunks or between > 2 * CONTEXT:
                if hunks:
                    hunks[-1] += _same(before, last, last + CONTEXT, b1 - a1)
                hunks.append([])
                between = min(between, CONTEXT)
            hunks[-1] += [*_same(before, a1 - between, a1, b1 - a1), *lines]
            shown, last, shift = shown + len(lines), a2, b2 - a2
    cut = shown < all_changed
    if hunks and not cut:
        hunks[-1] += _same(before, last, min(len(before), last + CONTEXT), shift)
    return Difference(tuple(Hunk(tuple(lines)) for lines in hunks), added, removed, changed, cut)


def _told(lines: list[str]) -> int:
    """Lines that a reader would count: a blank one only sets others apart. Those that are paired all have words."""
    return sum(1 for line in lines if line.strip())


def _same(before: list[str], start: int, end: int, shift: int) -> Iterator[Line]:
    """Lines that stayed; in the new text they stand so many lines further on."""
    for at in range(start, end):
        yield Line((Segment(before[at], "same"),), at + 1, at + shift + 1)


def _stretches(before: list[str], after: list[str], budget: list[int]) -> Script:
    """Which lines differ, for half of the steps at most."""
    share = budget[0] // 2
    work = [share]
    found = differing(before, after, work)
    budget[0] -= share - work[0]
    return found


def _changed(before: list[str], after: list[str], stretch: Stretch, budget: list[int]) -> Iterator[Line]:
    """Lines that differ: paired where they resemble each other, else removed ones before added ones."""
    i, i2, j, j2 = stretch
    while i < i2 and j < j2:
        segments = _words(before[i], after[j], budget)
        if segments is None:
            break
        yield Line(segments, i + 1, j + 1)
        i, j = i + 1, j + 1
    # What is left over after the first pair that does not match is looked at from the end.
    tail: list[Line] = []
    while i < i2 and j < j2:
        segments = _words(before[i2 - 1], after[j2 - 1], budget)
        if segments is None:
            break
        tail.append(Line(segments, i2, j2))
        i2, j2 = i2 - 1, j2 - 1
    for at in range(i, i2):
        yield Line((Segment(before[at], "removed"),), at + 1, None)
    for at in range(j, j2):
        yield Line((Segment(after[at], "added"),), None, at + 1)
    yield from reversed(tail)


def _words(old: str, new: str, budget: list[int]) -> tuple[Segment, ...] | None:
    """Segments of one line that changed into another, or None when they have too little in common."""
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    if not a or not b or len(a) > MAX_WORDS * 2 or len(b) > MAX_WORDS * 2 or budget[0] <= 0:
        return None
    stretches = differing(a, b, budget, str.isspace)
    gone = sum(_letters(a[a1:a2]) for a1, a2, _, _ in stretches)
    shared, total = _letters(a) - gone, max(_letters(a), _letters(b))
    if not total or shared / total < SIMILAR:
        return None
    return tuple(_segments(a, b, stretches))


def _segments(a: list[str], b: list[str], stretches: Script) -> Iterator[Segment]:
    at = 0
    for a1, a2, b1, b2 in [*stretches, (len(a), len(a), len(b), len(b))]:
        if at < a1:
            yield Segment("".join(a[at:a1]), "same")
        if a1 < a2:
            yield Segment("".join(a[a1:a2]), "removed")
        if b1 < b2:
            yield Segment("".join(b[b1:b2]), "added")
        at = a2


def _letters(words: list[str]) -> int:
    return sum(len(word) for word in words if word.strip())
