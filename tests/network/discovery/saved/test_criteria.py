"""What a saved search asks: every word, whatever was typed."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from network.discovery.saved.criteria import all_of, read
from search.query import parse
from search.stopwords import STOP_WORDS


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("damp letter", "+damp +letter"),
        ("how to write a letter", "how to +write a +letter"),
        ('"damp letter" flats', '+"damp letter" +flats'),
        ("damp -mould", "+damp -mould"),
        ("+damp", "+damp"),
        ("data shar*", "+data +shar*"),
        ("the who", "the who"),
        ("", ""),
    ],
)
def test_every_word_is_demanded(typed: str, asked: str) -> None:
    assert all_of(typed) == asked


@given(st.text(max_size=80))
def test_whatever_is_typed_nothing_is_only_wished_for(text: str) -> None:
    wished = [clause for clause in parse(all_of(text)).clauses if clause.mode == "any"]
    assert all(clause.text.lower() in STOP_WORDS["en"] for clause in wished)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(["q", "in", "topic", "kind", "sort", "page", "x"]), st.text(max_size=30))))
def test_an_address_is_read_as_it_was_written(app: Flask, pairs: list[tuple[str, str]]) -> None:
    with app.app_context():
        found = read(MultiDict(pairs))
        assert read(MultiDict(found.pairs)) == found


def test_control_characters_are_not_kept(app: Flask) -> None:
    with app.app_context():
        found = read(MultiDict([("q", "da\x01mp\x00 \ufdd0letter"), ("topic", "open\x00-data"), ("topic", "\x00")]))
    assert (found.text, dict(found.filters)) == ("damp letter", {"topic": ("open-data",)})


def test_dates_and_titles_are_kept_for_the_address_and_nonsense_is_not(app: Flask) -> None:
    with app.app_context():
        kept = read(
            MultiDict([("q", "damp"), ("titles", "1"), ("after", "2025"), ("changed", "year"), ("before", "x")])
        )
        assert dict(kept.pairs) == {"q": "damp", "titles": "1", "after": "2025", "changed": "year"}
        query = kept.query(frozenset({"public"}), 10)
    assert query.titles_only
    assert not query.filters
    assert query.since is query.until is None
