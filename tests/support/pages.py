"""The page-checking client: every page that any test fetches is parsed and checked for what each page must have.

Pages are the same on PostgreSQL, where the run that goes before has checked them on SQLite.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from tests.support.html import not_as_written, parsed_page
from tests.support.postgres import ON_POSTGRES

LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}
ACCENTS = re.compile(r"\s+")


class PageClient(FlaskClient):
    """As Flask's client; fails when an HTML page that it is given is not what a page of ours must be."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Fetch, check, return."""
        response = super().open(*args, **kwargs)
        page = response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 307, 308)
        if page and not ON_POSTGRES:
            html = response.get_data(as_text=True)
            if "attachment" in response.headers.get("Content-Disposition", ""):
                _parse(html)  # A file to keep stands by itself, style and all; it has to be valid like any page.
            else:
                check_page(html, self.application)
        return response


def check_page(html: str, app: Any = None) -> None:
    """Raise AssertionError that names the first thing wrong with the page."""
    root = _parse(html)
    elements = list(root.iter())
    _check_title(root)
    _check_ids(elements)
    _check_names(root, elements)
    _check_hidden_words(elements)
    _check_landmarks(elements)
    _check_nothing_inline(elements)
    _check_pictures(elements)
    _check_forms(elements)
    if app is not None:
        _check_links(elements, app)


def _parse(html: str) -> Element:
    wrong = not_as_written(html)
    assert not wrong, f"not valid HTML: {wrong}"
    return parsed_page(html)


def text_of(element: Element) -> str:
    """The words inside, with single spaces."""
    return ACCENTS.sub(" ", "".join(element.itertext())).strip()


def _check_title(root: Element) -> None:
    titles = [text_of(e) for e in root.iter("title") if e.text]
    headings = [text_of(e) for e in root.iter("h1")]
    assert len(headings) == 1, f"a page has one h1, this one has {headings}"
    assert titles, "the page has no title"
    title = titles[0].removeprefix("Error: ")
    assert title.startswith(headings[0]), f"the title “{titles[0]}” does not begin with the h1 “{headings[0]}”"
    assert " – " in title, f"the title “{titles[0]}” does not end with the site’s name"
    assert root.get("lang"), "the page does not say its language"


def _check_ids(elements: list[Element]) -> None:
    counts = Counter(e.get("id") for e in elements if e.get("id") is not None)
    twice = [name for name, count in counts.items() if count > 1]
    assert not twice, f"ids used twice: {twice}"
    assert "" not in counts, "an empty id"
    for element in elements:
        for attribute in ("aria-describedby", "aria-labelledby", "aria-controls", "for"):
            missing = [name for name in element.get(attribute, "").split() if name not in counts]
            assert not missing, (
                f"{attribute} of <{element.tag} id={element.get('id')}> names {missing}, which are not there"
            )


def _check_names(root: Element, elements: list[Element]) -> None:
    labelled = {e.get("for") for e in root.iter("label")}
    inside = {id(child) for label in root.iter("label") for child in label.iter()}
    for element in elements:
        if element.tag in LABELLED and element.get("type") not in UNLABELLED_TYPES:
            named = element.get("id") in labelled or id(element) in inside
            assert named or element.get("aria-label") or element.get("aria-labelledby"), (
                f"<{element.tag} name={element.get('name')}> has no label"
            )
        if element.tag in ("button", "a") and (element.tag == "button" or element.get("href") is not None):
            has_name = text_of(element) or element.get("aria-label") or any(i.get("alt") for i in element.iter("img"))
            assert has_name, f"<{element.tag} href={element.get('href')}> has no name"


def _check_hidden_words(elements: list[Element]) -> None:
    """The styles put a space before words that only screen readers are told: a sign would stand alone after it."""
    for element in elements:
        if element.tag == "span" and "govuk-visually-hidden" in element.get("class", "").split():
            words = text_of(element)
            assert not words.startswith((":", ",", ".", ";")), f"hidden words begin with a sign: “{words}”"


def _check_landmarks(elements: list[Element]) -> None:
    mains = [e for e in elements if e.tag == "main"]
    assert len(mains) == 1, f"a page has one main, this one has {len(mains)}"
    assert mains[0].get("id") == "main-content", "main is not where the skip link goes"
    for tag in ("header", "footer"):
        assert any(e.tag == tag for e in elements), f"the page has no {tag}"
    names = [e.get("aria-label") or e.get("aria-labelledby") for e in elements if e.tag == "nav"]
    assert all(names), "a nav has no name"
    assert len(names) == len(set(names)), f"navs with the same name: {names}"


def _check_nothing_inline(elements: list[Element]) -> None:
    for element in elements:
        assert element.tag != "style", "a style element"
        assert element.tag != "script" or element.get("src"), "an inline script"
        bad = [name for name in element.keys() if name == "style" or name.startswith("on")]  # noqa: SIM118
        assert not bad, f"<{element.tag}> has {bad}"
        for name in ("href", "src", "action"):
            assert not element.get(name, "").strip().lower().startswith("javascript:"), f"a script in {name}"


def _check_pictures(elements: list[Element]) -> None:
    for element in elements:
        assert element.tag != "img" or element.get("alt") is not None, f"<img src={element.get('src')}> has no alt"


def _check_forms(elements: list[Element]) -> None:
    for form in (e for e in elements if e.tag == "form"):
        if form.get("method", "get").lower() == "post":
            names = {e.get("name") for e in form.iter("input")}
            assert "csrf_token" in names, f"the form to {form.get('action')!r} has no CSRF token"
            # Where a link of the error summary or Preview led stays behind the address of what comes next.
            written = any(e.tag == "textarea" or e.get("type") == "text" for e in form.iter())
            assert not written or form.get("action"), "a form to write in is sent to the address with its fragment"
        for element in form.iter("button"):
            assert text_of(element) not in ("Submit", "OK"), "a button does not say what will happen"


def _check_links(elements: list[Element], app: Any) -> None:
    adapter = app.url_map.bind("localhost")
    for element in elements:
        address = (
            element.get("href") if element.tag == "a" else element.get("action") if element.tag == "form" else None
        )
        if not address or not address.startswith("/") or address.startswith("/static/"):
            continue
        try:
            adapter.match(urlsplit(address).path, method=(element.get("method") or "get").upper())
        except RequestRedirect:
            continue
        except (NotFound, MethodNotAllowed) as error:
            raise AssertionError(f"<{element.tag}> leads to {address}, which does not exist here") from error
