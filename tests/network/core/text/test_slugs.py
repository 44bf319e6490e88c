"""Addresses made from titles."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.core.text.slugs import RESERVED, free, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Damp and mould: what to say", "damp-and-mould-what-to-say"),
        ("Tŷ ŵyr – À la carte", "ty-wyr-a-la-carte"),
        ("The council's plan", "the-councils-plan"),
        ("Straße & Øre", "strasse-ore"),
        ("日本語", "untitled"),
        ("", "untitled"),
        ("New", "new-page"),
        ("2026", "2026-page"),
    ],
)
def test_title_becomes_slug(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_long_titles_are_cut_between_words() -> None:
    slug = slugify("word " * 40)
    assert len(slug) <= 80
    assert set(slug.split("-")) == {"word"}


@given(st.text(max_size=300))
def test_every_title_gives_an_address_of_its_own_shape(title: str) -> None:
    slug = slugify(title)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    assert len(slug) <= 85
    assert slug not in RESERVED
    assert not slug.isdigit()


def test_a_part_that_is_taken_gets_the_first_number_that_is_free() -> None:
    assert free("damp", set()) == "damp"
    assert free("damp", {"damp", "damp-2"}) == "damp-3"
    assert free("a" * 85, {"a" * 85}) == "a" * 80 + "-2"
    assert free("damp-and-mould", {"damp-and-mould"}, stem="damp") == "damp-2"
