"""On a guide's page: who wrote it where it came from."""

from __future__ import annotations

from network.library.carried.queries import past_of
from network.library.queries.reading import GuidePage
from network.library.sections import Section


def credits(page: GuidePage) -> Section | None:
    """The names that came along; asked for only when the guide has a source at all."""
    past = past_of(page.id) if page.source is not None else None
    if past is None:
        return None
    authors = [f"{name} ({place})" if place else name for name, place in past.facts.get("authors", ())]
    suggested = sorted(
        set(past.facts.get("suggested", {}).values()) - {name for name, _ in past.facts.get("authors", ())}
    )
    return Section(
        "library/carried/credits.html",
        {
            "network": past.network,
            "network_address": past.address,
            "authors": authors,
            "suggested": suggested,
            "versions": past.versions,
        },
    )
