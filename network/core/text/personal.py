"""Finds what looks like a way to reach a person, so that writers can be asked whether it may be read by others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A part before the sign is looked for up to the 64 characters that it may have: a long run of letters costs no square.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+\b")
_PHONE = re.compile(r"(?<![\w.,])(?:\+44\s?|0)\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}(?![\w])")


class Personal(NamedTuple):
    """The words as they stand in the text, and what they look like."""

    words: str
    thing: str


def personal(text: str, known: str = "") -> Personal | None:
    """The first email address of a plain text, else its first phone number. What stands in `known`, which others
    can read already, is not asked about again.
    """
    return next((found for found in _all(text) if found.words not in known), None)


def _all(text: str) -> Iterator[Personal]:
    for pattern, thing in ((_EMAIL, "an email address"), (_PHONE, "a phone number")):
        for match in pattern.finditer(text):
            yield Personal(match[0], thing)
