"""Chooses the part of a text that shows most of what was asked for, and cuts it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

ELLIPSIS = "\u2026"

_SENTENCE_END = re.compile(r"[.!?:]\s+|\n+")
_SPACE = re.compile(r"\s+")
_LINE_END = re.compile(r"[^\S\n]*\n\s*")
# After these a line may end without a sign, as after a word.
_CLOSING = frozenset(")]\u201d\u2019")
# How far back a passage may begin to start with a sentence, as a share of its length.
_LEAD = 0.4


class Place(Protocol):
    """A marked place."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def word(self) -> int: ...


def best_passages(text: str, marks: Sequence[Place], length: int) -> list[tuple[int, int]]:
    """One passage of the length; two of half of it where they show more different words."""
    if len(text) <= length or not marks:
        return [_ended(text, 0, length)]
    one = _best_window(marks, length)
    shown = _words(marks, one)
    missing = [mark for mark in marks if mark.word not in shown]
    if not missing:
        return [_around(text, one, length)]
    half = length // 2
    first = _best_window(marks, half)
    told = _words(marks, first)
    rest = [mark for mark in marks if mark.word not in told]
    second = _best_window(rest, half)
    if len(told | _words(marks, second)) <= len(shown):
        return [_around(text, one, length)]
    both = sorted((_around(text, first, half), _around(text, second, half)))
    if both[0][1] >= both[1][0]:
        return [(both[0][0], both[1][1])]
    return both


def _words(marks: Sequence[Place], window: tuple[int, int]) -> set[int]:
    return {mark.word for mark in marks if window[0] <= mark.start and mark.end <= window[1]}


def _best_window(marks: Sequence[Place], length: int) -> tuple[int, int]:
    """From the first to the last mark of the richest stretch: different words first, then closeness."""
    best, best_worth = (marks[0].start, marks[0].end), -1.0
    inside: dict[int, int] = {}
    runs = first = different = 0
    for last, mark in enumerate(marks):
        inside[mark.word] = inside.get(mark.word, 0) + 1
        different += inside[mark.word] == 1
        runs += last > first and _follows(marks[last - 1], mark)
        while mark.end - marks[first].start > length and first < last:
            inside[marks[first].word] -= 1
            different -= inside[marks[first].word] == 0
            runs -= _follows(marks[first], marks[first + 1])
            first += 1
        worth = different + 0.3 * runs + 0.05 * min(last - first, 10)
        if worth > best_worth:
            best, best_worth = (marks[first].start, mark.end), worth
    return best


def _follows(first: Place, second: Place) -> bool:
    """Whether two marks are neighbours in the order asked, and so most likely what was meant."""
    return second.word == first.word + 1 and second.start - first.end <= 2


def _around(text: str, window: tuple[int, int], length: int) -> tuple[int, int]:
    """A passage that holds the window and begins with a sentence or at least a word."""
    spare = max(0, length - (window[1] - window[0]))
    earliest = max(0, window[0] - int(min(spare, length * _LEAD)))
    if earliest == 0:
        return _ended(text, 0, max(length, window[1]))
    ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, earliest - 1), window[0])]
    if ends:
        start = ends[-1]
    else:
        space = text.find(" ", earliest, window[0])
        start = space + 1 if space >= 0 else window[0]
    return _ended(text, start, max(start + length, window[1]))


def _ended(text: str, start: int, end: int) -> tuple[int, int]:
    """The passage with its end drawn back to the end of a word."""
    if end >= len(text):
        return start, len(text)
    space = text.rfind(" ", start + (end - start) // 2, end + 1)
    return start, space if space > 0 else end


def cut(text: str, passages: Sequence[tuple[int, int]], marks: Sequence[Place]) -> list[tuple[str, bool]]:
    """The passages as (piece, marked) pairs, with an ellipsis where text is left out."""
    pieces: list[tuple[str, bool]] = []
    for number, (start, end) in enumerate(passages):
        if start > 0 and text[:start].strip():
            pieces.append((f" {ELLIPSIS} " if number else f"{ELLIPSIS} ", False))
        place = start
        for mark in marks:
            if start <= mark.start and mark.end <= end:
                pieces += [(text[place : mark.start], False), (text[mark.start : mark.end], True)]
                place = mark.end
        pieces.append((text[place:end].rstrip(), False))
    if passages and text[passages[-1][1] :].strip():
        pieces.append((f" {ELLIPSIS}", False))
    return _merged(pieces)


def _even(text: str, before: str) -> str:
    """Even white space. A line that ends without a sign, such as a heading, ends with a full stop: the next line begins
    something else.
    """

    def stop(end: re.Match[str]) -> str:
        last = text[end.start() - 1] if end.start() else before[-1:]
        return ". " if last.isalnum() or last in _CLOSING else " "

    return _SPACE.sub(" ", _LINE_END.sub(stop, text))


def _merged(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """The pieces with even white space, neighbours of one kind joined, none empty."""
    merged: list[tuple[str, bool]] = []
    for text, marked in pieces:
        even = _even(text, merged[-1][0] if merged else "")
        if not merged:
            even = even.lstrip()
        elif merged[-1][0].endswith(" "):
            even = even.lstrip() if even.strip() else ""
        if not even:
            continue
        if merged and merged[-1][1] == marked:
            merged[-1] = (merged[-1][0] + even, marked)
        else:
            merged.append((even, marked))
    if merged:
        merged[-1] = (merged[-1][0].rstrip(), merged[-1][1])
    return [piece for piece in merged if piece[0]]
