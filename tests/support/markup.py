"""Reads rendered HTML as a browser would and names everything in it that should not be there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.html import parsed_fragment

_NAMES = (
    "p br hr h2 h3 h4 h5 h6 strong em del code pre blockquote ul ol li a img sup abbr span div section"
    " table thead tbody tr th td"
)
ELEMENTS = frozenset(_NAMES.split())
ATTRIBUTES = {
    "a": {"href", "title", "rel", "class", "aria-label"},
    "abbr": {"title"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "img": {"src", "alt", "title", "loading"},
    "li": {"id", "class"},
    "ol": {"start"},
    "pre": {"role", "tabindex", "aria-label"},
    "section": {"class", "aria-label"},
    "span": {"class", "aria-hidden"},
    "strong": {"class"},
    "sup": {"id"},
    "td": {"class"},
    "th": {"class", "scope"},
} | {f"h{level}": {"id"} for level in range(2, 7)}
IDS = re.compile(r"^(?:p\d+-)?(?:h-[a-z0-9-]+|fn(?:ref\d*)?-\d+)$")
ADDRESS = re.compile(r"^(?:https?://|mailto:|tel:|/(?![/\\])|#|[^:/?#\\]*(?:[/?#]|$))", re.IGNORECASE)
PICTURE = re.compile(r"^(?:/files/)?[^/\\:?#]+(?:/[^/\\:?#]+)*$")
CLASSES = re.compile(r"^(?:cp-[a-z_-]+|govuk-visually-hidden|[a-z]{1,3}[0-9]?)$")


def parsed(html: str) -> Element:
    """The fragment as an HTML5 parser reads it."""
    return parsed_fragment(html)


def forbidden(html: str) -> list[str]:
    """What a browser would find that rendered text must not hold, in words; empty when all is well."""
    found = [problem for element in parsed(html).iter() for problem in _problems(element)]
    ids = [name for element in parsed(html).iter() if (name := element.get("id"))]
    return found + [f"id twice: {name}" for name in sorted(set(ids)) if ids.count(name) > 1]


def _problems(element: Element) -> Iterator[str]:
    tag = element.tag
    if not isinstance(tag, str):
        yield "a comment"
        return
    if tag and tag not in ELEMENTS:
        yield f"element {tag}"
    for name, value in element.attrib.items():
        if name not in ATTRIBUTES.get(tag, set()):
            yield f"attribute {name} on {tag}"
        if name == "id" and not IDS.match(value):
            yield f"id {value}"
        if name == "href" and not ADDRESS.match(value):
            yield f"address {value}"
        if name == "src" and not (PICTURE.match(value) and ".." not in value):
            yield f"picture {value}"
        if name == "class" and not all(CLASSES.match(word) for word in value.split()):
            yield f"class {value}"
        if name == "href" and re.match(r"\s*(?:https?:|[/\\]{2})", value, re.IGNORECASE) and not element.get("rel"):
            yield f"outside link without rel: {value}"
