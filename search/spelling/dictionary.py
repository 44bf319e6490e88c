"""The words that are written, and which of them a mistyped one may have been meant to be.

Every word is listed under what remains of its beginning when letters are left out; what
was typed is looked up the same way, so that near words meet without being compared with
all. The lists lie in one stretch of memory or of a file, which all processes share.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from search.analysis import TOKEN, written_form
from search.spelling.edits import one_slip, two_slips
from search.spelling.lists import Lists, pack, remainders
from search.stopwords import STOP_WORDS

# Words shorter than this are near to too many others to look for two slips.
TWO_SLIPS_FROM = 6
MOST_SUGGESTIONS = 5
# Words looked for are less unevenly frequent than words written: the square root of that.
_FREQUENCY_EFFECT = 0.5
# Longer ones are keys and addresses, shorter ones are near to everything.
_SHORTEST, _LONGEST = 2, 30
_FREQUENT = frozenset().union(*STOP_WORDS.values())


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How many of the texts hold each written word, folded.

    Words with figures in them are left out, and words too frequent to be ranked: what is
    meant by a search is none of them.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({written_form(match.group()) for match in TOKEN.finditer(text)})
    return Counter({word: count for word, count in counts.items() if _belongs(word)})


def _belongs(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.isalpha() and word not in _FREQUENT


class Dictionary:
    """Words with the number of documents that hold each. It never changes."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    @classmethod
    def of(cls, frequencies: Mapping[str, int]) -> Dictionary:
        """A dictionary of these folded words."""
        return cls(Lists(pack(frequencies)))

    def __len__(self) -> int:
        return self._lists.size

    def frequency(self, word: str) -> int:
        """How many documents hold the folded word as it is written; 0 for none."""
        number = self._lists.number_of(word)
        return 0 if number is None else self._lists.frequencies[number]

    def suggest(self, word: str, most: int = MOST_SUGGESTIONS) -> list[str]:
        """The words that this one may be a slip for, the likeliest first; never the word itself."""
        typed = written_form(word)
        near = self._near(typed, 1) or (self._near(typed, 2) if len(typed) >= TWO_SLIPS_FROM else [])
        return [found for _, found in sorted(near)[: max(0, most)]]

    def _near(self, typed: str, slips: int) -> list[tuple[float, str]]:
        """(cost, word) of the words so many slips away, unsorted."""
        cost_of = one_slip if slips == 1 else two_slips
        near = []
        for number in {n for rest in remainders(typed, slips) for n in self._lists.listed(rest)}:
            found = self._lists.word(number)
            cost = cost_of(typed, found) if abs(len(found) - len(typed)) <= slips else None
            if cost is not None and found != typed:
                near.append((cost - _FREQUENCY_EFFECT * math.log(self._lists.frequencies[number]), found))
        return near
