"""Two people save the same thing: the second is shown what the first one saved, and nobody's words are lost.

A form remembers a fingerprint of what it showed. The action compares it, behind the row's lock, with what is stored
now. Fingerprints are made of the very words in the form, so that a reply or a new photo is no conflict.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


class ChangedMeanwhile(Exception):
    """What the form showed is no longer what is stored; `stored` is, under the names of the form's fields."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        super().__init__("changed meanwhile")
        self.stored = stored


def fingerprint(values: Mapping[str, Any]) -> str:
    """The same for the same values, whatever order lists come in."""
    plain = {name: sorted(map(str, value)) if isinstance(value, list) else value for name, value in values.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:32]


def require_unchanged(base: str, stored: Mapping[str, Any]) -> None:
    """First thing after the row is locked: raises ChangedMeanwhile unless the form began from what is stored."""
    if base != fingerprint(stored):
        raise ChangedMeanwhile(stored)
