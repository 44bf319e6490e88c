"""A Markdown text in paragraphs, and which paragraphs of one are those of another.

A paragraph is what stands between blank lines; a block of code between fences is one, blank lines and all. Each keeps
the blank lines behind it, so that a text is exactly the sum of its paragraphs.

How long comparing may take is bounded (see `matching`): a text made to be slow is shown as changed more coarsely.
"""

from __future__ import annotations

from collections.abc import Sequence

from network.core.text.blocks import FENCE
from network.core.text.matching import WORK, Script, differing

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
    return [finer for coarse in differing(a, b, [WORK]) for finer in _paired(a, b, *coarse)]


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
