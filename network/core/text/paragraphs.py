"""A Markdown text in paragraphs, and which paragraphs of one are those of another.

A paragraph is what stands between blank lines; a block of code between fences is one, blank lines and all. Each keeps
the blank lines behind it, so that a text is exactly the sum of its paragraphs.

Whole texts are compared by what stands in each once (few paragraphs of a text are the same), and only the short
stretches in between by SequenceMatcher, as far as a budget goes: a text made to be slow is shown as changed more
coarsely, never waited for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from network.core.text.blocks import FENCE

Script = list[tuple[int, int, int, int]]
"""What differs: paragraphs [a1, a2) of the one text stand as [b1, b2) in the other. In order, never overlapping."""

WORK = 200_000
"""Pairs of paragraphs that one comparison may look at beside those that stand in both texts once."""

SHORT = 10_000
"""Pairs in one stretch between them; a longer one is taken as changed from end to end."""

ALIKE = 0.3
"""Share of words that two paragraphs have in common to be one paragraph that was changed."""


def paragraphs(text: str) -> list[str]:
    """The text in pieces that give it back when joined. Blank lines in front belong to the first."""
    found: list[str] = []
    piece: list[str] = []
    fence, blank = "", True
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if not fence and words and blank and any(part.strip() for part in piece):
            found.append("".join(piece))
            piece = []
        if fence:
            fence = "" if _closes(words, fence) else fence
        elif opened := FENCE.match(words):
            fence = opened[1]
        piece.append(line)
        blank = not fence and not words
    return [*found, "".join(piece)] if piece else found


def _closes(line: str, fence: str) -> bool:
    return bool(line) and set(line) == {fence[0]} and len(line) >= len(fence)


def differences(old: Sequence[str], new: Sequence[str]) -> Script:
    """What differs between two texts in paragraphs, as finely as it can be told; blank lines do not count."""
    a, b = [piece.strip() for piece in old], [piece.strip() for piece in new]
    budget = [WORK]
    found: Script = []
    for a1, a2, b1, b2 in _between(a, b, _anchors(a, b)):
        found += _closer(a, b, (a1, a2, b1, b2), budget)
    return [finer for coarse in found for finer in _paired(a, b, *coarse)]


def _anchors(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Paragraphs that stand in both texts once, as many as keep their order; and what both begin and end with."""
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    in_a, in_b = Counter(a[head : len(a) - tail]), Counter(b[head : len(b) - tail])
    where = {piece: at for at, piece in enumerate(b[head : len(b) - tail], head) if in_b[piece] == 1}
    once = [
        (at, where[piece])
        for at, piece in enumerate(a[head : len(a) - tail], head)
        if in_a[piece] == 1 and piece in where
    ]
    ends = [(len(a) - tail + at, len(b) - tail + at) for at in range(tail)]
    return [*((at, at) for at in range(head)), *_longest(once), *ends]


def _longest(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise; the first ones do."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    run: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _between(a: list[str], b: list[str], anchors: list[tuple[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches between what is the same."""
    i = j = 0
    for at, place in [*anchors, (len(a), len(b))]:
        if i < at or j < place:
            yield i, at, j, place
        i, j = at + 1, place + 1


def _closer(a: list[str], b: list[str], stretch: tuple[int, int, int, int], budget: list[int]) -> Script:
    a1, a2, b1, b2 = stretch
    cost = (a2 - a1) * (b2 - b1)
    if cost > min(SHORT, budget[0]):
        return [stretch]
    budget[0] -= cost
    codes = SequenceMatcher(None, a[a1:a2], b[b1:b2], autojunk=False).get_opcodes()
    return [(i1 + a1, i2 + a1, j1 + b1, j2 + b1) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _paired(a: list[str], b: list[str], a1: int, a2: int, b1: int, b2: int) -> Script:
    """Paragraph by paragraph where they resemble each other, from both ends; what is left over stays together."""
    head: Script = []
    while a1 < a2 and b1 < b2 and _alike(a[a1], b[b1]):
        head.append((a1, a1 + 1, b1, b1 + 1))
        a1, b1 = a1 + 1, b1 + 1
    tail: Script = []
    while a1 < a2 and b1 < b2 and _alike(a[a2 - 1], b[b2 - 1]):
        tail.append((a2 - 1, a2, b2 - 1, b2))
        a2, b2 = a2 - 1, b2 - 1
    middle: Script = [(a1, a2, b1, b2)] if a1 < a2 or b1 < b2 else []
    return [*head, *middle, *tail[::-1]]


def _alike(one: str, other: str) -> bool:
    words, others = set(one.split()), set(other.split())
    return len(words & others) >= ALIKE * max(len(words), len(others))
