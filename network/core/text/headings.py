"""Gives the headings of a finished text their levels and addresses.

Works on cleaned HTML, which is regular: quoted attributes, closed elements, no angle bracket in text.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass

from network.core.text.slugs import fold

_HEADING = re.compile(r"<h([1-6])>((?:(?!<h[1-6]>).)*?)</h\1>\n?", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_FRAGMENT = re.compile(r'href="#([^"]*)"')
_NOTE_ID = re.compile(r'(id="|href="#)(fn(?:ref\d*)?-\d+")')
_LEADING_NUMBER = re.compile(r"^[0-9-]+")
MAX_SLUG = 80


@dataclass(frozen=True)
class Heading:
    """One heading: its level (2 to 6), the id that links to it, and its words."""

    level: int
    id: str
    text: str


def heading_slug(text: str) -> str:
    """The part of an address that stands for a heading: small ASCII letters, digits and single dashes."""
    return "-".join(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", fold(text).lower())))[:MAX_SLUG].rstrip("-")


def without_closing(words: str) -> str:
    """The words of a heading in Markdown without the # that may close it.

    By hand: a pattern that looks for the end of a line tries every run of spaces and # again and again.
    """
    return words.rstrip(" \t").rstrip("#").rstrip(" \t")


class _Numberer:
    """Levels without gaps, starting under the page's own title, and ids that are unique within the text."""

    def __init__(self, lowest: int, offset: int, prefix: str) -> None:
        self._lowest, self._offset, self._prefix = lowest, offset, prefix
        self._before = 1 + offset
        self._taken: set[str] = set()
        self._counts: dict[str, int] = {}
        self.found: list[Heading] = []

    def __call__(self, match: re.Match[str]) -> str:
        text = " ".join(entities.unescape(_TAG.sub("", match[2])).split())
        if not text:
            # A heading without words is a stop for screen readers at which there is nothing.
            return ""
        level = min(int(match[1]) - self._lowest + 2 + self._offset, self._before + 1, 6)
        self._before = level
        heading = Heading(level, self._prefix + "h-" + self._unique(heading_slug(text) or "section"), text)
        self.found.append(heading)
        return f'<h{level} id="{heading.id}">{match[2]}</h{level}>\n'

    def _unique(self, slug: str) -> str:
        name = slug
        while name in self._taken:
            self._counts[slug] = self._counts.get(slug, 1) + 1
            name = f"{slug}-{self._counts[slug]}"
        self._taken.add(name)
        return name


def number(html: str, *, offset: int = 0, prefix: str = "") -> tuple[str, tuple[Heading, ...]]:
    """Returns the HTML with levels and ids on its headings, and the headings in order.

    The highest heading of the text becomes h2 (plus *offset*), levels are never skipped. Links within the
    text (``#some-heading``) lead to the heading they name. *prefix* stands before every id.
    """
    lowest = min((int(match[1]) for match in _HEADING.finditer(html)), default=1)
    numberer = _Numberer(lowest, offset, prefix)
    html = _HEADING.sub(numberer, html)
    known = {heading.id.removeprefix(f"{prefix}h-"): heading.id for heading in numberer.found}
    short = {_LEADING_NUMBER.sub("", slug): name for slug, name in reversed(known.items())}

    def fragment(match: re.Match[str]) -> str:
        slug = heading_slug(entities.unescape(match[1]))
        name = known.get(slug) or known.get(slug.removeprefix("h-")) or short.get(slug)
        return f'href="#{name}"' if name else match[0]

    html = _FRAGMENT.sub(fragment, html)
    if prefix:
        html = _NOTE_ID.sub(rf"\g<1>{prefix}\g<2>", html)
    return html, tuple(numberer.found)
