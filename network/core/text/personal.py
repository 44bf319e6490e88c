"""Finds what looks like a way to reach or to name a person, so that writers can be asked whether others may read it.

A confirmation holds for what it listed: the mark of each find goes with it, and whatever is new is asked about again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

MOST_LISTED = 10
# A part before the sign is looked for up to the 64 characters that it may have: a long run of letters costs no square.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+\b")
_GAP = "[ \u00a0-]"
_PHONE = re.compile(
    rf"(?<![\w.,(])(?:(?:\+|00)44{_GAP}?(?:\(0\){_GAP}?)?[1-9]\d{{1,3}}|\(0\d{{2,4}}\)|0\d{{2,4}}){_GAP}?"
    rf"\d{{2,4}}(?:{_GAP}?\d{{2,4}}){{1,2}}(?!\w)"
)
_INSURANCE = re.compile(
    rf"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]{_GAP}?(?:\d{{2}}{_GAP}?){{3}}[A-D]\b",
    re.IGNORECASE,
)
_NHS = re.compile(rf"(?<![\w.,])\d{{3}}{_GAP}?\d{{3}}{_GAP}?\d{{4}}(?!\w)")
_NO_DIGITS = re.compile(r"\D")


class Personal(NamedTuple):
    """The words as they stand in the text, and what they look like."""

    words: str
    thing: str

    @property
    def mark(self) -> str:
        """Tells one find from another in a confirmation."""
        return blake2b(self.words.encode(), digest_size=6).hexdigest()


class Question(NamedTuple):
    """What a writer is asked to confirm: what is listed, how many more, and the marks a yes holds for."""

    listed: tuple[Personal, ...]
    more: int
    marks: str


def personal(text: str, known: str = "") -> tuple[Personal, ...]:
    """Each thing once: email addresses, then phone numbers, then what names a person. What stands in `known`, which
    others can read already, is not asked about again.
    """
    return tuple(dict.fromkeys(found for found in _all(text) if found.words not in known))


def question(found: Sequence[Personal], confirmed: str = "") -> Question | None:
    """What is still to be confirmed of these, after a yes to the marks `confirmed`; None when that is nothing."""
    marks = set(confirmed.split()) & {one.mark for one in found}
    left = [one for one in found if one.mark not in marks]
    if not left:
        return None
    listed = tuple(left[:MOST_LISTED])
    return Question(listed, len(left) - len(listed), " ".join(sorted(marks | {one.mark for one in listed})))


def _all(text: str) -> Iterator[Personal]:
    for match in _EMAIL.finditer(text):
        yield Personal(match[0], "an email address")
    for match in _PHONE.finditer(text):
        if 10 <= len(_national(match[0])) <= 11:
            yield Personal(match[0], "a phone number")
    for match in _INSURANCE.finditer(text):
        yield Personal(match[0], "a National Insurance number")
    for match in _NHS.finditer(text):
        if _is_nhs(_NO_DIGITS.sub("", match[0])):
            yield Personal(match[0], "an NHS number")


def _national(words: str) -> str:
    """The digits as they are dialled within the country."""
    digits = _NO_DIGITS.sub("", words.replace("(0)", ""))
    return f"0{digits[4:]}" if digits.startswith("0044") else f"0{digits[2:]}" if words.startswith("+") else digits


def _is_nhs(digits: str) -> bool:
    """The last digit checks the other nine. No number begins with 0, as phone numbers do."""
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[0] != "0" and check % 11 == int(digits[9])
