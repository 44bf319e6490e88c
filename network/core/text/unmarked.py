"""A difference as people read it: without the marks of headings, boxes, emphasis, pictures, notes and tables, which few
readers know.

Only marks that stand whole in a line that nobody changed, or in a line that came or went as a whole, are taken away:
where a mark itself is what changed, it still shows. A link keeps its address: who accepts one has to see where it
leads. Code keeps all it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from network.core.text.blocks import DELIMITER_ROW, FENCE
from network.core.text.diff import Difference, Hunk, Line, Segment

_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?=\S|$)")
_BOX = re.compile(r'!!! ([a-z]{1,20})(?:[ \t]+"|[ \t]*$)')
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]+)(?<=\S)\1(?![\w*])")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*\)")
_PICTURE_BEGINS, _PICTURE_ENDS = re.compile(r"\A\s*!\["), re.compile(r"\]\([^()\s]*\)\s*\Z")
_NOTE_BEGINS, _NOTE = re.compile(r"\A\[\^([^\[\]\s]+)\]:[ \t]*"), re.compile(r"[ \t]*+\[\^([^\[\]\s]+)\]")
_PIPE = re.compile(r"(?<!\\)\|")


def unmarked(found: Difference) -> Difference:
    """The same lines with fewer marks and no blank ones: `Line.heading` tells headings, `Line.cells` tables."""
    telling = [hunk for hunk in found.hunks if any(line.kind != "same" and _words(line) for line in hunk.lines)]
    return replace(found, hunks=tuple(Hunk(tuple(_lines(hunk.lines))) for hunk in telling))


def _lines(lines: tuple[Line, ...]) -> Iterator[Line]:
    fence = ""
    for at, line in enumerate(lines):
        words = _words(line)
        if fence:
            fence = "" if words and set(words) == {fence[0]} and len(words) >= len(fence) else fence
            yield line
        elif opened := FENCE.match(words):
            fence = opened[1]
            yield line
        elif words.startswith("|"):
            # The line of hyphens only says that the row above it is the head.
            if not DELIMITER_ROW.match(words):
                yield _row(line, heading=any(DELIMITER_ROW.match(_words(below)) for below in lines[at + 1 : at + 2]))
        elif words:
            yield _line(line)


def _words(line: Line) -> str:
    return "".join(segment.text for segment in line.segments).strip()


def _row(line: Line, *, heading: bool) -> Line:
    """A row of a table in its cells, each with what changed in it."""
    cells: list[list[Segment]] = [[]]
    for segment in line.segments:
        first, *others = _PIPE.split(segment.text)
        cells[-1].append(replace(segment, text=first))
        cells += [[replace(segment, text=text)] for text in others]
    # What stands in front of the first pipe and behind the last is no cell.
    inner = cells[1:-1] if _is_blank(cells[-1]) else cells[1:]
    said = tuple(
        tuple(replace(part, text=_said(part.text.replace("\\|", "|"))) for part in cell if part.text.strip())
        for cell in inner
    )
    return replace(line, heading=heading, cells=said)


def _is_blank(cell: list[Segment]) -> bool:
    return not any(segment.text.strip() for segment in cell)


def _line(line: Line) -> Line:
    first, *others = line.segments
    heading = _HEADING.match(first.text)
    if heading:
        first = replace(first, text=first.text[heading.end() :])
    elif box := _BOX.match(first.text):
        first = replace(first, text=f"{box[1].capitalize()} box: {first.text[box.end() :]}")
        first, *others = _without_quote([first, *others])
    elif note := _NOTE_BEGINS.match(first.text):
        first = replace(first, text=f"Note {note[1]}: {first.text[note.end() :]}")
    elif others and _PICTURE_BEGINS.match(first.text) and _PICTURE_ENDS.search(others[-1].text):
        first, *others = _other_words(first, others)
    segments = (replace(segment, text=_said(segment.text)) for segment in (first, *others))
    return replace(line, segments=tuple(segments), heading=bool(heading))


def _said(text: str) -> str:
    """Words without the marks that stand whole in them."""
    text = _PICTURE.sub(lambda picture: f"Picture: {picture[1]}" if picture[1] else "Picture", text)
    return _EMPHASIS.sub(r"\2", _NOTE.sub(r" (note \1)", text))


def _other_words(first: Segment, others: list[Segment]) -> list[Segment]:
    """A picture that is the same, with other words."""
    *between, last = others
    if {first.kind, last.kind} != {"same"} or any("](" in part.text for part in between):
        return [first, *others]
    begun, ended = _PICTURE_BEGINS.sub("Picture: ", first.text), _PICTURE_ENDS.sub("", last.text)
    return [replace(first, text=begun), *between, replace(last, text=ended)]


def _without_quote(segments: list[Segment]) -> list[Segment]:
    """The title of a box stands between quotation marks, of which the first is gone."""
    last = segments[-1]
    return [*segments[:-1], replace(last, text=last.text.removesuffix('"'))]
