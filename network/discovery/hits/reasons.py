"""“Why here”: why one hit was found and stands where it stands, told when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence

from network.discovery.documents import document, split
from network.discovery.hits.found import Found
from network.discovery.words import other_words
from network.subjects.registry import subjects
from search.query import parse
from search.why import Reason, why

# These move a hit only among the best matches.
STANDING = frozenset({"checked", "used", "overdue", "flagged", "superseded"})


def reasons(
    key: str,
    found: Sequence[Found],
    words: str,
    *,
    by_relevance: bool = True,
) -> tuple[Reason, ...]:
    """The reasons for one of the hits shown, which the viewer may read; none for any other key."""
    hit = next((hit for hit in found if hit.key == key), None)
    if hit is None:
        return ()
    name, row_id = split(key)
    subject = subjects()[name]
    entry = next(iter(subject.entries([row_id])), None)
    if entry is None:
        return ()
    told = why(document(name, entry), parse(words), other_words(), pinned=bool(hit.pinned))
    return tuple(reason for reason in told if by_relevance or reason.kind not in STANDING)
