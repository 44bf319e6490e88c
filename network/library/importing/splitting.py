"""Cuts documents that are too long for a guide at their highest headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice, pairwise

from network.core.text.headings import without_closing
from network.core.text.plain import bare
from network.core.text.slugs import slugify
from network.library.importing import fields
from network.library.importing.addresses import token
from network.library.importing.archives import CannotRead
from network.library.importing.documents import ImportedDocument, Limits

_TOP_HEADING = re.compile(r"^(#{1,6})[ ]++(.+)$", re.MULTILINE)


def all_split(documents: list[ImportedDocument], limits: Limits) -> list[ImportedDocument]:
    """All of them in parts. Raises CannotRead, and makes no more of them, when the parts are too many."""
    parts: list[ImportedDocument] = []
    for document in documents:
        parts += islice(split(document, limits), limits.files + 1 - len(parts))
        if len(parts) > limits.files:
            raise CannotRead(
                f"{document.path} is longer than a guide may be. Split at its highest headings, this makes more than "
                f"{limits.files:,} guides. Import it in parts."
            )
    return parts


def split(document: ImportedDocument, limits: Limits) -> Iterator[ImportedDocument]:
    """A document that is too long, cut at its highest headings; any other unchanged.

    Each part's path is the document's with the part's number and heading, so that a second import finds it
    again.
    """
    body = document.body_markdown
    if len(body.encode()) <= limits.guide or count_parts(body) < 2:
        yield document
        return
    level = _highest(body)
    first = next(_headings(body, level))
    if body[: first.start()].strip():
        yield replace(document, body_markdown=body[: first.start()].strip() + "\n")
    starts = pairwise(chain(_headings(body, level), [None]))
    for number, (match, following) in enumerate(starts, start=1):
        if match is not None:
            yield _part(document, number, match, following.start() if following else len(body), limits)


def _part(document: ImportedDocument, number: int, match: re.Match[str], end: int, limits: Limits) -> ImportedDocument:
    heading = bare(without_closing(match[2]))
    summary, text = fields.summary_of({}, document.body_markdown[match.end() : end].strip(), limits)
    return replace(
        document,
        path=f"{document.path}#{number}-{slugify(heading)}",
        title=f"{document.title}: {heading}"[: limits.title],
        summary=summary,
        body_markdown=text + "\n",
        pictures={path: data for path, data in document.pictures.items() if token("picture", path) in text},
    )


def _highest(body: str) -> int:
    return min((len(match[1]) for match in _TOP_HEADING.finditer(body)), default=0)


def _headings(body: str, level: int) -> Iterator[re.Match[str]]:
    """The headings of a level, one by one: there may be millions."""
    return (match for match in _TOP_HEADING.finditer(body) if len(match[1]) == level)


def count_parts(body: str) -> int:
    """Into how many parts a text can be cut; 1 when it cannot."""
    level = _highest(body)
    count = sum(1 for _ in _headings(body, level))
    if count < 2:
        return 1
    return count + bool(body[: next(_headings(body, level)).start()].strip())
