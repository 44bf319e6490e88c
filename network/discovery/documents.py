"""Rows of the registry as the search library holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from network.subjects.registry import Entry, Subject
from search.contract import DOUBTED, SUPERSEDED, Document

# How far a guide's standing moves its place: checked lately helps, overdue, flagged and superseded hurt, all mildly.
STANDING = {"in-date": 1.0, "due": 0.5, "overdue": -0.5, "flagged": DOUBTED, "superseded": SUPERSEDED}

# Raised whenever rows become documents in another way: the nightly reconcile then puts all of them anew.
FORM = 3
FORMS = 100


def version(revision: int) -> int:
    """The version of a row's document: newer with each change of the row, and with each change of the form."""
    return revision * FORMS + FORM


def key(subject: str, row_id: int) -> str:
    """“guide:12”"""
    return f"{subject}:{row_id}"


def split(name: str) -> tuple[str, int]:
    """The subject and the row of a key."""
    subject, _, row_id = name.partition(":")
    return subject, int(row_id)


def document(subject: str, entry: Entry) -> Document:
    """One entry as a document."""
    check = entry.facets.get("check", ("",))
    return Document(
        key=key(subject, entry.id),
        version=version(entry.revision),
        subject=entry.tab or subject,
        title=entry.title,
        audience=entry.audience,
        created=entry.created,
        updated=entry.updated,
        summary=entry.summary,
        body=entry.body,
        attached=entry.attached,
        tags=entry.tags,
        language=entry.language,
        facets=entry.facets,
        uses=entry.uses,
        standing=STANDING.get(check[0] if check else "", 0.0),
    )


def documents(subject: Subject, ids: Sequence[int]) -> list[Document]:
    """The documents of these rows; rows that must not be found are missing from it."""
    return [document(subject.name, entry) for entry in subject.entries(ids)]


def in_batches(ids: Iterable[int], size: int) -> Iterator[list[int]]:
    """Ids in lists of at most `size`."""
    batch: list[int] = []
    for row_id in ids:
        batch.append(row_id)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
