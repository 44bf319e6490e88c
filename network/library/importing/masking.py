"""Puts code out of reach while the text around it is rewritten, and puts it back unchanged."""

from __future__ import annotations

import re

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_FENCE = re.compile(r"^([ ]*(?:>[ ]?)*)(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??\1?[ ]*\2[`~]*[ ]*$", re.MULTILINE | re.DOTALL)
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
        text = _FENCE.sub(lambda match: self.keep(match[0]), text)
        return _SPAN.sub(lambda match: self.keep(match[0]), text)

    def restore(self, text: str) -> str:
        """Puts everything back."""
        for _ in range(4):
            if _OPEN not in text:
                break
            text = _TOKEN.sub(lambda match: self._kept[int(match[1])], text)
        return text
