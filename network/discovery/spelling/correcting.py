"""What may have been meant by words that nothing holds, or next to nothing.

The dictionary knows public words only, and the index says what this viewer may read: a word is put right only when
nothing that they may read holds it, and only by one that they would find.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from network.discovery.finding import count, held_by, query_of
from network.discovery.spelling.words import dictionary
from network.subjects.viewer import Viewer
from search import spelling
from search.alternatives import folded_words
from search.analysis import TOKEN

MOST_NEAR = 3


@dataclass(frozen=True)
class Correction:
    """Other words to search for. `pieces` are the same for showing, those that changed marked.

    `sure` tells that words differ only by a letter that is doubled in one of the two.
    """

    words: str
    pieces: tuple[tuple[str, bool], ...]
    changed: tuple[tuple[str, str], ...]

    @property
    def sure(self) -> bool:
        """Whether it may be searched for at once where the search failed as it was typed."""
        return all(spelling.correcting.doubles_a_letter(typed, new.lower()) for typed, new in self.changed)


class _Held:
    """How many documents of a viewer hold each word, asked once. `known` words are never taken for slips."""

    def __init__(self, viewer: Viewer, known: Collection[str]) -> None:
        self._viewer, self._known = viewer, known
        self._found: dict[str, int] = {}

    def __call__(self, words: Collection[str]) -> Mapping[str, int]:
        new = [word for word in words if word not in self._found]
        self._found |= held_by(self._viewer, new)
        spared = {word: spelling.correcting.RARE + 1 for word in new if folded_words(word) in self._known}
        self._found |= {word: max(count, self._found.get(word, 0)) for word, count in spared.items()}
        return {word: self._found.get(word, 0) for word in words}


def correct(viewer: Viewer, words: str, known: Collection[str] = ()) -> Correction | None:
    """What to search for in place of words that nothing holds; `known` are folded words that mean something as
    they are."""
    found = spelling.correct(words, dictionary(), _Held(viewer, known))
    return _shown(found.text, found.words) if found else None


def suggest(viewer: Viewer, words: str, known: Collection[str] = (), *, failed: bool) -> Correction | None:
    """What else may have been meant; `failed` tells whether the search failed as it was typed."""

    def titled(word: str) -> bool:
        query = query_of(viewer, word, titles_only=True, per_page=1, facets=())
        return count(query) > 0

    found = spelling.did_you_mean(words, dictionary(), _Held(viewer, known), failed=failed, titled=titled)
    return _shown(found.text, found.words) if found else None


def near(viewer: Viewer, words: str, known: Collection[str] = ()) -> list[str]:
    """The same search with other words in place of those that nothing holds, the likeliest first."""
    held, all_words = _Held(viewer, known), dictionary()
    found = spelling.correct(words, all_words, held)
    if found is None:
        return []
    others = [found.text]
    for typed, first in found.words:
        suggested = all_words.suggest(typed)
        others += [
            found.text.replace(first, other) for other in suggested if other != first.lower() and held([other])[other]
        ]
    return list(dict.fromkeys(others))[:MOST_NEAR]


def joined(first: Correction | None, second: Correction) -> Correction:
    """Both as one: the second was made of the first's words."""
    return _shown(second.words, (first.changed if first else ()) + second.changed)


def _shown(text: str, words: tuple[tuple[str, str], ...]) -> Correction:
    changed = {new for _, new in words}
    pieces: list[tuple[str, bool]] = []
    last = 0
    for match in TOKEN.finditer(text):
        if match.group() in changed:
            pieces += [(text[last : match.start()], False), (match.group(), True)]
            last = match.end()
    pieces.append((text[last:], False))
    return Correction(text, tuple(piece for piece in pieces if piece[0]), words)
