"""Links to people who left are found in texts of any kind, at a cost that grows with the text and no faster."""

from __future__ import annotations

import pytest
from flask import Flask

from network.core.text.markdown import MAX_SOURCE, render
from network.people.links import A_FORMER_MEMBER, without_links, without_links_to_nobody
from tests.support.cost import grows_gently

ZED = "/people/zed-gone"


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        (f"{ZED} ", "<a "),
        (f"{ZED} <a ", f'href="{ZED}" '),
        (f"<a href='{ZED}' ", f'<a href="{ZED}">'),
        (f"<a {ZED}>", f'<a href="{ZED}" x'),
        (f"{ZED} ", "["),
        (f"{ZED} ", "\\["),
        (f"{ZED} ", "[a]("),
        (f"[a]: {ZED}\n", " "),
        (f"[a]: {ZED}\n[a]: ", "\n"),
        (f"[a]({ZED} ", " "),
    ],
)
def test_looking_for_links_costs_as_much_as_there_is_to_look_at(app: Flask, before: str, piece: str) -> None:
    with app.app_context():
        assert grows_gently(lambda size: without_links(before + piece * (size // len(piece)), ["zed-gone"]), 32_000)


def test_a_text_over_every_limit_is_left_to_the_form(app: Flask) -> None:
    text = f"[Zed]({ZED}) " + "x" * MAX_SOURCE
    with app.app_context():
        assert without_links_to_nobody(text) == text


@pytest.mark.parametrize(
    "source",
    [f"Ask [Zed Gone]({ZED}).", f'[Zed Gone]({ZED} "What <a> Zed > all")', f"[a]: {ZED}\n\n[Zed Gone][a]", f"<{ZED}>"],
)
def test_no_name_is_left_in_what_readers_see(app: Flask, source: str) -> None:
    with app.app_context():
        for text in (source, render(source).html):
            left = without_links(text, ["zed-gone"])
            assert "Zed" not in left
            assert ZED not in left
            assert A_FORMER_MEMBER in left or "[Zed" not in source


def test_the_words_of_a_link_can_stay(app: Flask) -> None:
    html = f'<p><a href="{ZED}">Zed</a> and <a href="/people/ann">Ann</a></p>'
    with app.app_context():
        assert without_links(html, ["zed-gone"], keep_words=True) == '<p>Zed and <a href="/people/ann">Ann</a></p>'
