"""How a name becomes an avatar: initials and a colour that never changes."""

from __future__ import annotations

HUES = 8


def initials(name: str) -> str:
    """First letters of the first and last word: “Siân Rhys-Davies” is SR."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def hue(record_id: int) -> int:
    """A colour from 1 to 8 by a stable hash of the record's id (Knuth's multiplicative hash)."""
    return (record_id * 2654435761 % 2**32) * HUES // 2**32 + 1
