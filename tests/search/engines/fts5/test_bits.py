"""Sets of documents as bits, compared with plain sets and lists of Python."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from search.engines.fts5.bits import added, bits_of, flags_of, highest, levels, members, put, union
from search.engines.fts5.order import Order
from search.engines.fts5.values import ValueSets

numbers = st.sets(st.integers(0, 300))
amounts = st.lists(st.integers(0, 40), min_size=1, max_size=60)


def slices_of(values: list[int]) -> list[int]:
    slices = [0] * 6
    for number, value in enumerate(values):
        put(slices, 1 << number, value)
    return slices


def value_at(slices: list[int], number: int) -> int:
    return sum((bits >> number & 1) << place for place, bits in enumerate(slices))


@given(numbers)
def test_a_set_comes_back(chosen: set[int]) -> None:
    bits = bits_of(sorted(chosen))
    assert members(bits) == sorted(chosen)
    flags = flags_of(bits)
    assert all(flags[number >> 3] >> (number & 7) & 1 for number in chosen)


def test_large_sets_come_back() -> None:
    chosen = list(range(0, 30_000, 7))
    assert members(bits_of(chosen)) == chosen


@given(amounts, st.data())
def test_adds_every_document_at_once(values: list[int], data: st.DataObject) -> None:
    others = data.draw(st.lists(st.integers(0, 40), min_size=len(values), max_size=len(values)))
    total = added(slices_of(values), slices_of(others))
    assert [value_at(total, number) for number in range(len(values))] == list(map(int.__add__, values, others))


@given(amounts)
def test_levels_hold_every_document_once(values: list[int]) -> None:
    everyone = (1 << len(values)) - 1
    found = levels(slices_of(values), everyone)
    assert union(bits for _, bits in found) == everyone
    assert sum(bits.bit_count() for _, bits in found) == len(values)
    for level, bits in found:
        for number in members(bits):
            # Great numbers may stand in a group with the next lower power of two.
            assert level == values[number] if values[number] < 8 else level <= values[number] < 2 * level


@given(amounts, st.integers(1, 20))
def test_the_highest_are_the_highest(values: list[int], wanted: int) -> None:
    above, level = highest(slices_of(values), (1 << len(values)) - 1, wanted)
    chosen = members(above | level)
    assert len(chosen) >= min(wanted, len(values))
    assert above.bit_count() < wanted
    limit = sorted(values, reverse=True)[:wanted][-1]
    assert chosen == [number for number, value in enumerate(values) if value >= limit]


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=3), max_size=40), numbers, st.integers(0, 40))
def test_values_are_counted_among_some(given_values: list[list[str]], among: set[int], split: int) -> None:
    sets = ValueSets()
    for start, end in ((0, split), (split, len(given_values))):
        found: dict[str, list[int]] = {}
        for number, values in enumerate(given_values[start:end], start):
            for value in set(values):
                found.setdefault(value, []).append(number)
        # A large size keeps rare values as lists, so both ways are tried.
        sets.extend(found, 1_000)
    expected = Counter(v for n, values in enumerate(given_values) if n in among for v in set(values))
    assert sets.counts(bits_of(sorted(among))) == dict(expected)
    assert members(sets.of("ab")) == [n for n, values in enumerate(given_values) if {"a", "b"} & set(values)]


@given(st.lists(st.integers(0, 9).map(float), max_size=50), numbers, st.integers(1, 10), st.integers(0, 9))
def test_orders_old_and_new_documents(values: list[float], among: set[int], wanted: int, limit: int) -> None:
    order = Order(values, len(values) // 2)
    assert members(order.at_least(limit, len(values))) == [n for n, value in enumerate(values) if value >= limit]
    asked = [number for number in sorted(among) if number < len(values)]
    ordered = sorted((values[number] for number in asked), reverse=True)[:wanted]
    expected = [number for number in asked if values[number] >= ordered[-1]] if asked else []
    assert order.highest(bits_of(asked), wanted) == expected


def test_walks_down_a_long_order() -> None:
    values = [float(number * 7919 % 10_007) for number in range(10_000)]
    found = Order(values, 9_500).highest((1 << 10_000) - 1, 20)
    assert sorted((values[n] for n in found), reverse=True) == sorted(values, reverse=True)[:20]
