"""The small parts under the engine: bit sets and packed positions."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from search.content import content_of
from search.engines.whoosh.bitsets import ValueSets, bits_of, flags_of, members
from search.engines.whoosh.schema import decode_positions, encode_positions, fields_of, record_of
from search.engines.whoosh.times import Times
from tests.search.building import document

numbers = st.sets(st.integers(0, 299))


@given(numbers)
def test_bits_hold_their_members(chosen: set[int]) -> None:
    bits = bits_of(chosen, 300)
    assert list(members(bits)) == sorted(chosen)
    assert bits.bit_count() == len(chosen)
    flags = flags_of(bits, 300)
    assert len(flags) == 300
    assert {n for n in range(300) if flags[n]} == chosen


@given(st.dictionaries(st.sampled_from("abcde"), numbers), numbers)
def test_values_are_counted_frequent_or_rare(having: dict[str, set[int]], among: set[int]) -> None:
    sets = ValueSets(300)
    for number in range(300):
        for value, chosen in having.items():
            if number in chosen:
                sets.add(value, number)
    sets.pack()
    expected = {value: len(chosen & among) for value, chosen in having.items() if chosen & among}
    assert sets.counts(bits_of(among, 300)) == expected
    assert set(members(sets.of(["a", "b", "zz"]))) == having.get("a", set()) | having.get("b", set())


@given(st.sets(st.integers(0, 2**40), min_size=1).map(sorted))
def test_positions_come_back(positions: list[int]) -> None:
    assert decode_positions(encode_positions(positions)) == positions


@given(st.lists(st.floats(0, 50), max_size=40), st.lists(st.floats(-1, 51), max_size=40))
def test_times_bound(updated: list[float], moments: list[float]) -> None:
    times = Times(array("d", updated))
    for moment in moments * 2:
        found = set(members(times.since(moment)))
        assert found == {number for number, changed in enumerate(updated) if changed >= moment}


def test_records_come_back() -> None:
    item = document("guide:1", "Ünïcode “title”", "body text", facets={"topic": ("a", "b"), "none": ()}, uses=3, day=2)
    record = record_of(fields_of(item, content_of(item))["record"])
    assert (record.key, record.title, record.uses) == ("guide:1", "Ünïcode “title”", 3)
    assert record.facets == {"topic": ["a", "b"]}
    assert record.updated == item.updated.timestamp()
    assert record.body_length == 2
