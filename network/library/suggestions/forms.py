"""Forms of suggestions: making one, and answering it."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField, ValidationError

from network.core.text.advice import undescribed
from network.core.text.markdown import Rendered
from network.core.web.fields import Written, fits, one_line, whole_number
from network.core.web.forms import CreatingForm, Form
from network.library.forms.keeping import KeepingForm
from network.library.forms.offers import check_size
from network.library.forms.writing import MATTERS, GuideForm
from network.library.suggestions.models import LONGEST_ANSWER, LONGEST_WHY
from network.people.links import without_links_to_nobody

UNDESCRIBED = "Describe each picture for people who cannot see it, like ![A form with three boxes](form.png)"


class SuggestForm(KeepingForm):
    """A guide's title, summary and text as they should be, and why. `base` is the version it began from,
    `kept_at` when the draft that the page shows was saved, `section` the part that it changes.

    `sends` when the owner is to read it now; a draft may leave the reason for later. `elsewhere` when a newer draft
    was saved by another window.
    """

    title = StringField("Title", [Written("Enter a title"), fits("Title", 150)], filters=[one_line])
    summary = TextAreaField("Summary", [fits("Summary", 300)], filters=[one_line])
    body = TextAreaField("Guide", filters=[without_links_to_nobody])
    why = TextAreaField(
        "Why",
        [fits("Why", LONGEST_WHY)],
        description="The owner reads this first, and it shows in the list of versions. "
        "For example, “People asked me whether a site address counts as personal data”.",
        filters=[one_line],
    )
    base = HiddenField()
    kept_at = HiddenField()
    section = HiddenField()
    sends = False
    elsewhere = False

    def validate_body(self, field: Any) -> None:
        """Not empty, not too large, and with words for every picture."""
        check_size(field.data or "")
        if self.sends and not (field.data or "").strip():
            raise ValidationError("Enter the text of the guide")
        if self.sends and undescribed(self.laid_out().html):
            raise ValidationError(UNDESCRIBED)

    def validate_why(self, field: Any) -> None:
        """Whoever answers must know why."""
        if self.sends:
            Written("Enter why you suggest this")(self, field)

    def base_number(self) -> int:
        """The version, 0 for what is none."""
        return whole_number(self.base.data, 0)


class AnswerForm(CreatingForm):
    """What is taken of a suggestion, and a few words to its author. `base` is the version that the page showed,
    `note` what the list of versions says of what was taken, which may be less than what was suggested.
    """

    take = SelectMultipleField("Changes", validate_choice=False)
    matters = BooleanField(MATTERS)
    note = TextAreaField(
        "What changed",
        [fits("What changed", LONGEST_WHY)],
        description="This is the reason that was given. Change it if you do not accept everything: it shows in the "
        "list of versions, and whoever is told of the new version reads it.",
        filters=[one_line],
    )
    answer = TextAreaField("Reply (optional)", [fits("Reply", LONGEST_ANSWER)], filters=[one_line])
    base = HiddenField()
    accepts = False
    declines = False

    def validate_note(self, field: Any) -> None:
        """A new version says what changed."""
        if self.accepts and not field.data:
            raise ValidationError("Enter what changed")

    def validate_answer(self, field: Any) -> None:
        """Nobody is turned down without a reason."""
        if self.declines:
            Written("Say why you decline it")(self, field)

    def base_number(self) -> int:
        """The version, 0 for what is none."""
        return whole_number(self.base.data, 0)


class EditFirstForm(GuideForm):
    """The guide as it is published with what was suggested, and a few words to whoever suggested it."""

    answer = TextAreaField("Your reply, which everyone sees", [fits("Your reply", LONGEST_ANSWER)], filters=[one_line])


class HideForm(Form):
    """Why nobody can read it any more."""

    reason = StringField(
        "Reason",
        [Written("Enter a reason"), fits("Reason", LONGEST_ANSWER)],
        description="Everyone who can read the guide sees your reason and your name.",
        filters=[one_line],
    )


def fit_for_readers(body: str, rendered: Rendered) -> str:
    """What keeps a text that was put together here from being published; empty when nothing does."""
    try:
        check_size(body)
    except ValidationError as refusal:
        return str(refusal)
    if not body.strip():
        return "Nothing of the guide would be left. Take fewer changes, or edit first"
    return UNDESCRIBED if undescribed(rendered.html) else ""
