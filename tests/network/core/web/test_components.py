"""The macros: hostile text stays text, ids are whole, and what people rely on is there."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from markupsafe import Markup

from tests.support.component_samples import SAMPLES
from tests.support.components import ROOT, make_environment, read, tags

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>' onmouseover='x {{ 7*7 }}"
OWN_WORDS = {"answered", "added", "removed", "good", "warn", "check", "clock"}
"""States, kinds and drawings: the application's own, never somebody's text."""


def poisoned(value: Any) -> Any:
    """The same arguments with hostile words in place of every text."""
    if isinstance(value, Markup):
        return value
    if isinstance(value, str):
        return value if value in OWN_WORDS else HOSTILE
    if isinstance(value, dict):
        return {name: poisoned(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(poisoned(each) for each in value)
    return value


def render(name: str, arguments: dict[str, Any]) -> str:
    module = make_environment().get_template(f"components/{name}.html").module
    return str(getattr(module, name)(**arguments))


def shape(html: str) -> list[tuple[str, list[str]]]:
    return [(tag, sorted(attributes)) for tag, attributes in tags(html)]


@pytest.mark.parametrize("name", SAMPLES)
def test_hostile_text_comes_out_as_text(name: str) -> None:
    """Were it read as markup, there would be other tags or attributes than with harmless words."""
    assert shape(render(name, poisoned(SAMPLES[name]))) == shape(render(name, SAMPLES[name]))


@pytest.mark.parametrize("name", SAMPLES)
def test_ids_are_unique_and_references_lead_somewhere(name: str) -> None:
    attributes = [found for _, found in tags(render(name, SAMPLES[name]))]
    ids = Counter(found["id"] for found in attributes if "id" in found)
    assert not [twice for twice, count in ids.items() if count > 1]
    for found in attributes:
        for reference in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            assert set(found.get(reference, "").split()) <= set(ids)


def test_every_component_has_a_sample() -> None:
    files = {path.stem for path in (ROOT / "templates/components").glob("*.html")}
    tested_elsewhere = {"fields", "composer", "error_summary", "panel", "note"}
    assert files == set(SAMPLES) | tested_elsewhere


def test_every_component_is_on_some_page() -> None:
    """Or in a part that such a page is made of; one that only has a sample is dead."""
    templates = ROOT / "templates"
    text = "".join(path.read_text() for path in templates.rglob("*.html"))
    text += "".join(path.read_text() for path in (ROOT / "network").rglob("*.py"))
    files = {path.stem for path in (templates / "components").glob("*.html")}
    assert files == set(re.findall(r"""["']components/(\w+)\.html["']""", text))


@pytest.mark.parametrize("name", ["panel", "note"])
def test_a_box_holds_what_it_is_called_with(name: str) -> None:
    source = f'{{% from "components/{name}.html" import {name} %}}{{% call {name}(words) %}}<p>Body</p>{{% endcall %}}'
    html = make_environment().from_string(source).render(words=HOSTILE)
    assert "<p>Body</p>" in html
    assert not {"script", "img"} & {tag for tag, _ in tags(html)}


def test_a_mark_in_a_search_hit_stays_a_mark_and_the_rest_is_text() -> None:
    title = Markup("{}<mark>{}</mark>").format("<b>", "plan")
    html = render("row", {"item": {"address": "/a", "title": title}})
    assert "&lt;b&gt;<mark>plan</mark>" in html


def test_only_the_title_of_a_row_is_a_link() -> None:
    links = [found["href"] for tag, found in tags(render("row", SAMPLES["row"])) if tag == "a"]
    assert links == ["/library/a"]


def test_a_new_row_says_so_in_words() -> None:
    assert "(new since your last visit)" in read(render("row", SAMPLES["row"]))


def test_added_and_removed_words_are_named_for_those_who_cannot_see_them() -> None:
    words = read(render("difference", SAMPLES["difference"]))
    assert words[words.index("added:") + 2] == "new"
    assert words[words.index("removed:") + 2] == "old"


@pytest.mark.parametrize("name", ["filters", "contents", "waiting", "banner"])
def test_an_empty_list_leaves_nothing_behind(name: str) -> None:
    assert render(name, {("messages" if name == "banner" else "items"): []}).strip() == ""


def test_one_page_needs_no_page_links() -> None:
    assert render("pagination", {"pages": {"items": [{"number": 1, "address": "/", "current": True}]}}).strip() == ""


def test_templates_name_only_icons_that_exist() -> None:
    drawn = {path.stem for path in (ROOT / "static/src/images/icons").glob("*.svg")}
    pattern = re.compile(r"""(?:\bicon\(|\bdrawing\(|"icon": )["']([a-z]+)["']|icons\.svg['"]\) \}\}#([a-z]+)""")
    named = {
        one or other
        for path in (ROOT / "templates").rglob("*.html")
        for one, other in pattern.findall(path.read_text())
    }
    assert named
    assert named <= drawn


def test_the_documentation_shows_every_macro() -> None:
    described = (ROOT / "docs/front-end.md").read_text()
    for path in (ROOT / "templates/components").glob("*.html"):
        assert re.search(rf"`(\{{% call )?{path.stem}\(|`components/{path.stem}\.html`", described), path.stem
