"""A difference as people read it: without the marks of headings, boxes and emphasis, which few readers know.

Only marks that stand whole in a line that nobody changed, or in a line that came or went as a whole, are taken away:
where a mark itself is what changed, it still shows. Code keeps all it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from network.core.text.blocks import FENCE
from network.core.text.diff import Difference, Hunk, Line, Segment

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?=\S|$)")
_BOX = re.compile(r'!!! ([a-z]{1,20})(?:[ \t]+"|[ \t]*$)')
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]+)(?<=\S)\1(?![\w*])")


def unmarked(found: Difference) -> Difference:
    """The same lines with fewer marks; headings are told by `Line.heading`."""
    return replace(found, hunks=tuple(Hunk(tuple(_lines(hunk.lines))) for hunk in found.hunks))


def _lines(lines: tuple[Line, ...]) -> Iterator[Line]:
    fence = ""
    for line in lines:
        words = "".join(segment.text for segment in line.segments).strip()
        if fence:
            fence = "" if words and set(words) == {fence[0]} and len(words) >= len(fence) else fence
            yield line
        elif opened := FENCE.match(words):
            fence = opened[1]
            yield line
        else:
            yield _line(line) if line.segments else line


def _line(line: Line) -> Line:
    first, *others = line.segments
    heading = _HEADING.match(first.text)
    if heading:
        first = replace(first, text=first.text[heading.end() :])
    elif box := _BOX.match(first.text):
        first = replace(first, text=f"{box[1].capitalize()} box: {first.text[box.end() :]}")
        first, *others = _without_quote([first, *others])
    segments = (replace(segment, text=_EMPHASIS.sub(r"\2", segment.text)) for segment in (first, *others))
    return replace(line, segments=tuple(segments), heading=bool(heading))


def _without_quote(segments: list[Segment]) -> list[Segment]:
    """The title of a box stands between quotation marks, of which the first is gone."""
    last = segments[-1]
    return [*segments[:-1], replace(last, text=last.text.removesuffix('"'))]
