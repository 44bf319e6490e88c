"""What may enter the log at all.

Moderators read the log, and they may not read closed groups. So a text is kept only when it can hold nothing from
there. Who may read more than everybody may have any such word in mind, in any misspelling and cut short anywhere, and
what it was meant for cannot be told from what was typed. So of them only texts are kept whose every word stands in
something that everybody may read, or is an ordinary English word that stands in nothing closed which they may read.
Kept out as well is what looks like a person's details or like a pasted passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from network.core.text.folding import folded
from network.discovery.engine import engine
from network.discovery.log.models import LONGEST_FOLDED, LONGEST_TEXT
from network.subjects.visibility import PUBLIC
from search.contract import EngineError
from search.spelling.english import is_english

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
    parts = {text: _parts(text) for text in wanted}
    words = set().union(*parts.values())
    try:
        here = engine().frequencies(words, audiences)
        everywhere = engine().frequencies(words, _ONLY_PUBLIC)
    except EngineError:
        return set()
    public = {word for word in words if everywhere.get(word, 0)}
    closed = {word for word in words if here.get(word, 0)} - public
    return {
        text
        for text in wanted
        if closed.isdisjoint(parts[text]) and all(word in public or is_english(word) for word in text.split())
    }


def _parts(text: str) -> set[str]:
    """Its words, and what they make together when somebody put a hyphen or a space into a word."""
    words = text.split()
    joined = ["".join(pair) for pair in pairwise(words)]
    return {*words, *joined, "".join(words)}
