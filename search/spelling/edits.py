"""How likely one word is a slip for another.

The unit is the natural logarithm of how much rarer a slip is than a letter left out:
that can happen in few ways, as swapping two can, while any of 26 letters may come where
none or another belongs, and one of about seven keys may be hit beside the right one.
"""

from __future__ import annotations

LEFT_OUT = 0.0
SWAPPED = 0.2
DOUBLED = 0.5
NEIGHBOUR = 2.0
ANY_LETTER = 3.0
# Slips at the first letter are rare, for that is where people look.
FIRST_LETTER = 1.0
# What a second slip costs beside its own kind.
ANOTHER = 4.0

_ROWS = (("qwertyuiop", 0.0), ("asdfghjkl", 0.25), ("zxcvbnm", 0.75))
_KEYS = {
    letter: (place + shift, row) for row, (letters, shift) in enumerate(_ROWS) for place, letter in enumerate(letters)
}
_NEIGHBOURS = frozenset(
    (one, other)
    for one, (x, y) in _KEYS.items()
    for other, (u, v) in _KEYS.items()
    if one != other and abs(x - u) <= 1 and abs(y - v) <= 1
)


def one_slip(typed: str, meant: str) -> float | None:
    """The cost of a single slip that turns `meant` into `typed`; None where it takes more."""
    start = _same_start(typed, meant)
    end = _same_end(typed, meant, start)
    extra, missing = typed[start : len(typed) - end], meant[start : len(meant) - end]
    first = 0.0 if start else FIRST_LETTER
    if not extra and len(missing) == 1:
        return (DOUBLED / 2 if missing == meant[start - 1 : start] else LEFT_OUT) + first
    if not missing and len(extra) == 1:
        return _extra(typed, start) + first
    if len(extra) == len(missing) == 1:
        return (NEIGHBOUR if (extra, missing) in _NEIGHBOURS else ANY_LETTER) + first
    if len(extra) == len(missing) == 2 and extra == missing[::-1]:
        return SWAPPED + first
    return None


def two_slips(typed: str, meant: str) -> float | None:
    """The cost of two slips; None where it takes more. The cheapest pair counts."""
    start = _same_start(typed, meant)
    end = _same_end(typed, meant, start)
    extra, missing = typed[start : len(typed) - end], meant[start : len(meant) - end]
    if abs(len(extra) - len(missing)) > 2:
        return None
    # The first difference is the first slip; after undoing it one slip may remain.
    costs = []
    for undone, cost in _undone(extra, missing):
        rest = 0.0 if undone == missing else one_slip("." + undone + ".", "." + missing + ".")
        if rest is not None:
            costs.append(cost + rest)
    return min(costs) + ANOTHER + (0.0 if start else FIRST_LETTER) if costs else None


def _undone(extra: str, missing: str) -> list[tuple[str, float]]:
    """What was typed with one slip at its first letter undone in each possible way."""
    ways = []
    if missing:
        ways.append((missing[0] + extra, LEFT_OUT))
    if extra:
        ways.append((extra[1:], ANY_LETTER))
    if extra and missing:
        ways.append((missing[0] + extra[1:], NEIGHBOUR if (extra[0], missing[0]) in _NEIGHBOURS else ANY_LETTER))
    if len(extra) > 1 and missing:
        ways.append((extra[1] + extra[0] + extra[2:], SWAPPED))
    return ways


def _extra(typed: str, place: int) -> float:
    """The cost of a letter too many: doubled, brushed with its neighbour, or from nowhere."""
    letter = typed[place]
    beside = typed[place - 1 : place] + typed[place + 1 : place + 2]
    if letter in beside:
        return DOUBLED
    return NEIGHBOUR if any((letter, other) in _NEIGHBOURS for other in beside) else ANY_LETTER


def _same_start(one: str, other: str) -> int:
    length = min(len(one), len(other))
    for place in range(length):
        if one[place] != other[place]:
            return place
    return length


def _same_end(one: str, other: str, start: int) -> int:
    """How many letters at the end are the same, those at the start not counted again."""
    most = min(len(one), len(other)) - start
    for place in range(most):
        if one[-1 - place] != other[-1 - place]:
            return place
    return most
