"""“Edit first” half done: kept as the unfinished edit that somebody has of a guide, with the page where it goes on.

There is one of each person and guide. One that was begun in the guide's own editor is never overwritten from here:
beside it what is typed here is kept for a day, as what was sent after a session had ended is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from flask import g, request

from network.accounts.begun import keep_begun
from network.library.composing import saving
from network.library.composing.saving import Kept
from network.library.forms.writing import GuideForm
from network.library.queries.found import FoundGuide
from network.library.queries.writing import KeptEdit, kept_edit

CARRIED = ("take", "both", "note", "matters", "answer")
"""What the address of “Edit first” brings along from the suggestion's page."""


class Unfinished(NamedTuple):
    """What the viewer has begun: of this suggestion, or something else of the guide."""

    mine: KeptEdit | None
    other: KeptEdit | None

    @property
    def reply(self) -> str:
        """What the viewer had written to whoever suggested it."""
        return str(self.mine.fields.get("answer") or "") if self.mine else ""


def begun(found: FoundGuide, number: int) -> Unfinished:
    """The viewer's unfinished edit of the guide, as the page of this suggestion sees it."""
    kept = kept_edit(found.id, g.viewer.person_id)
    here = kept is not None and kept.begun_at.partition("?")[0] == _page(number)
    return Unfinished(kept, None) if here else Unfinished(None, kept)


def place(found: FoundGuide, number: int) -> str:
    """Where it is written, without what is brought along: the script of the page saves beside that."""
    return f"{found.address}{_page(number)}"


def saves_at(found: FoundGuide, number: int) -> str:
    """The same for the page, with what has to come along whenever the script saves."""
    return f"{found.address}{_page(number, _carried())}"


def keep_edit(form: GuideForm, found: FoundGuide, number: int, *, pressed: bool = False) -> Kept:
    """Keep what is typed, with the page where it goes on. Raises as `saving.keep_edit` does."""
    at = _page(number, _carried())
    return saving.keep_edit(form, found, pressed=pressed, begun_at=at, answers=True)


def keep(form: GuideForm, found: FoundGuide, number: int) -> str:
    """Keep what is typed, as a button asks; the address that shows it. Raises EditElsewhere."""
    keep_edit(form, found, number, pressed=True)
    return f"{found.address}{_page(number, [*_carried(), ('preview', '1')])}#changes"


def keep_for_now(found: FoundGuide, number: int, act: str = "") -> str:
    """Keep what is typed beside another unfinished edit; the address that shows it, for a day.

    What the same page kept before gives way to it, and not what waits from elsewhere.
    """
    key = keep_begun(request.full_path, shown=True)
    looked = [("preview", "1")] if act == "preview" else []
    at = f"{found.address}{_page(number, [*_carried(), ('kept', key), *looked])}"
    return f"{at}#changes" if looked else at


def is_of_this_page(form: GuideForm, found: FoundGuide, kept: KeptEdit | None) -> bool:
    """Whether what is kept is what this page has seen; a newer one from another window is not."""
    return kept is not None and kept.saved_at.isoformat() == saving.seen_edit(form, found)


def _carried() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name in CARRIED]


def _page(number: int, query: Iterable[tuple[str, str]] = ()) -> str:
    asked = urlencode(list(query))
    return f"/suggestions/{number}/edit{'?' if asked else ''}{asked}"
