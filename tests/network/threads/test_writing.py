"""Quoting, and laying out posts so that many fit on a page."""

from __future__ import annotations

import re

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from network.threads.addresses import page_of, post_address
from network.threads.writing import LONGEST_QUOTE, quoted, render_post


def test_a_quote_leaves_out_what_was_quoted_itself() -> None:
    body = "[Ann Evans](/x#post-1) wrote:\n\n> old words\n\nnew words\nmore"
    assert quoted(body, "Ben Price", "/x#post-2") == "[Ben Price](/x#post-2) wrote:\n\n> new words\n> more\n\n"


def test_a_quote_says_whose_words_it_is_whatever_their_name(app: Flask) -> None:
    with app.app_context():
        html = render_post(quoted("Use the card", "Ann [a] *b* Evans", "/x#post-2")).html
    assert '<a href="/x#post-2">Ann [a] *b* Evans</a> wrote:' in re.sub(r' rel="[^"]*"', "", html)


def test_nothing_but_a_quote_quotes_to_nothing() -> None:
    assert quoted("> old words", "Ann Evans", "/x#post-1") == ""


@given(st.text(max_size=5000))
def test_every_line_of_a_quote_is_one_and_it_stays_short(body: str) -> None:
    lines = quoted(body, "Ann Evans", "/x#post-1").splitlines()
    assert all(line.startswith(">") for line in lines[1:] if line)
    assert len("\n".join(lines)) <= LONGEST_QUOTE * 3 + 50


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
