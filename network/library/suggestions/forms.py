"""Forms of suggestions: making one, and answering it."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from network.core.text.advice import undescribed
from network.core.text.markdown import Rendered
from network.core.web.forms import CreatingForm, Form, Written
from network.library.content import MAX_BYTES, lay_out
from network.library.forms.writing import fits, trimmed
from network.library.suggestions.models import LONGEST_ANSWER, LONGEST_WHY

UNDESCRIBED = "Describe each picture for people who cannot see it, like ![A form with three boxes](form.png)"


class SuggestForm(CreatingForm):
    """A guide's title, summary and text as they should be, and why. `base` is the version it began from.

    `sends` when the owner is to read it now; a draft may leave the reason for later.
    """

    title = StringField("Title", [InputRequired("Enter a title"), fits("Title", 150)], filters=[trimmed])
    summary = TextAreaField("Summary", [fits("Summary", 300)], filters=[trimmed])
    body = TextAreaField("Guide")
    why = TextAreaField(
        "Why",
        [fits("Why", LONGEST_WHY)],
        description="The owner reads this first, and it shows in the list of versions. "
        "For example, “People asked me whether a site address counts as personal data”.",
        filters=[trimmed],
    )
    base = HiddenField()
    sends = False

    def validate_body(self, field: Any) -> None:
        """Not empty, not too large, and with words for every picture."""
        too_large(field.data or "")
        if self.sends and not (field.data or "").strip():
            raise ValidationError("Enter the text of the guide")
        if self.sends and undescribed(lay_out(field.data or "").html):
            raise ValidationError(UNDESCRIBED)

    def validate_why(self, field: Any) -> None:
        """Whoever answers must know why."""
        if self.sends:
            Written("Enter why you suggest this")(self, field)

    def base_number(self) -> int:
        """The version, 0 for what is none."""
        return number_of(self.base.data)


class AnswerForm(CreatingForm):
    """What is taken of a suggestion, and a few words to its author. `base` is the version that the page showed."""

    take = SelectMultipleField("Changes", validate_choice=False)
    answer = TextAreaField("Reply (optional)", [fits("Reply", LONGEST_ANSWER)], filters=[trimmed])
    base = HiddenField()
    declines = False

    def validate_answer(self, field: Any) -> None:
        """Nobody is turned down without a reason."""
        if self.declines:
            Written("Say why you decline it")(self, field)

    def base_number(self) -> int:
        """The version, 0 for what is none."""
        return number_of(self.base.data)


class HideForm(Form):
    """Why nobody can read it any more."""

    reason = StringField(
        "Reason",
        [Written("Enter a reason"), fits("Reason", LONGEST_ANSWER)],
        description="Everyone who can read the guide sees your reason and your name.",
        filters=[trimmed],
    )


def too_large(body: str) -> None:
    """Raise ValidationError for a text over the limit of guides."""
    size = len(body.encode())
    if size > MAX_BYTES:
        raise ValidationError(f"Guide must be 256 KB or smaller. This is {size // 1024 + 1} KB")


def number_of(text: str | None) -> int:
    """A version's number as a form brings it; 0 for anything else."""
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def fit_for_readers(body: str, rendered: Rendered) -> str:
    """What keeps a text that was put together here from being published; empty when nothing does."""
    try:
        too_large(body)
    except ValidationError as refusal:
        return str(refusal)
    if not body.strip():
        return "Nothing of the guide would be left. Take fewer changes, or edit first"
    return UNDESCRIBED if undescribed(rendered.html) else ""
