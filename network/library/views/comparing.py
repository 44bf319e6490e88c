"""Two texts of a guide beside each other, part by part."""

from __future__ import annotations

from typing import NamedTuple

from network.core.text.counted import how_much_differs
from network.core.text.diff import difference
from network.core.text.unmarked import unmarked
from network.core.web.editing import Comparison
from network.library.forms.writing import GuideForm
from network.library.models import KINDS
from network.library.wording import TextsOfKind


class Typed(NamedTuple):
    """What stands in the form."""

    title: str
    summary: str
    kind: str
    body: str


def compare(old: TextsOfKind, new: TextsOfKind) -> list[Comparison]:
    """What differs, part by part; empty when the two are the same."""
    lines = (
        ("Title", old.title, new.title),
        ("Summary", old.summary, new.summary),
        ("Kind", KINDS.get(old.kind, old.kind), KINDS.get(new.kind, new.kind)),
    )
    found = [Comparison(part, difference(before, after), "") for part, before, after in lines if before != after]
    if old.body != new.body:
        said = how_much_differs(old.body, new.body) or "Only blank lines change"
        found.append(Comparison("Text", unmarked(difference(old.body, new.body)), said))
    return found


def compared(theirs: TextsOfKind, form: GuideForm) -> list[Comparison]:
    """What differs between the stored text and the one in the form."""
    typed = Typed(form.title.data or "", form.summary.data or "", form.kind.data or "", form.body.data or "")
    return compare(theirs, typed)
