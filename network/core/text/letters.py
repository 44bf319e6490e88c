"""One form for letters that can be written in several, at a cost that grows with the text.

Python puts the marks on a letter in order at a cost that grows with the square of their number and holds the
interpreter meanwhile: half a megabyte of accents on one letter would stop everybody for half a minute.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

MOST_MARKS = 30
"""So many accents and other marks on one letter are kept (UAX #15); no writing needs more."""
_LAST = 0x20000  # No letter above has marks.
_SHORT = 500  # Costs next to nothing, whatever it is made of.

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


def normalised(text: str, form: Form = "NFC") -> str:
    """The text in a Unicode normal form."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, text if len(text) < _SHORT else _too_many().sub(r"\1", text))


@cache
def _too_many() -> re.Pattern[str]:
    # As ranges the class is looked up three times faster than letter by letter.
    marks = "".join(f"{first}-{last}" for first, last in _ranges([*filter(_is_mark, map(chr, range(0x300, _LAST)))]))
    return re.compile(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+")


def _ranges(signs: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for sign in signs:
        if found and ord(found[-1][1]) + 1 == ord(sign):
            found[-1] = (found[-1][0], sign)
        else:
            found.append((sign, sign))
    return found


def _is_mark(sign: str) -> bool:
    """Whether it is put in order with its neighbours; a few do so only once they are taken apart."""
    if not unicodedata.decomposition(sign):
        return bool(unicodedata.combining(sign))
    return all(map(unicodedata.combining, unicodedata.normalize("NFKD", sign)))
