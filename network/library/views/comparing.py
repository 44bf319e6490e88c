"""Two texts of a guide beside each other, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from network.core.text.counted import how_much_differs
from network.core.text.diff import difference
from network.core.text.unmarked import unmarked
from network.core.web.editing import Comparison
from network.library.forms.writing import GuideForm
from network.library.models import KINDS
from network.library.suggestions.merging import merged
from network.library.wording import TextsOfKind, Words

COMPARE = "Compare the two before you publish"
TOGETHER = "It is brought together with what you changed. Look at it before you publish"


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


def bring_together(bases: Sequence[TextsOfKind], theirs: TextsOfKind, form: GuideForm) -> bool:
    """Put what others saved since into the form, paragraph by paragraph; what both changed stays as typed there.

    `bases` are the versions that the writer may have begun from, the oldest first: a second window may hold what the
    first has published. That with which the fewest paragraphs clash counts. Says whether nothing is left to be chosen.
    Without a base there is only what was typed.
    """
    typed = Words(form.title.data or "", form.summary.data or "", form.body.data or "")
    tried = [(base, merged(base, theirs, typed)) for base in bases]
    if not tried:
        return False
    base, found = min(tried, key=lambda one: len(one[1].conflicts))
    words = found.words(found.keys)
    # What ends without a line end goes on doing so.
    body = words.body if typed.body.endswith("\n") else words.body.rstrip("\n")
    form.title.data, form.summary.data, form.body.data = words.title, words.summary, body
    form.rendered = None
    one_kind = "kind" not in form or theirs.kind in (base.kind, form.kind.data)
    if not one_kind and form.kind.data == base.kind:
        form.kind.data, one_kind = theirs.kind, True
    return one_kind and not found.conflicts


def compared(theirs: TextsOfKind, form: GuideForm) -> list[Comparison]:
    """What differs between the stored text and the one in the form."""
    typed = Typed(form.title.data or "", form.summary.data or "", form.kind.data or "", form.body.data or "")
    return compare(theirs, typed)
