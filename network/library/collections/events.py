"""What happens to collections."""

from __future__ import annotations

from dataclasses import dataclass

from network.subjects.registry import SubjectEvent

COLLECTION = "collection"


@dataclass(frozen=True)
class CollectionChanged(SubjectEvent):
    """A collection is new, says something else, or is gone."""

    name = "collection.changed"
