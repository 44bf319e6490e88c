"""The check against the database: of the keys that were found, the rows that this viewer may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from network.discovery.documents import split
from network.subjects.registry import Card, Named, Subject, subjects
from network.subjects.viewer import Viewer


def cards_of(keys: Sequence[str], viewer: Viewer) -> dict[str, Card]:
    """The cards of these keys that the viewer may read."""
    return {
        f"{subject.name}:{row_id}": card
        for subject, ids in _by_subject(keys)
        for row_id, card in subject.cards(ids, viewer).items()
    }


def named_of(keys: Sequence[str], viewer: Viewer) -> dict[str, Named]:
    """Title and address of these keys as far as the viewer may read them."""
    found: dict[str, Named] = {}
    for subject, ids in _by_subject(keys):
        rows: Mapping[int, Named] = subject.named(ids, viewer) if subject.named else _named(subject, ids, viewer)
        found |= {f"{subject.name}:{row_id}": row for row_id, row in rows.items()}
    return found


def _named(subject: Subject, ids: Sequence[int], viewer: Viewer) -> dict[int, Named]:
    cards = subject.cards(ids, viewer)
    return {row_id: Named(card.title, card.address, card.kicker) for row_id, card in cards.items()}


def _by_subject(keys: Iterable[str]) -> list[tuple[Subject, list[int]]]:
    ids: dict[str, list[int]] = defaultdict(list)
    for name in keys:
        subject, row_id = split(name)
        ids[subject].append(row_id)
    return [(subjects()[name], rows) for name, rows in ids.items() if name in subjects()]
