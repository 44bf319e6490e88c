"""Search as a visitor has it, through the one door that there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from network.api.addresses import next_page
from network.api.lines import lines
from network.api.schemas.search import SearchAskedSchema, SearchSchema
from network.api.views import area
from network.core.web.addresses import absolute
from network.discovery.asked.reading import asked_for
from network.discovery.finding import PER_PAGE
from network.discovery.hits.found import Found
from network.discovery.searching import search_for
from network.library.events import GUIDE
from network.subjects.viewer import VISITOR


@area.read("/search", asks=SearchAskedSchema, gives=SearchSchema, tried="/search?q=open+data")
def search(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Search guides, discussions, groups, people and collections.

    It finds what the search page finds for a visitor, in the same order. A word that nothing holds is corrected where
    a likely one is near. What programs look for is not kept.
    """
    outcome = search_for(VISITOR, asked_for(VISITOR))
    answer = outcome.answer
    return {
        "total": answer.total,
        "items": _hits(answer.found),
        **next_page(asked, per_page=PER_PAGE, total=answer.total),
        "words": outcome.words,
        "suggested": outcome.suggested.words if outcome.suggested else "",
        "unknown_filters": [f"{name}:{value}" for name, value in outcome.asked.unknown],
        "failed": outcome.failed,
        "incomplete": answer.degraded or answer.partial,
    }


def _hits(found: Sequence[Found]) -> list[dict[str, Any]]:
    guides = lines([hit.card.id for hit in found if _type(hit) == GUIDE])
    return [
        {
            "type": _type(hit),
            "title": hit.card.title,
            "address": absolute(hit.card.address),
            "text": "".join(part for part, _ in hit.text),
            "byline": hit.card.byline,
            "language": hit.card.language,
            "guide": guides.get(hit.card.id) if _type(hit) == GUIDE else None,
        }
        for hit in found
    ]


def _type(hit: Found) -> str:
    return hit.key.partition(":")[0]
