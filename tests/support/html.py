"""HTML as a browser reads it, in the standard library's trees, and where a page does not say what it means.

The parser is turbohtml's, compiled and by the WHATWG's standard: html5lib took ten times as long for the same trees,
which was a quarter of the time of most tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from xml.etree.ElementTree import Comment, Element

import turbohtml
from turbohtml import TokenType
from turbohtml.treebuild import parse_into

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
FOREIGN = frozenset(("svg", "math"))
NOWHERE = -1
BEGUN = "-"  # A body with a letter in it cannot become a frameset any more.


def parsed_page(html: str) -> Element:
    """The whole document."""
    return next(parse_into(html, _Trees()).iter("html"))


def parsed_fragment(html: str) -> Element:
    """What stands in a page's body, below an element without a name that has what the fragment gives to the body."""
    body = next(parsed_page(f"<!DOCTYPE html><html><head></head><body>{BEGUN}{html}").iter("body"))
    root = Element("", body.attrib)
    root.text = (body.text or "").removeprefix(BEGUN)
    root.extend(body)
    return root


def not_as_written(html: str) -> str:
    """The first place of a document that a browser does not read as it is written; empty when there is none.

    That is what the tokenizer calls an error, and every element that is not where its own tags put it: an end tag that
    is missing, too many or in the wrong order, a `div` in a `p`, a row outside its table, a link in a link.
    """
    for error in turbohtml.parse(html).errors:
        return _told(html, error.line, error.code)
    if not html.lstrip()[:15].lower().startswith("<!doctype html>"):
        return "the document does not begin with <!DOCTYPE html>"
    for written, read in zip_longest(_written(html), _read([parsed_page(html)])):
        if written is None:
            return f"<{read[1]}> is read at the end, where nothing is written"
        if read is None or written[:2] != read:
            return _told(html, written[2], f"<{written[1]}> is not read where it is written")
    return ""


def _written(html: str) -> Iterator[tuple[int, str, int]]:
    """Depth, name and line of every element by its tags alone; a tag without its other one has no depth."""
    unclosed: list[tuple[str, int]] = []
    for token in turbohtml.tokenize(html):
        tag = token.tag or ""
        if token.type is TokenType.START_TAG:
            yield len(unclosed) + 1, tag, token.line
            foreign = tag in FOREIGN or any(name in FOREIGN for name, _ in unclosed)
            if not (tag in VOID or (foreign and token.self_closing)):
                unclosed.append((tag, token.line))
        elif token.type is TokenType.END_TAG and (not unclosed or unclosed.pop()[0] != tag):
            yield NOWHERE, f"/{tag}", token.line
    for tag, line in unclosed:
        yield NOWHERE, tag, line


def _read(elements: Iterable[Element], depth: int = 0) -> Iterator[tuple[int, str]]:
    for child in elements:
        if isinstance(child.tag, str):
            yield depth + 1, child.tag.lower()
            yield from _read(child, depth + 1)


def _told(html: str, line: int, what: str) -> str:
    lines = html.splitlines()
    return f"{what}, at line {line}: {lines[line - 1][:300] if 0 < line <= len(lines) else ''}"


class _Trees:
    """Builds the standard library's trees."""

    def create_document(self) -> Element:
        return Element("")

    def create_doctype(self, name: str, public_id: str | None, system_id: str | None) -> None:
        """Not kept."""

    def create_element(self, name: str, namespace: str, attrs: tuple[tuple[str, str | None], ...]) -> Element:
        return Element(name, {key: value or "" for key, value in attrs})

    def create_text(self, data: str) -> str:
        return data

    def create_comment(self, data: str) -> Element:
        return Comment(data)

    def create_pi(self, target: str, data: str) -> None:
        """Not kept."""

    def append(self, parent: Element, child: Element | str | None) -> None:
        if isinstance(child, Element):
            parent.append(child)
        elif child and len(parent):
            parent[-1].tail = (parent[-1].tail or "") + child
        elif child:
            parent.text = (parent.text or "") + child
