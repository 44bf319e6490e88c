"""Panels: how a higher feature shows something on a lower feature's page (a person's guides on their profile).

The lower feature asks for the panels of a place; the higher one lends a function that gives the panel or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app

from network.subjects.viewer import Viewer


@dataclass(frozen=True)
class Panel:
    """A template and what it needs, which it finds under the name `panel`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


Source = Callable[[Viewer, int], Panel | None]


def lend(app: Flask, place: str, source: Source) -> None:
    """Show the panel of `source` at a place such as "person.main"; places are named by the page that has them."""
    app.extensions.setdefault("panels", {}).setdefault(place, []).append(source)


def panels(place: str, viewer: Viewer, row_id: int) -> list[Panel]:
    """The panels to show at a place, about one row."""
    sources: list[Source] = current_app.extensions.get("panels", {}).get(place, [])
    return [panel for source in sources if (panel := source(viewer, row_id)) is not None]
