"""Where a segment says a phrase."""

from __future__ import annotations

from collections.abc import Callable

from search.engines.whoosh.bitsets import bits_of, members
from search.engines.whoosh.segment import Segment
from search.plan import Option


def saying(segment: Segment, field: str, option: Option, among: int, late: Callable[[], bool]) -> dict[int, int]:
    """How often each document of `among` says exactly this in the field; nothing once it is late."""
    holding = among
    for term, _ in option:
        holding &= bits_of(segment.postings(field, term)[0], segment.size)
        if not holding:
            return {}
    candidates = set(members(holding))
    starts: dict[int, set[int]] = {}
    for place, (term, offset) in enumerate(option):
        if late():
            return {}
        standing = segment.positions(field, term, candidates)
        starts = {
            number: here if place == 0 else here & starts[number]
            for number in candidates
            if (here := {position - offset for position in standing.get(number, ())})
        }
        candidates = {number for number, left in starts.items() if left}
    return {number: len(starts[number]) for number in candidates}
