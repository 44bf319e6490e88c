"""A statement put together from pieces, each with the values it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """SQL with a %s for each of its values. Whatever a reader typed is among the values, never in the text."""

    text: str
    values: tuple[Any, ...] = ()

    def __add__(self, other: Piece | str) -> Piece:
        added = Piece(other) if isinstance(other, str) else other
        return Piece(self.text + added.text, self.values + added.values)


ALWAYS = Piece("true")
NEVER = Piece("false")


def joined(between: str, pieces: Iterable[Piece], *, nothing: Piece = ALWAYS) -> Piece:
    """The pieces with text between them, or `nothing`."""
    listed = list(pieces)
    if not listed:
        return nothing
    values = tuple(value for piece in listed for value in piece.values)
    return Piece(between.join(piece.text for piece in listed), values)
