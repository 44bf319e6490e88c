"""Brings spellings of one word to one form: case, accents, apostrophes.

What a keyboard cannot type easily must not decide whether something is found, so
both what is written and what is asked go through here first.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from search.letters import normalised

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ŀ": "l",
        "ħ": "h", "ŧ": "t",
        "'": None, "\u2019": None, "\u2018": None, "\u02bc": None, "\uff07": None, "\u00ad": None,
    }
)  # fmt: skip


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """The word in lower case without accents, apostrophes and soft hyphens."""
    if word.isascii():
        return word.lower().replace("'", "")
    # Again after taking apart: “𝐓” is no capital, and becomes one.
    parts = normalised(word.casefold(), "NFKD").casefold()
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return bare.translate(_LETTERS)
