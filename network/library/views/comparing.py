"""Two texts of a guide beside each other, part by part."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from network.core.text.diff import difference
from network.core.text.unmarked import unmarked
from network.core.web.editing import Comparison
from network.library.forms.writing import GuideForm
from network.library.models import KINDS


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


def compare(old: Texts, new: Texts) -> list[Comparison]:
    """What differs, part by part; empty when the two are the same."""
    pairs = (
        ("Title", old.title, new.title),
        ("Summary", old.summary, new.summary),
        ("Kind", KINDS.get(old.kind, old.kind), KINDS.get(new.kind, new.kind)),
        ("Text", old.body, new.body),
    )
    return [Comparison(part, unmarked(difference(before, after))) for part, before, after in pairs if before != after]


def compared(theirs: Texts, form: GuideForm) -> list[Comparison]:
    """What differs between the stored text and the one in the form."""
    typed = Typed(form.title.data or "", form.summary.data or "", form.kind.data or "", form.body.data or "")
    return compare(theirs, typed)
