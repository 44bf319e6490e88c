"""Words without markup: for search, snippets, mails, and for counting."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

WORDS_A_MINUTE = 220
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "br",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_ADDRESS = r"\((?:(?!\]\()[^)])*\)"
"""Of a link, in its brackets. It holds no other's, or every opening without an end would be read up to the last."""

_MARKUP = re.compile(rf"!\[[^\[\]]*\]{_ADDRESS}|\[\^[^\[\]]*\]|(?<=\]){_ADDRESS}|[*_`\[\]]|^[ ]*>+[ ]?", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


class Stretch(NamedTuple):
    """Where a heading stands in plain text, the id that links to it, and its words."""

    start: int
    id: str
    heading: str


class _Reader(HTMLParser):
    """Collects text; a block ends its line, a cell is set off by a space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[str]] = [[]]
        self.headings: list[tuple[int, str]] = []
        self._labels: list[bool] = []
        self._hidden: list[bool] = []
        self._preformatted = 0

    def _break(self) -> None:
        if self.lines[-1]:
            self.lines.append([])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS:
            self._break()
        if given.get("id") and tag in _HEADINGS:
            self.headings.append((len(self.lines) - 1, given["id"] or ""))
        if tag == "pre":
            self._preformatted += 1
        elif tag in {"td", "th"}:
            self.lines[-1].append(" ")
        elif tag == "img" and given.get("alt"):
            self.lines[-1].append(given["alt"] or "")
        elif tag == "strong":
            self._labels.append(given.get("class") == "cp-note__label")
        elif tag in {"span", "a"}:
            self._hidden.append(given.get("class") in {"cp-task__box", "cp-footnote-back"})

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or (tag == "strong" and self._labels and self._labels.pop()):
            self._break()
        if tag == "pre":
            self._preformatted -= 1
        elif tag in {"span", "a"} and self._hidden:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if any(self._hidden):
            return
        if not self._preformatted:
            self.lines[-1].append(data)
            return
        for index, line in enumerate(data.split("\n")):
            if index:
                self._break()
            self.lines[-1].append(line)


def plain(html: str) -> str:
    """The words of rendered HTML, one line for each block, without markup."""
    return "\n".join(line for line in _lines(_read(html)) if line)


def plain_with_headings(html: str) -> tuple[str, list[Stretch]]:
    """The same words, and where in them each heading that can be linked to stands."""
    reader = _read(html)
    ids = dict(reader.headings)
    kept: list[str] = []
    found: list[Stretch] = []
    place = 0
    for number, line in enumerate(_lines(reader)):
        if not line:
            continue
        if number in ids:
            found.append(Stretch(place, ids[number], line))
        kept.append(line)
        place += len(line) + 1
    return "\n".join(kept), found


def bare(text: str) -> str:
    """A line of Markdown without its marks, on sight: nothing is laid out."""
    return " ".join(_MARKUP.sub("", text).replace("\\", "").split())


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def _lines(reader: _Reader) -> Iterator[str]:
    return (" ".join("".join(line).split()) for line in reader.lines)


def word_count(text: str) -> int:
    """How many words a reader would count."""
    return sum(1 for _ in _WORD.finditer(text))


def excerpt(text: str, length: int = 200) -> str:
    """The beginning of plain text on one line, at most *length* characters, cut after a sentence or between
    words.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length + 1]
    sentence = max(head.rfind(end) for end in (". ", "? ", "! "))
    if sentence >= length * 2 // 3:
        return head[: sentence + 1]
    cut = line[:length].rpartition(" ")[0] or line[: length - 1]
    return cut[: length - 1].rstrip(" ,;:-–—") + "…"


def reading_minutes(words: int) -> int:
    """Whole minutes it takes to read so many words, at least one."""
    return max(1, math.ceil(words / WORDS_A_MINUTE))
