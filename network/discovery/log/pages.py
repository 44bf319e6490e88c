"""What the moderators' pages about searches share."""

from __future__ import annotations

from typing import Any

PLACE = "/admin/searches"


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages, one of them open."""
    shown = (
        ("failed", "Failed searches", PLACE),
        ("feedback", "What people said", PLACE + "/feedback"),
        ("pins", "Pinned and left out", PLACE + "/pins"),
    )
    return [{"text": text, "address": address, "current": name == current} for name, text, address in shown]
