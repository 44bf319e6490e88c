"""What differs between two rows of lines, words or paragraphs, found by work that is bounded whatever they hold.

difflib alone takes time that grows with the third power where few distinct things stand many times: half a kilobyte
made for that costs a second. So what both begin and end with is set aside first, and what stands in both once; only
the stretches in between go to difflib, each as far as a budget reaches. A stretch that would cost more is taken as
changed from end to end: coarser, never waited for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

Stretch = tuple[int, int, int, int]
"""What stands as [a1, a2) in the one stands as [b1, b2) in the other."""

Script = list[Stretch]
"""What differs, in order, never overlapping; everything else is the same."""

WORK = 1_000_000
"""Steps that one comparison may take, about a tenth of a second; several can share them."""

COUNTING = 4
"""Steps that it takes to count one line or word."""


def differing(a: Sequence[str], b: Sequence[str], work: list[int], junk: Callable[[str], bool] | None = None) -> Script:
    """What differs, as finely as it can be told with the steps that `work` allows, which it uses up.

    junk: what is the same by chance everywhere, such as spaces, and no reason to call two stretches alike.
    """
    found: Script = []
    waiting: Script = [(0, len(a), 0, len(b))]
    while waiting:
        stretch = _inner(a, b, waiting.pop())
        a1, a2, b1, b2 = stretch
        cost = _cost(a, b, stretch, junk)
        if a1 == a2 or b1 == b2 or not cost:
            found += [stretch] if a1 < a2 or b1 < b2 else []
            continue
        work[0] -= COUNTING * (a2 - a1 + b2 - b1)
        anchors = _anchors(a, b, stretch, junk) if work[0] >= 0 else []
        if anchors:
            waiting += _between(stretch, anchors)
        elif cost <= work[0]:
            work[0] -= cost
            codes = SequenceMatcher(junk, a[a1:a2], b[b1:b2], autojunk=False).get_opcodes()
            found += [(i1 + a1, i2 + a1, j1 + b1, j2 + b1) for tag, i1, i2, j1, j2 in codes if tag != "equal"]
        else:
            found.append(stretch)
    return sorted(found)


def _inner(a: Sequence[str], b: Sequence[str], stretch: Stretch) -> Stretch:
    """Without what both begin and end with."""
    a1, a2, b1, b2 = stretch
    while a1 < a2 and b1 < b2 and a[a1] == b[b1]:
        a1, b1 = a1 + 1, b1 + 1
    while a1 < a2 and b1 < b2 and a[a2 - 1] == b[b2 - 1]:
        a2, b2 = a2 - 1, b2 - 1
    return a1, a2, b1, b2


def _cost(a: Sequence[str], b: Sequence[str], stretch: Stretch, junk: Callable[[str], bool] | None) -> int:
    """Steps that difflib takes at most: it looks at all pairs that match, once for each match that it finds."""
    a1, a2, b1, b2 = stretch
    in_a, in_b = Counter(a[a1:a2]), Counter(b[b1:b2])
    pairs = sum(count * in_b[one] for one, count in in_a.items() if junk is None or not junk(one))
    return pairs * (min(a2 - a1, b2 - b1) + 1)


def _anchors(
    a: Sequence[str], b: Sequence[str], stretch: Stretch, junk: Callable[[str], bool] | None
) -> list[tuple[int, int]]:
    """What stands in both once, as many as keep their order."""
    a1, a2, b1, b2 = stretch
    in_a, in_b = Counter(a[a1:a2]), Counter(b[b1:b2])
    where = {b[at]: at for at in range(b1, b2) if in_b[b[at]] == 1}
    once = [(at, where[a[at]]) for at in range(a1, a2) if in_a[a[at]] == 1 and a[at] in where]
    return _longest([pair for pair in once if junk is None or not junk(a[pair[0]])])


def _longest(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise; the first ones do."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [at]
    run: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


def _between(stretch: Stretch, anchors: list[tuple[int, int]]) -> Iterator[Stretch]:
    """The stretches between what is the same."""
    i, a2, j, b2 = stretch
    for at, place in [*anchors, (a2, b2)]:
        if i < at or j < place:
            yield i, at, j, place
        i, j = at + 1, place + 1
