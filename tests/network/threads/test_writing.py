"""Quoting, and laying out posts so that many fit on a page."""

from __future__ import annotations

import re

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from network.threads.addresses import page_of, post_address
from network.threads.writing import LONGEST_QUOTE, quoted, render_post


def test_a_quote_leaves_out_what_was_quoted_itself() -> None:
    assert quoted("> old words\n\nnew words\nmore") == "> new words\n> more\n\n"


def test_nothing_but_a_quote_quotes_to_nothing() -> None:
    assert quoted("> old words") == ""


@given(st.text(max_size=5000))
def test_every_line_of_a_quote_is_one_and_it_stays_short(body: str) -> None:
    lines = quoted(body).splitlines()
    assert all(line.startswith(">") for line in lines if line)
    assert len(quoted(body)) <= LONGEST_QUOTE * 3 + 10


def test_two_posts_with_the_same_heading_have_ids_of_their_own(app: Flask) -> None:
    with app.app_context():
        one, other = render_post("## Why").html, render_post("## Why").html
    ids = re.findall(r'id="([^"]+)"', one + other)
    assert len(ids) == 2
    assert ids[0] != ids[1]
    assert "<h3" in one


def test_a_post_is_found_on_its_page() -> None:
    assert [page_of(number) for number in (1, 30, 31, 60, 61)] == [1, 1, 2, 2, 3]
    assert post_address("/x", 30) == "/x#post-30"
    assert post_address("/x", 47) == "/x?page=2#post-47"
