"""Forms: saying that a guide is out of date, and answering."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.library.flags.models import LONGEST_TEXT, MENDED, STILL_RIGHT

CHOICES = [(MENDED, "It is put right"), (STILL_RIGHT, "The guide is still right")]
SENTENCE_NEEDED = "Enter a sentence that says why the guide is still right"


class FlagForm(CreatingForm):
    """What is out of date."""

    reason = TextAreaField(
        "What is out of date?",
        [Written("Enter what is out of date"), fits("What is out of date", LONGEST_TEXT)],
        description="Everyone who can read the guide sees this with your name until its owner answers. "
        "For example, “The form it links to was replaced in May”.",
        filters=[one_line],
    )


class AnswerForm(Form):
    """Mended, or still right with a sentence."""

    how = RadioField(
        "Your answer",
        [InputRequired("Choose your answer")],
        choices=CHOICES,
    )
    text = TextAreaField(
        "A sentence about it",
        [fits("A sentence about it", LONGEST_TEXT)],
        description="Needed when the guide is still right: say why. Whoever flagged it gets it by mail, and it stays "
        "in the guide’s record.",
        filters=[one_line],
    )

    def validate_text(self, field: Any) -> None:
        """Nobody is told that they are wrong without a word."""
        if self.how.data == STILL_RIGHT and not field.data:
            raise ValidationError(SENTENCE_NEEDED)
