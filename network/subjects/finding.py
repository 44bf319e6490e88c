"""Similar things, for features below search: discovery registers itself behind these; until then they find nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask, current_app

from network.subjects.registry import Card
from network.subjects.viewer import Viewer

Similar = Callable[[str, Sequence[str], Viewer, int], list[Card]]


def provide(app: Flask, similar: Similar) -> None:
    """Called by discovery."""
    app.extensions["finding"] = similar


def similar(text: str, subjects: Sequence[str], viewer: Viewer, limit: int = 5) -> list[Card]:
    """Cards of subjects like this text that the viewer may read, best first; empty while search is away."""
    found: Similar | None = current_app.extensions.get("finding")
    return found(text, subjects, viewer, limit) if found and text.strip() else []
