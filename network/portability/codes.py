"""The short code of a guide's version, as it stands on paper: docs/decisions/0009-short-codes.md says why it is so.

It is made of the guide's UUID, the version and a check letter, and needs no table and no key. The UUID is chance and
travels with the guide, so that paper can be asked about for as long as the guide lives anywhere.
"""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and capitals without I, L, O and U: nothing that is read as something else."""
PART = 8
BITS = PART * 5
LATEST = len(LETTERS) ** 3 - 1
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\u2013": "", ".": ""})


class Code(NamedTuple):
    """What a code says: the first bits of the guide's UUID, and the version."""

    start: int
    version: int

    @property
    def range(self) -> tuple[UUID, UUID]:
        """The first and the last UUID that begin so."""
        rest = 128 - BITS
        return UUID(int=self.start << rest), UUID(int=((self.start + 1) << rest) - 1)


def code_of(uuid: UUID, version: int) -> str:
    """“4F7K-9QDM-3X”"""
    letters = _spelt(uuid.int >> (128 - BITS)).rjust(PART, LETTERS[0]) + _spelt(min(version, LATEST))
    letters += _check(letters)
    return "-".join((letters[:4], letters[4:PART], letters[PART:]))


def read_code(text: str) -> Code | None:
    """The code that somebody typed, in whatever spelling; None when a letter is wrong or missing."""
    letters = text.upper().translate(_ALIKE)
    if not PART + 2 <= len(letters) <= PART + 4 or set(letters) - set(LETTERS):
        return None
    if _check(letters[:-1]) != letters[-1]:
        return None
    return Code(_number(letters[:PART]), _number(letters[PART:-1]))


def _spelt(number: int) -> str:
    letters = ""
    while number or not letters:
        number, rest = divmod(number, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(LETTERS) + LETTERS.index(letter)
    return number


def _check(letters: str) -> str:
    """One wrong letter, or two neighbours changed over, give another check letter."""
    total = 0
    for letter in letters:
        total = (total * 2 + LETTERS.index(letter)) % 31
    return LETTERS[total]
