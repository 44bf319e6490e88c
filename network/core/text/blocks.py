"""Reads source lines the way people expect before Python-Markdown sees them.

Python-Markdown wants nested lists indented by four spaces and a blank line before every list and table;
people who learned Markdown elsewhere write neither. This pass re-indents lists, adds those blank lines and
takes fenced code out, so that nothing inside it is read as markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Protocol

FENCE = re.compile(r"^(`{3,}+(?=[^`]*$)|~{3,}+)(.*)$")
MARKER = re.compile(r"^([-*+]|\d{1,9}[.)])(?:( ++)(.*)|)$")
UNDERLINE = re.compile(r"^(?:=+|-+)[ ]*$")
RULE = re.compile(r"^(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,})$")
HEADING = re.compile(r"^#{1,6}(?:[ ]|$)")
HASHTAG = re.compile(r"^#+[^# ]")
DELIMITER_ROW = re.compile(r"^\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*$")
NOTE = re.compile(r"^!!!(?:[ ]|$)")


class Stash(Protocol):
    """Keeps what the parser is not to read, and gives a line to stand in its place."""

    def code(self, code: str, info: str) -> str:
        """Keeps the code of a fence; *info* is what stood after the opening mark."""

    def boundary(self) -> str:
        """A line that keeps two blocks apart and shows nothing."""


MAX_DEPTH = 40
"""Nesting beyond this is left as it was typed."""


@dataclass
class _State:
    """Where the pass stands: the open list items and what the line before was."""

    items: list[tuple[int, int]] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    blank: bool = True
    paragraph: bool = False
    after_quote: bool = False
    block_depth: int = 0

    def emit(self, line: str, *, paragraph: bool = False) -> None:
        if self.blank:
            self.block_depth = len(self.items)
        self.out.append(line)
        self.blank = not line.strip()
        self.paragraph = paragraph
        self.after_quote = self.after_quote and self.blank

    def separate(self) -> None:
        if not self.blank:
            self.emit("")

    def close_to(self, indent: int) -> None:
        """Closes list items that a line with this indent no longer belongs to."""
        while self.items and indent < self.items[-1][0] + 2:
            self.items.pop()

    @property
    def margin(self) -> str:
        return "    " * len(self.items)


def arrange(lines: list[str], stash: Stash, depth: int = 0) -> list[str]:
    """Returns the lines as Python-Markdown wants them; *lines* hold no tabs and no line ends."""
    if depth > MAX_DEPTH:
        return lines
    state = _State()
    at = 0
    while at < len(lines):
        line = lines[at]
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if not text:
            state.emit("")
            at += 1
        elif not state.items and indent >= 4 and (state.blank or state.paragraph) and not FENCE.match(text):
            state.emit(line, paragraph=state.paragraph)
            at += 1
        elif match := FENCE.match(text):
            state.close_to(indent)
            at = _fence(state, lines, at, indent, match, stash)
        elif text.startswith(">"):
            if state.blank:
                state.close_to(indent)
            at = _quote(state, lines, at, stash, depth)
        elif NOTE.match(text):
            state.close_to(indent)
            at = _note(state, lines, at, indent, stash, depth)
        elif (marker := MARKER.match(text)) and not RULE.match(text):
            at = _item(state, lines, at, indent, marker, stash)
        else:
            _words(state, lines, at, indent, text)
            at += 1
    return state.out


def _take_fence(lines: list[str], at: int, indent: int, opened: re.Match[str]) -> tuple[str, int]:
    """Collects the code from the line after *at* up to the closing fence or the end of the text."""
    mark = opened[1]
    code: list[str] = []
    at += 1
    while at < len(lines):
        text = lines[at].strip(" ")
        if text and set(text) == {mark[0]} and len(text) >= len(mark):
            return "\n".join(code), at + 1
        own = len(lines[at]) - len(lines[at].lstrip(" "))
        code.append(lines[at][min(own, indent) :])
        at += 1
    return "\n".join(code).rstrip(), at


def _fence(state: _State, lines: list[str], at: int, indent: int, opened: re.Match[str], stash: Stash) -> int:
    code, at = _take_fence(lines, at, indent, opened)
    state.separate()
    state.emit(state.margin + stash.code(code, opened[2]))
    state.emit("")
    return at


def _quote(state: _State, lines: list[str], at: int, stash: Stash, depth: int) -> int:
    inner: list[str] = []
    while at < len(lines) and lines[at].lstrip(" ").startswith(">"):
        text = lines[at].lstrip(" ")[1:]
        inner.append(text[1:] if text.startswith(" ") else text)
        at += 1
    if state.after_quote and state.blank:
        # Python-Markdown would join two quotations across a blank line.
        state.emit(state.margin + stash.boundary())
        state.emit("")
    state.separate()
    margin = state.margin
    for line in arrange(inner, stash, depth + 1):
        state.emit(f"{margin}> {line}")
    state.after_quote = True
    return at


def _note(state: _State, lines: list[str], at: int, indent: int, stash: Stash, depth: int) -> int:
    margin = state.margin
    state.separate()
    state.emit(margin + lines[at].strip(" "))
    at += 1
    inner: list[str] = []
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith(" " * (indent + 4))):
        inner.append(lines[at][indent + 4 :])
        at += 1
    for line in arrange(inner, stash, depth + 1):
        state.emit(f"{margin}    {line}" if line else "")
    state.separate()
    return at


def _item(state: _State, lines: list[str], at: int, indent: int, marker: re.Match[str], stash: Stash) -> int:
    """A list item: its margin becomes four spaces for each list it stands in."""
    sign, gap, rest = marker[1], marker[2] or " ", marker[3] or ""
    if state.paragraph and sign[0].isdigit() and not state.items and sign[:-1] != "1":
        # A line of a paragraph that happens to begin with a year or a number is no list.
        state.emit(lines[at], paragraph=True)
        return at + 1
    state.close_to(indent)
    if state.paragraph or len(state.items) < state.block_depth:
        # A block that began further in would take this item for its own.
        state.separate()
    sign = sign[:-1] + "." if sign[0].isdigit() else sign
    content = indent + len(sign) + (len(gap) if len(gap) <= 4 else 1)
    margin = state.margin
    if opened := FENCE.match(rest):
        code, at = _take_fence(lines, at, content, opened)
        state.emit(f"{margin}{sign} {stash.code(code, opened[2])}")
        state.items.append((indent, content))
        return at
    state.emit(f"{margin}{sign} {rest}")
    state.items.append((indent, content))
    return at + 1


def _words(state: _State, lines: list[str], at: int, indent: int, text: str) -> None:
    """Any other line: a heading, a rule, a row of a table or words."""
    if HASHTAG.match(text):
        # Python-Markdown would read a line that begins with a #tag as a heading.
        text = "\\" + text
        lines[at] = " " * indent + text
    if state.paragraph and not state.items and UNDERLINE.match(text):
        state.emit(lines[at])
        state.emit("")
        return
    closes = bool(HEADING.match(text) or (RULE.match(text) and not state.paragraph))
    if state.blank or closes:
        state.close_to(indent)
    table = "|" in text and at + 1 < len(lines) and _is_delimiter(lines[at + 1])
    if closes or (table and state.paragraph):
        state.separate()
    if not state.items:
        state.emit(lines[at].rstrip("\r"), paragraph=not closes)
        return
    # After a blank line a list item goes on as a paragraph; before one, the line belongs to the item's first.
    beyond = max(0, indent - state.items[-1][1])
    after_blank = state.blank
    state.emit(state.margin + " " * beyond + text, paragraph=(after_blank or state.paragraph) and not closes)


def _is_delimiter(line: str) -> bool:
    text = line.strip()
    return "|" in text and bool(DELIMITER_ROW.match(text))
