"""What else to read, on a guide's page: at most four, each with the reason, as far as the reader may read them."""

from __future__ import annotations

from network.library.linking.around import around
from network.library.queries.reading import GuidePage
from network.library.related.making import LINKED, TOPIC
from network.library.sections import Section

MOST = 4
PLACE = "related"


def related(page: GuidePage) -> Section | None:
    """What was found by the worker, as far as the reader may read it."""
    readable = around(page).readable
    shown = [
        {"title": row.title, "address": row.address, "kind": row.kicker, "reason": _reason(reason, topic)}
        for name, row_id, reason, topic in page.related
        if (row := readable.get((name, row_id))) is not None
    ]
    return Section("library/related/list.html", {"items": shown[:MOST]}, PLACE, "Related") if shown else None


def _reason(reason: str, topic: str) -> str:
    if reason == TOPIC:
        return f"Same topic: {topic}"
    return "This guide links to it" if reason == LINKED else "Similar words"
