"""Counts what difflib does: time differs from machine to machine, the pairs it looks at do not."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

import pytest

from network.core.text import matching


def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs that match difflib has looked at, in a list of one number."""
    count = [0]

    class Counting(SequenceMatcher[str]):
        a: list[str]
        b2j: dict[str, list[int]]

        def find_longest_match(self, alo: int = 0, ahi: int | None = None, *rest: Any) -> Any:
            found = super().find_longest_match(alo, ahi, *rest)
            count[0] += sum(len(self.b2j.get(self.a[at], ())) for at in range(alo, len(self.a) if ahi is None else ahi))
            return found

    monkeypatch.setattr(matching, "SequenceMatcher", Counting)
    return count
