"""Which titles go on from what somebody has begun to type."""

from __future__ import annotations

from collections.abc import Sequence

from search.analysis import TOKEN
from search.folding import fold

LONGEST_PREFIX = 100


def title_words(title: str) -> list[str]:
    """The folded words of a title, whole: people complete what they see, not stems."""
    return [fold(match.group()) for match in TOKEN.finditer(title)]


def begun_words(prefix: str) -> list[str]:
    """The folded words typed so far; the last one may be unfinished."""
    return title_words(prefix[:LONGEST_PREFIX])


def completes(title: str, begun: Sequence[str]) -> bool:
    """Whether the title holds every word but the last whole, and one that begins like the last."""
    if not begun:
        return False
    words = title_words(title)
    return set(begun[:-1]) <= set(words) and any(word.startswith(begun[-1]) for word in words)
