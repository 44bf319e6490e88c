"""Whether a word is an English one, written here or not.

A word that nobody has written yet is a gap, not a slip: "drone" must not become "done". The words are those of the
package pyspellchecker, names among them. They are kept as sorted hashes, a megabyte and a half, because only
membership is asked.
"""

from __future__ import annotations

import gzip
import re
from array import array
from bisect import bisect_left
from functools import cache
from importlib.resources import files

from search.folding import fold
from search.stemming import british

_AMERICAN = re.compile(r"^(\w{2,}[iy])s(e|ed|es|er|ers|ing|able|ation|ations|ational)$")
_WORD = re.compile(r'"([^"]+)":')


def is_english(word: str) -> bool:
    """Whether this is a word, in British or American spelling, in any case and with or without accents."""
    folded = fold(word)
    return any(map(_holds, {folded, british(folded), _AMERICAN.sub(r"\1z\2", folded)}))


def prepare() -> None:
    """Read the list now, so that no search waits for it: a tenth of a second."""
    _hashes()


def _holds(word: str) -> bool:
    wanted, hashes = hash(word), _hashes()
    place = bisect_left(hashes, wanted)
    return place < len(hashes) and hashes[place] == wanted


@cache
def _hashes() -> array[int]:
    packed = files("spellchecker").joinpath("resources", "en.json.gz").read_bytes()
    text = gzip.decompress(packed).decode("utf-8")
    return array("q", sorted(hash(match.group(1)) for match in _WORD.finditer(text)))
