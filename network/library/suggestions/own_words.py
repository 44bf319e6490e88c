"""What of a suggestion is its writer's own, for when its guide cannot be read any more.

A proposed text is mostly the guide's: without the guide only what somebody put into it is theirs to have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from network.core.text.merge import merge
from network.core.text.paragraphs import paragraphs
from network.library.wording import Texts, Words

RUN = 4
"""So many words in a row are somebody's wording; a paragraph that is shorter is so as a whole."""
_WORD = re.compile(r"\w+")


def own_words(base: Texts, proposed: Texts) -> Words:
    """Title and summary where they are others, and every paragraph that is not the guide's; the rest is empty.

    For who could read the guide until it was withdrawn: a paragraph with one word changed is there whole.
    """
    theirs = {part.strip() for part in paragraphs(base.body)}
    return Words(
        title=proposed.title if proposed.title != base.title else "",
        summary=proposed.summary if proposed.summary != base.summary else "",
        body=_joined(part for part in paragraphs(proposed.body) if part.strip() not in theirs),
    )


def added_words(base: Texts, proposed: Texts) -> str:
    """The paragraphs that were added and hold nothing of the guide's wording: nothing of it leaks with them."""
    changes = merge(base.body, base.body, proposed.body).changes
    added = [part for change in changes if not change.now.strip() for part in paragraphs(change.proposed)]
    theirs = {run for part in (base.title, base.summary, *paragraphs(base.body)) for run in _wording(part)}
    return _joined(part for part in added if theirs.isdisjoint(_runs(part)))


def _wording(paragraph: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(paragraph.casefold())
    yield from _rows_of(words, min(RUN, len(words))) if words else ()


def _runs(paragraph: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(paragraph.casefold())
    for length in range(1, RUN + 1):
        yield from _rows_of(words, length)


def _rows_of(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _joined(parts: Iterable[str]) -> str:
    text = "\n\n".join(part.strip("\n") for part in parts if part.strip())
    return f"{text}\n" if text else ""
