"""Gathers words until there are enough of them."""

from __future__ import annotations

from network.attachments.words.limits import MOST_LETTERS
from network.core.text.letters import normalised


class Enough(Exception):
    """As much was read as can be searched; the rest need not be looked at."""


class Unreadable(Exception):
    """The words of the file could not be read; the message completes “because …”."""


class Words:
    """Text in pieces. `add` raises Enough when there is as much as can be searched."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._letters = 0

    def add(self, piece: str) -> None:
        """One more piece; nothing is put between pieces."""
        self._pieces.append(piece)
        self._letters += len(piece)
        if self._letters > MOST_LETTERS:
            raise Enough

    def text(self) -> str:
        """Everything, line by line with single spaces, without empty lines."""
        text = "".join(self._pieces)[:MOST_LETTERS]
        clean = normalised(text.replace("\x00", "").encode("utf-8", "replace").decode())
        lines = (" ".join(line.split()) for line in clean.splitlines())
        return "\n".join(line for line in lines if line)
