"""Puts code out of reach while the text around it is rewritten, and puts it back unchanged."""

from __future__ import annotations

import re
from heapq import merge

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_OPENED = re.compile(r"\A([ ]*+(?:>[ ]?)*+)(`{3,}+|~{3,}+)")
_CLOSED = re.compile(r"\A([ >]*+)(`{3,}+|~{3,}+)[`~]*[ ]*\Z")
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n[ ]*\n).){0,3000}?[^`])\1(?!`)", re.DOTALL)


class Mask:
    """Holds what was taken out of one text."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def keep(self, text: str) -> str:
        """Takes a piece out; returns what stands for it."""
        self._kept.append(text)
        return f"{_OPEN}{len(self._kept) - 1}{_CLOSE}"

    def code(self, text: str) -> str:
        """Takes fenced code and code in sentences out of a Markdown text."""
        text = text.replace(_OPEN, "").replace(_CLOSE, "") if not self._kept else text
        return _SPAN.sub(lambda match: self.keep(match[0]), self._without_fences(text))

    def _without_fences(self, text: str) -> str:
        lines, left, at = text.split("\n"), [], 0
        closings = _Closings(lines)
        while at < len(lines):
            opened = _OPENED.match(lines[at])
            end = closings.of(at, opened) if opened else None
            left.append(lines[at] if end is None else self.keep("\n".join(lines[at : end + 1])))
            at = (at if end is None else end) + 1
        return "\n".join(left)

    def restore(self, text: str) -> str:
        """Puts everything back."""
        for _ in range(4):
            if _OPEN not in text:
                break
            text = _TOKEN.sub(lambda match: self._kept[int(match[1])], text)
        return text


class _Closings:
    """The lines that can close a fence, to be asked from the first line to the last.

    Each knows the longest mark from there on. So an opening that nothing closes is not looked for up to the end, and
    a text can hold thousands of them.
    """

    def __init__(self, lines: list[str]) -> None:
        self._left: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
        for number in range(len(lines) - 1, -1, -1):
            if match := _CLOSED.match(lines[number]):
                quoted, size = match[1].rstrip(" "), len(match[2])
                for before in {quoted, match[1][: len(quoted) + 1]} if quoted else {""}:
                    left = self._left.setdefault((before, match[2][0]), [])
                    left.append((number, size, max(size, left[-1][2] if left else 0)))

    def of(self, number: int, opened: re.Match[str]) -> int | None:
        """The line that closes this fence. Its mark is as long as what opened it, or as any that there is."""
        before = opened[1] if opened[1].strip(" ") else ""
        stacks = [self._left.get((start, opened[2][0]), []) for start in {"", before}]
        for left in stacks:
            while left and left[-1][0] <= number:
                left.pop()
        size = min(len(opened[2]), max((left[-1][2] for left in stacks if left), default=0))
        return next((line for line, long, _ in merge(*map(reversed, stacks)) if long >= size), None)
