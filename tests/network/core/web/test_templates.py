"""What our templates do otherwise than Jinja's: words written into their code, keys before attributes, parts kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

from network.core.web.laid_out import kept_markup
from tests.support.cast import Cast


class Thing:
    colour = "green"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('{{ _("Fish & chips") }}', "Fish &amp; chips"),
        ('{{ _("%(n)s < 3", n=2) }}', "2 < 3"),
        ('{{ _("one") if yes else _("two") }}', "one"),
        ("{{ mapping.items }}, {{ mapping.colour }}", "3, red"),
        ("{{ thing.colour }}{{ thing.size }}{{ mapping.size }}", "green"),
    ],
)
def test_words_and_names(app: Flask, source: str, shown: str) -> None:
    with app.test_request_context():
        given: dict[str, Any] = {"yes": True, "mapping": {"items": 3, "colour": "red"}, "thing": Thing()}
        assert render_template_string(source, **given) == shown


def test_what_is_laid_out_once_depends_on_what_it_is_given(app: Flask) -> None:
    source = "{% macro part(text) %}<p>{{ text }}</p>{% endmacro %}{{ laid_out(part, given) }}"
    with app.test_request_context():
        template = app.jinja_env.from_string(source)
        shown = [template.render(given=given) for given in ("a", "b", "a", "<b>", Markup("<b>"))]
    assert shown == ["<p>a</p>", "<p>b</p>", "<p>a</p>", "<p>&lt;b&gt;</p>", "<p><b></p>"]


def test_each_kind_of_part_is_begun_once_and_laid_out_once_for_what_it_is_given(app: Flask) -> None:
    made: list[object] = []

    def begin() -> Callable[[object], str]:
        made.append("begun")
        return lambda given: made.append(given) or f"<p>{given}</p>"

    for given in (1, 2, 1, True):
        part = kept_markup(app, "numbers", 10, begin, typed=True)(given)
        assert part == Markup("<p>{}</p>").format(given)
    assert made == ["begun", 1, 2, True]
    assert kept_markup(app, "words", 10, lambda: str)(1) == "1"


def test_nobody_gets_the_frame_of_somebody_else(app: Flask, cast: Cast) -> None:
    """Header and menu are kept: each viewer has their own, and a search its own words."""
    people = ("Priya Raman", "Owen Price")
    clients = {name: cast.client(cast.person(name)) for name in people}
    visitor = cast.client()
    for _ in range(2):
        for name, client in clients.items():
            html = client.get("/library").text
            others = [other for other in people if other != name]
            assert name in html
            assert not any(other in html for other in others)
        html = visitor.get("/library").text
        assert not any(name in html for name in people)
        assert "Sign in" in html
        assert 'value="bees &#34;&lt;"' in visitor.get('/search?q=bees+"<').text
        assert 'value=""' in visitor.get("/library").text


def test_each_session_signs_its_own_forms(app: Flask, cast: Cast) -> None:
    tokens = set()
    for name in ("Priya Raman", "Owen Price"):
        html = cast.client(cast.person(name)).get("/library").text
        tokens.add(html.split('name="csrf_token" value="')[1].split('"')[0])
    assert len(tokens) == 2
