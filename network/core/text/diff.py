"""What changed between two texts: by lines, and by words only inside lines that changed.

Comparing whole texts word by word takes seconds on long guides; this stays within a fraction of one. The
result is data, never HTML: a template marks what was added and removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]

CONTEXT = 3
"""Unchanged lines shown around a change."""

MAX_LINES = 8_000
MAX_WORDS = 400
"""Words of a line up to which it is compared word by word."""

MAX_WORD_WORK = 4_000_000
"""Word comparisons one difference may cost, about; after that changed lines are shown whole."""

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
    as one, because its marks were taken away.
    """

    segments: tuple[Segment, ...]
    old: int | None
    new: int | None
    heading: bool = False

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
    """Hunks in order of reading, and how many lines were added, removed and changed."""

    hunks: tuple[Hunk, ...]
    added: int
    removed: int
    changed: int

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)

    @property
    def summary(self) -> str:
        """One sentence part, such as "2 lines changed, 3 added"."""
        counts = [(self.changed, "changed"), (self.added, "added"), (self.removed, "removed")]
        said = [(count, word) for count, word in counts if count]
        if not said:
            return "Nothing changed"
        first, word = said[0]
        parts = [f"{first:,} line{'' if first == 1 else 's'} {word}"]
        parts += [f"{count:,} {word}" for count, word in said[1:]]
        return ", ".join(parts)


def difference(old: str, new: str, work: list[int] | None = None) -> Difference:
    """Compares two texts. Bounded in time: very long texts are compared by their first and last lines
    alike. Several differences of one page share the word comparisons that `work` allows, which they use up.
    """
    before, after = old.splitlines(), new.splitlines()
    budget = [MAX_WORD_WORK] if work is None else work
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in _opcodes(before, after):
        if tag == "equal":
            lines += [Line((Segment(before[i], "same"),), i + 1, j1 + i - i1 + 1) for i in range(i1, i2)]
        else:
            lines += _changed(before, after, (i1, i2), (j1, j2), budget)
    count = [line.kind for line in lines]
    return Difference(tuple(_hunks(lines)), count.count("added"), count.count("removed"), count.count("changed"))


def _opcodes(before: list[str], after: list[str]) -> list[tuple[str, int, int, int, int]]:
    """SequenceMatcher's opcodes, after setting aside what the texts share at both ends."""
    head = 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle_old, middle_new = before[head : len(before) - tail], after[head : len(after) - tail]
    found: list[tuple[str, int, int, int, int]] = [("equal", 0, head, 0, head)] if head else []
    if len(middle_old) + len(middle_new) > MAX_LINES:
        inner = [("replace", 0, len(middle_old), 0, len(middle_new))]
    else:
        inner = [tuple(code) for code in _matcher(middle_old, middle_new).get_opcodes()]  # type: ignore[misc]
    found += [(tag, i1 + head, i2 + head, j1 + head, j2 + head) for tag, i1, i2, j1, j2 in inner]
    if tail:
        found.append(("equal", len(before) - tail, len(before), len(after) - tail, len(after)))
    return found


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    # Lines that stand everywhere (blank ones above all) are no anchors, and make matching slow.
    often = {line for line in set(new) if not line.strip()} if len(new) > 500 else set()
    return SequenceMatcher(often.__contains__ if often else None, old, new, autojunk=len(new) > 2_000)


def _changed(
    before: list[str], after: list[str], olds: tuple[int, int], news: tuple[int, int], budget: list[int]
) -> Iterator[Line]:
    """Lines that differ: paired where they resemble each other, else removed ones before added ones."""
    (i, i2), (j, j2) = olds, news
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
    cost = len(a) * len(b)
    if not cost or len(a) > MAX_WORDS * 2 or len(b) > MAX_WORDS * 2 or cost > budget[0]:
        return None
    budget[0] -= cost
    matcher = SequenceMatcher(str.isspace, a, b, autojunk=False)
    codes = matcher.get_opcodes()
    shared = sum(_letters(a[i1:i2]) for tag, i1, i2, _, _ in codes if tag == "equal")
    total = max(_letters(a), _letters(b))
    if not total or shared / total < SIMILAR:
        return None
    segments: list[Segment] = []
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            segments.append(Segment("".join(a[i1:i2]), "same"))
            continue
        if i1 < i2:
            segments.append(Segment("".join(a[i1:i2]), "removed"))
        if j1 < j2:
            segments.append(Segment("".join(b[j1:j2]), "added"))
    return tuple(segments)


def _letters(words: list[str]) -> int:
    return sum(len(word) for word in words if word.strip())


def _hunks(lines: list[Line]) -> Iterator[Hunk]:
    """Groups changed lines with their context; what lies further away is left out."""
    near: set[int] = set()
    for at, line in enumerate(lines):
        if line.kind != "same":
            near.update(range(max(0, at - CONTEXT), min(len(lines), at + CONTEXT + 1)))
    hunk: list[Line] = []
    for at in sorted(near):
        if hunk and at - 1 not in near:
            yield Hunk(tuple(hunk))
            hunk = []
        hunk.append(lines[at])
    if hunk:
        yield Hunk(tuple(hunk))
