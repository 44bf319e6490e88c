"""Showing what is half written: the text is kept first, and the page that shows it has an address of its own.

So Back and reload ask for that page again instead of for a form to be sent anew, and whoever leaves finds the text
where they left it. A script is not needed for any of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import g, request

from network.core.idempotency import new_key
from network.core.web.forms import say
from network.library.actions.drafting import DraftChanged
from network.library.actions.editing import EditElsewhere
from network.library.composing import pages
from network.library.composing.pictures import add_by_button, chosen_picture
from network.library.composing.saving import Kept, TooLate
from network.library.forms.writing import GuideForm

SHOWS = ("preview", "table", "outline")
"""What the buttons ask for that only show the text, or change it and show it."""
KEEPS = ("draft", "picture", *SHOWS)
LANDS = {"draft": "", "picture": "#body", "outline": "#body"}
"""Where on the page the writer goes on; all others on the preview."""
SENT_BEFORE = (
    "You added a picture from this page before, and what was saved then has it. Compare the two before you go on with "
    "this one"
)
REST_SAVED = "Everything else is saved."
NOT_SAVED = "Not saved yet: this was saved from another window too. Save draft shows both texts."
NOT_IN = "The picture “{}” is not in the text yet. Choose it again, and press Add picture"


class Sent(NamedTuple):
    """What a button sent: the form of it, how to read that anew, and how to keep it (as `saving` does)."""

    act: str
    form: GuideForm
    begin: Callable[[], GuideForm]
    keep: Callable[..., Kept]

    def anew(self) -> GuideForm:
        """What was sent, read again: as the same sending."""
        form = self.begin()
        form.idempotency_key.data = self.form.idempotency_key.data
        return form


def part_from_sent(form: GuideForm) -> None:
    """A button on a page that was sent before, to which Back led, is another sending: it begins from what the page
    showed, which lacks the picture that went in with the first.
    """
    page = form.idempotency_key.data or ""
    if request.method == "POST" and pages.was_sent(page):
        form.lead_on()  # Pressed twice in the same moment it is no other.
        saved = pages.last_save(page, g.viewer)
        form.saved_before = saved.state if saved else ""
        form.idempotency_key.data = new_key()


def after_keeping(sent: Sent, *, added: str, saved: str) -> str:
    """Keep what was sent, and give the address to go on at. Empty when the form is to be shown again, or published.

    A picture that was chosen goes in by every button, as by its own; `added` is what is said then, `saved` what is said
    of a text that only was to be saved. Raises DraftChanged and EditElsewhere, with the form as it was typed.
    """
    act, form = sent.act, sent.form
    if act not in KEEPS or request.method != "POST":  # The address of a preview keeps nothing by being asked for.
        return ""
    if act == "draft" and not form.validate_on_submit():
        return ""
    if act in SHOWS:
        for refusal in form.body.errors:  # An outline found no room; the text is kept all the same.
            say(refusal)
    kept = _kept(sent, added)
    if kept is None:
        if act in SHOWS and form.holds_words():  # Of what is looked at, the rest is kept.
            sent.keep(sent.anew(), pressed=True)
        return ""
    if act == "draft" and not chosen_picture():
        say(saved)
    return f"{kept.address}{LANDS.get(act, '?preview=1#preview')}"


def _kept(sent: Sent, added: str) -> Kept | None:
    """None, with the errors in the form, when it cannot be kept as it stands."""
    if sent.act == "picture" or chosen_picture():
        kept = add_by_button(sent.form, lambda stored: sent.keep(sent.form, picture=stored))
        if kept:
            say(added)
        return kept
    return None if sent.form.breaks_rules() else sent.keep(sent.form, pressed=True)


def may_be_published(sent: Sent) -> bool:
    """Whether that was asked for and nothing holds it up; a picture that was chosen and put nowhere does."""
    form = sent.form
    if sent.act != "publish" or not form.validate_on_submit():
        return False
    if name := chosen_picture():
        form.picture.errors = [NOT_IN.format(name)]
    return not name


def keep_refused(sent: Sent) -> str:
    """Keep what cannot be published as it stands, and say what became of it; where somebody else was faster, the next
    press shows both texts.
    """
    if sent.form.form_errors or not sent.form.holds_words():
        return ""
    again = sent.anew()
    again.for_readers = False
    try:
        sent.keep(again, pressed=True)
    except (DraftChanged, EditElsewhere, TooLate):
        return NOT_SAVED
    return REST_SAVED
