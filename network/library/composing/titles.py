"""`[[Title]]` in a text becomes a link to the one page of that title, as far as its writer may read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from network.core.text.folding import folded
from network.subjects.registry import Named, subjects
from network.subjects.viewer import Viewer

MOST_LINKS = 50
MOST_OFFERED = 8
MOST_LOOKED_AT = 20
SHORTEST, LONGEST = 2, 150
LINKED = ("guide", "discussion", "group", "person")
_CODE = re.compile(r"(^(?:```|~~~).*?(?:^(?:```|~~~)[^\n]*$|\Z)|`[^`\n]*`)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"\[\[([^\[\]\n]{1,150})\]\]")
_MARKS = re.compile(r"([\\\[\]*_`<&])")


class Linked(NamedTuple):
    """A text whose titles are links, and those titles that could not be: none or several pages have them."""

    text: str
    unknown: tuple[str, ...]
    several: tuple[str, ...]


def offered(viewer: Viewer, text: str) -> list[Named]:
    """Pages whose title holds these words and that the viewer may read; those that begin with them first."""
    text = " ".join(text.split())[:LONGEST]
    if len(text) < SHORTEST:
        return []
    begins = folded(text)
    found = sorted(_readable(viewer, text), key=lambda named: not folded(named.title).startswith(begins))
    return found[:MOST_OFFERED]


def link_titles(viewer: Viewer, text: str) -> Linked:
    """The text with links for titles. What stands in code is left alone, and so is all beyond MOST_LINKS."""
    unknown: dict[str, None] = {}
    several: dict[str, None] = {}
    known: dict[str, list[Named]] = {}

    def link(match: re.Match[str]) -> str:
        title = " ".join(match[1].split())
        if title not in known and len(known) < MOST_LINKS:
            wanted = folded(title)
            known[title] = [named for named in _readable(viewer, title) if folded(named.title) == wanted]
        found = known.get(title, [])
        if len(found) == 1:
            return f"[{_MARKS.sub(_escaped, found[0].title)}]({found[0].address})"
        (several if found else unknown)[title] = None
        return match[0]

    if "[[" not in text:
        return Linked(text, (), ())
    parts = _CODE.split(text)
    parts[::2] = [_TITLE.sub(link, part) for part in parts[::2]]
    return Linked("".join(parts), tuple(unknown), tuple(several))


def _escaped(match: re.Match[str]) -> str:
    return f"\\{match[1]}"


def _readable(viewer: Viewer, text: str) -> Iterator[Named]:
    for name in LINKED:
        subject = subjects().get(name)
        if subject is None or subject.by_title is None:
            continue
        ids = subject.by_title(text, viewer, MOST_LOOKED_AT)
        if not ids:
            continue
        if subject.named is not None:
            yield from subject.named(ids, viewer).values()
        else:
            yield from (Named(card.title, card.address, card.kicker) for card in subject.cards(ids, viewer).values())
