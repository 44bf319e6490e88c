"""Words that people type one after the other: topics, tags, and what they can help with."""

from __future__ import annotations

import re
from collections.abc import Callable

_BETWEEN = re.compile(r"[,;\n]")


def typed_words(text: str, spelt: Callable[[str], str] = str.casefold) -> tuple[str, ...]:
    """What is between commas, semicolons and line ends, in the order typed.

    Of words that are `spelt` the same the first is kept, as it was written.
    """
    found: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        if word := " ".join(part.split()):
            found.setdefault(spelt(word), word)
    return tuple(found.values())


def tag_words(text: str) -> tuple[str, ...]:
    """The same of tags, which some write with a # in front."""
    return typed_words(text.replace("#", " "))
