"""The frame of the pages: what every page says about itself, whoever reads it, and the error pages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.support.components import ROOT, make_environment, page_context, read, tags

PAGE = """{% extends "layouts/base.html" %}
{% block title %}{{ words }}{% endblock %}
{% block content %}<h1>{{ words }}</h1>{% endblock %}"""
ERRORS = sorted(path.stem for path in (ROOT / "templates/errors").glob("[0-9]*.html"))


def page(source: str = PAGE, **context: Any) -> str:
    """The page, where every name that is not given would be an error."""
    return make_environment(strict=True).from_string(source).render(page_context(words="Library", **context))


def title(html: str) -> str:
    parts = read(html)
    found = parts[parts.index(("title", {})) + 1]
    assert isinstance(found, str)
    return found


def attributes(html: str, tag: str) -> list[dict[str, str]]:
    return [found for name, found in tags(html) if name == tag]


def test_the_title_is_the_page_then_the_site() -> None:
    assert title(page()) == "Library – Our network"


@pytest.mark.parametrize(
    "context", [{"page_error": True}, {"form": SimpleNamespace(errors={"title": ["Enter a title"]})}]
)
def test_a_page_with_errors_says_so_first(context: dict[str, Any]) -> None:
    assert title(page(**context)) == "Error: Library – Our network"


def test_a_form_without_errors_changes_no_title() -> None:
    assert title(page(form=SimpleNamespace(errors={}))) == "Library – Our network"


def test_a_visitor_is_offered_to_sign_in_and_gets_no_form_that_changes_anything() -> None:
    html = page()
    assert {"/sign-in", "/join", "/share"} <= {link["href"] for link in attributes(html, "a")}
    assert [form["method"] for form in attributes(html, "form")] == ["get"]


def test_whoever_is_signed_in_can_sign_out_from_every_page_without_script() -> None:
    html = page(signed_in=True)
    form = next(form for form in attributes(html, "form") if form.get("action") == "/sign-out")
    assert form["method"] == "post"
    assert {"type": "hidden", "name": "csrf_token", "value": "token-of-this-page"} in attributes(html, "input")
    assert "/sign-in" not in {link["href"] for link in attributes(html, "a")}


def test_a_shared_computer_is_announced_with_a_way_out() -> None:
    html = page(signed_in=True, shared_computer=SimpleNamespace(until="2:32pm", warn_in=9, warn_every=9, unsent=False))
    assert "sign you out at 2:32pm" in html
    assert "Sign out now and clear this browser" in read(html)
    assert any(button.get("form") == "sign-out" for button in attributes(html, "button"))


def test_the_current_place_is_marked() -> None:
    current = [link for link in attributes(page(), "a") if "aria-current" in link]
    assert [link["href"] for link in current] == ["/"]


def test_a_masthead_is_inside_main_and_absent_when_empty() -> None:
    with_mast = PAGE + "{% block masthead %}<p>Band</p>{% endblock %}"
    classes = [div.get("class") for div in attributes(page(with_mast), "div")]
    assert "cp-mast" in classes
    assert "cp-mast" not in [div.get("class") for div in attributes(page(), "div")]
    assert len(attributes(page(with_mast), "h1")) == 1


@pytest.mark.parametrize("source", [PAGE, PAGE + "{% block masthead %}<p>Band</p>{% endblock %}"])
def test_what_just_happened_is_shown_once(source: str) -> None:
    assert read(page(source, banner=["Your reply is <posted>"])).count("Your reply is <posted>") == 1


def test_a_page_that_imports_the_banner_macro_still_renders() -> None:
    source = PAGE.replace("{% block title", '{% from "components/banner.html" import banner %}{% block title', 1)
    assert title(page(source)) == "Library – Our network"


def test_hostile_words_in_the_frame_come_out_as_text() -> None:
    hostile = '"><script>alert(1)</script>'
    context = page_context(words=hostile, search_text=hostile, page_language=hostile, theme=hostile, signed_in=True)
    context["viewer"].name = context["viewer"].handle = context["site"].name = hostile
    html = make_environment(strict=True).from_string(PAGE).render(context)
    assert all(script.get("src") for script in attributes(html, "script"))
    assert title(html).startswith(hostile)


def test_nothing_is_inline() -> None:
    html = page(signed_in=True)
    assert all(script["src"].startswith("/static/") for script in attributes(html, "script"))
    assert not attributes(html, "style")
    assert not [name for _, found in tags(html) for name in found if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("signed_in", [False, True])
def test_an_error_page_says_what_happened_and_where_to_go(code: str, signed_in: bool) -> None:
    template = make_environment(strict=True).get_template(f"errors/{code}.html")
    html = template.render(page_context(signed_in=signed_in, reference="7F2K-91"))
    parts = read(html)
    heading = parts[next(place for place, part in enumerate(parts) if part[0] == "h1") + 1]
    assert title(html) == f"{heading} – Our network"
    assert any("7F2K-91" in part for part in parts if isinstance(part, str))
    assert "/" in {link["href"] for link in attributes(html, "a")}


@pytest.mark.parametrize("code", ["500", "503"])
def test_the_worst_pages_come_out_when_nothing_else_works(code: str) -> None:
    """Without a viewer, a site, assets or translation."""
    env = make_environment(strict=True)
    for name in ("asset", "csrf_token", "_", "gettext", "ngettext"):
        env.globals.pop(name, None)
    assert title(env.get_template(f"errors/{code}.html").render()).startswith("Sorry")
