"""What stands between an opening and a closing mark, found at a cost that grows with the text and not with its square.

An opening that nothing closes would be looked through to the end of the text, and a text can hold thousands of them.
So what comes after the last closing mark is not looked at: before it, every opening finds its end and is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable


class Block:
    """A pattern that ends lazily, and the pattern of its end, which is the same whatever opened it."""

    def __init__(self, opening: str, closing: str) -> None:
        self._whole = re.compile(opening + closing, re.DOTALL)
        self._closing = re.compile(closing)

    def sub(self, put_in: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every whole block replaced."""
        end = self._end(text)
        return self._whole.sub(put_in, text[:end]) + text[end:]

    def search(self, text: str) -> re.Match[str] | None:
        """The first whole block."""
        return self._whole.search(text, 0, self._end(text))

    def _end(self, text: str) -> int:
        return max((match.end() for match in self._closing.finditer(text)), default=0)
