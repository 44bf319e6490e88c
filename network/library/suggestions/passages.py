"""One section of a guide's Markdown, so that a small change of a long guide is made in a small box."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from network.core.text.blocks import FENCE
from network.core.text.headings import heading_slug, without_closing

_HEADING = re.compile(r"\A {0,3}(#{1,6})[ \t]++(.*)$")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:(?!\]\()[^)])*\)")
_MARKS = re.compile(r"[*`]")


class Passage(NamedTuple):
    """A text in three parts, of which the middle one is a section with its heading."""

    before: str
    text: str
    after: str
    title: str

    def put(self, text: str) -> str:
        """The whole with other words in place of the section."""
        if not self.after:
            return self.before + text
        end = self.text[len(self.text.rstrip("\n")) :]
        return self.before + text.rstrip("\n") + (end or "\n\n") + self.after

    def within(self, whole: str) -> str:
        """What stands in place of the section in a text that `put` gave."""
        return whole[len(self.before) : len(whole) - len(self.after)]


def passage(body: str, heading_id: str) -> Passage | None:
    """The section under the heading that has this id on the guide's page; None when that cannot be told for sure."""
    found = list(_headings(body))
    taken: dict[str, int] = {}
    names: set[str] = set()
    for at, (start, level, title) in enumerate(found):
        slug = name = heading_slug(title) or "section"
        while name in names:
            taken[slug] = taken.get(slug, 1) + 1
            name = f"{slug}-{taken[slug]}"
        names.add(name)
        if f"h-{name}" == heading_id:
            end = next((where for where, other, _ in found[at + 1 :] if other <= level), len(body))
            return Passage(body[:start], body[start:end], body[end:], title)
    return None


class Headings:
    """The headings of a text, to be asked for the one above a place."""

    def __init__(self, body: str) -> None:
        found = list(_headings(body))
        self._starts, self._titles = [start for start, _, _ in found], [title for _, _, title in found]

    def above(self, place: int) -> str:
        """The words of the last heading that begins there or before; empty in front of the first."""
        at = bisect_right(self._starts, place)
        return self._titles[at - 1] if at else ""


def _headings(body: str) -> Iterator[tuple[int, int, str]]:
    """Where each heading begins, its level and its words; not what looks like one inside code."""
    at, fence = 0, ""
    for line in body.splitlines(keepends=True):
        words = line.strip()
        if fence:
            fence = "" if words and set(words) == {fence[0]} and len(words) >= len(fence) else fence
        elif opened := FENCE.match(words):
            fence = opened[1]
        elif (match := _HEADING.match(line.rstrip("\r\n"))) and (title := without_closing(match[2])):
            yield at, len(match[1]), _MARKS.sub("", _LINK.sub(r"\1", title)).strip()
        at += len(line)
