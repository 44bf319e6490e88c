"""What may enter the log at all.

Moderators read the log, and they may not read closed groups. So a text is kept only when it can hold nothing from
there: a word of it that stands in something which the searcher may read, and in nothing that everybody may read,
keeps the whole text out. Kept out as well is what looks like a person's details or like a pasted passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from network.core.text.folding import folded
from network.discovery.engine import engine
from network.discovery.log.models import LONGEST_FOLDED, LONGEST_TEXT
from network.subjects.visibility import PUBLIC
from search.contract import EngineError

MOST_DIGITS = 5
_ONLY_PUBLIC = frozenset({PUBLIC})
# “@name” is how people are mentioned; anything more is an e-mail address.
_ADDRESS = re.compile(r"\S@\S")


def loggable(text: str) -> str:
    """The folded text, or nothing: for what is long, has an e-mail address, or digits as of a telephone or a case."""
    if len(text) > LONGEST_TEXT or _ADDRESS.search(text) or sum(letter.isdigit() for letter in text) > MOST_DIGITS:
        return ""
    plain = folded(text)
    return plain if len(plain) <= LONGEST_FOLDED else ""


def only_public(texts: Iterable[str], audiences: frozenset[str]) -> set[str]:
    """Those of these folded texts that tell nothing of what not everybody may read.

    While the index is away nobody can say, and only what readers of public content typed is kept.
    """
    wanted = set(texts)
    if audiences <= _ONLY_PUBLIC:
        return wanted
    words = {word for text in wanted for word in text.split()}
    try:
        here = engine().frequencies(words, audiences)
        everywhere = engine().frequencies(words, _ONLY_PUBLIC)
    except EngineError:
        return set()
    closed = {word for word in words if here.get(word, 0) and not everywhere.get(word, 0)}
    return {text for text in wanted if closed.isdisjoint(text.split())}
