"""Showing what is half written: the text is kept first, and the page that shows it has an address of its own.

So Back and reload ask for that page again instead of for a form to be sent anew, and whoever leaves finds the text
where they left it. A script is not needed for any of it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from flask import request

from network.core.web.forms import say
from network.library.actions.drafting import DraftChanged
from network.library.actions.editing import EditElsewhere
from network.library.composing.saving import Kept, TooLate
from network.library.forms.writing import GuideForm

SHOWS = ("preview", "table", "outline")
"""What the buttons ask for that only show the text, or change it and show it."""


class Sent(NamedTuple):
    """What a button sent: the form of it, how to read that anew, and how to keep it."""

    act: str
    form: GuideForm
    begin: Callable[[], GuideForm]
    keep: Callable[[GuideForm], Kept]


def to_be_shown(act: str) -> bool:
    """Whether a button asks for it. The address of a preview does not: nothing is kept by asking for a page."""
    return act in SHOWS and request.method == "POST"


def shown_at(sent: Sent) -> str:
    """Keep the text and say where it is shown. Empty, with the errors in the form, when only the rest could be kept.

    Raises DraftChanged and EditElsewhere, with the form as it was typed.
    """
    for refusal in sent.form.body.errors:  # An outline found no room; the text is kept all the same.
        say(refusal)
    if sent.form.breaks_rules():
        sent.keep(sent.begin())
        return ""
    address = sent.keep(sent.form).address
    return f"{address}#body" if sent.act == "outline" else f"{address}?preview=1#preview"


def keep_refused(sent: Sent) -> bool:
    """Keep what cannot be published as it stands; where somebody else was faster, the next press shows both texts."""
    if sent.form.form_errors or not sent.form.holds_words():
        return False
    again = sent.begin()
    again.for_readers = False
    with suppress(DraftChanged, EditElsewhere, TooLate):
        sent.keep(again)
        return True
    return False
