"""Two texts of a guide beside each other, in the shape that the difference macro shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from network.core.text.diff import Difference, difference
from network.library.forms.writing import GuideForm
from network.library.models import KINDS

Paragraph = str | list[tuple[str, str]]


class Texts(Protocol):
    """What is compared of a guide."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def body(self) -> str: ...


class Typed(NamedTuple):
    """What stands in the form."""

    title: str
    summary: str
    kind: str
    body: str


class Comparison(NamedTuple):
    """A heading's worth of difference: what was compared, a sentence, and the paragraphs that changed."""

    part: str
    summary: str
    paragraphs: list[Paragraph]


def compare(old: Texts, new: Texts) -> list[Comparison]:
    """What differs, part by part; empty when the two are the same."""
    pairs = (
        ("Title", old.title, new.title),
        ("Summary", old.summary, new.summary),
        ("Kind", KINDS.get(old.kind, old.kind), KINDS.get(new.kind, new.kind)),
        ("Text", old.body, new.body),
    )
    found = [(part, difference(before, after)) for part, before, after in pairs if before != after]
    return [Comparison(part, found.summary, list(_paragraphs(found))) for part, found in found]


def compared(theirs: Texts, form: GuideForm) -> list[Comparison]:
    """What differs between the stored text and the one in the form."""
    typed = Typed(form.title.data or "", form.summary.data or "", form.kind.data or "", form.body.data or "")
    return compare(theirs, typed)


def _paragraphs(found: Difference) -> Iterator[Paragraph]:
    for number, hunk in enumerate(found.hunks):
        if number or (hunk.lines[0].old or 1) > 1:
            yield "gap"
        for line in hunk.lines:
            parts: list[tuple[str, str]] = [(segment.kind, segment.text) for segment in line.segments if segment.text]
            if parts:
                yield parts
