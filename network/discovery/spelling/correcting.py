"""What may have been meant by words that nothing holds."""

from __future__ import annotations

from dataclasses import dataclass

from network.subjects.viewer import Viewer


@dataclass(frozen=True)
class Correction:
    """Other words to search for. `pieces` are the same for showing, with those that changed marked."""

    words: str
    pieces: tuple[tuple[str, bool], ...]


def correct(viewer: Viewer, words: str) -> tuple[Correction | None, Correction | None]:
    """A correction that is applied at once, and one that is only offered."""
    return None, None
