"""One form for all spellings of a phrase: small letters, no accents, no possessives, single spaces.

What people type into a search box and what moderators write into a list meet in this form. It is the form that the
search library compares words in; a test holds the two together, because neither may know the other.
"""

from __future__ import annotations

import re
import unicodedata

from network.core.text.letters import normalised

_LETTER = r"[^\W_\u0300-\u036f]"
_LETTERS = rf"{_LETTER}(?:{_LETTER}|[\u0300-\u036f\u00ad])*"
_WORD = re.compile(
    # Names that end or begin in marks are words of their own.
    r"(?<![^\W_])(?:[cC]\+\+|[cCfF]\#|\.(?:net|NET|Net))(?![^\W_]|[+#])"
    rf"|{_LETTERS}(?:['\u2019\u02bc]{_LETTERS})*"
)
_POSSESSIVE = re.compile(r"['\u2019\u02bc][sS]$")
LONGEST_WORD = 60
# Letters that Unicode does not take apart into a base letter and a mark, and marks that do not count.
_PLAIN = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ŀ": "l",
        "ħ": "h", "ŧ": "t", "'": None, "\u2019": None, "\u2018": None, "\u02bc": None, "\uff07": None, "\u00ad": None,
    }
)  # fmt: skip


def folded(text: str) -> str:
    """The words of a text in their plain form, joined by single spaces; empty when it holds no word."""
    return " ".join(filter(None, (_plain(word) for word in _WORD.findall(text))))


def _plain(word: str) -> str:
    bare = _POSSESSIVE.sub("", word)
    if bare.isascii():
        return bare.lower().replace("'", "")[:LONGEST_WORD]
    # Again after taking apart: “𝐓” is no capital, and becomes one.
    parts = normalised(bare.casefold(), "NFKD").casefold()
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(_PLAIN)[:LONGEST_WORD]
