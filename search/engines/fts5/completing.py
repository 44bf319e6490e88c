"""Titles that go on from what was begun, and how many documents hold a word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import reduce
from heapq import nsmallest
from operator import and_

from search.completion import begun_words
from search.engines.fts5.bits import members
from search.engines.fts5.failures import reading
from search.engines.fts5.index import Reader
from search.engines.fts5.postings import anywhere
from search.plan import words_of


def complete(reader: Reader, prefix: str, audiences: frozenset[str], limit: int) -> list[tuple[str, str]]:
    """(title, key) of visible documents, the most used first, then the shorter title."""
    begun = begun_words(prefix)
    if not begun or limit < 1:
        return []
    columns, view = reader.columns, reader.view
    bits = reader.postings.beginning(reader.connection, view, tuple(begun))
    numbers = members(bits & view.living & columns.audiences.of(audiences))

    def place(number: int) -> tuple[int, int]:
        return -columns.uses[number], columns.title_letters[number]

    first = nsmallest(limit, numbers, key=place)
    if len(first) == limit:
        # Equals are ordered by their titles, so all that tie with the last one are read.
        last = place(first[-1])
        first = [number for number in numbers if place(number) <= last]
    titles = _titles(reader, first)
    first.sort(key=lambda number: (*place(number), titles[number], columns.keys[number]))
    return [(titles[number], columns.keys[number]) for number in first[:limit]]


def _titles(reader: Reader, numbers: list[int]) -> dict[int, str]:
    with reading("reading titles"):
        rows = reader.connection.execute(
            "SELECT number, title FROM document WHERE number IN (SELECT value FROM json_each(?))",
            (json.dumps(numbers),),
        )
        return {number: str(title) for number, title in rows}


def frequencies(reader: Reader, words: Iterable[str], audiences: frozenset[str]) -> dict[str, int]:
    """How many visible documents hold each word."""
    view = reader.view
    visible = view.living & reader.columns.audiences.of(audiences)
    found = {}
    for word in words:
        parts = [
            anywhere(reader.postings.counts(reader.connection, view, part)) for part in words_of(word, view.languages)
        ]
        found[word] = reduce(and_, parts, visible).bit_count() if parts else 0
    return found
