"""Where a segment says a phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from search.engines.whoosh.bitsets import members
from search.engines.whoosh.segment import Segment
from search.plan import Option


def saying(segment: Segment, field: str, option: Option, among: int, late: Callable[[], bool]) -> dict[int, int]:
    """How often each document of `among` says exactly this in the field; nothing once it is late.

    The rarest term is read first. What it leaves over decides how much is read of the frequent ones: of "terms of
    reference" nearly all that "of" would cost is saved.
    """
    candidates: Sequence[int] = members(holding(segment, field, option, among, late))
    starts: dict[int, set[int]] = {}
    for place, (term, offset) in enumerate(_rarest_first(segment, field, option)):
        standing = segment.positions(field, term, candidates, late)
        if late():
            return {}
        here = {number: {position - offset for position in positions} for number, positions in standing.items()}
        starts = {number: both for number in here if (both := here[number] & starts[number])} if place else here
        candidates = list(starts)
    return {number: len(found) for number, found in starts.items()}


def holding(segment: Segment, field: str, option: Option, among: int, late: Callable[[], bool]) -> int:
    """The documents of `among` that hold all the terms in the field, in this order or not; none once it is late."""
    for term, _ in _rarest_first(segment, field, option):
        if not among or late():
            return 0
        among &= segment.holders(field, term)
    return among


def _rarest_first(segment: Segment, field: str, option: Option) -> Iterable[tuple[str, int]]:
    return sorted(option, key=lambda part: segment.frequency(field, part[0]))
