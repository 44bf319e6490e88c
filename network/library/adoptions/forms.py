"""The forms about use: how it went, when it ended, and the answer to a mail."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Optional

from network.core.web.fields import DayField, fits, one_line, whole_number
from network.core.web.forms import Form
from network.library.adoptions.models import LONGEST_TEXT, RESULTS
from network.library.checks import add_months, today

HINTS = {
    "worked": "As written, or close to it",
    "worked-after-changes": "Say below what you changed, if you like",
    "did-not-work": "Just as useful to know",
    "too-early": "We will ask again in 3 months",
}
MONTHS_BACK = 60
HOW = "Choose how it went"


def month_choices(stored: date | None) -> list[tuple[str, str]]:
    """This month and those before it; the one that is stored, however long ago."""
    first = today().replace(day=1)
    months = [add_months(first, -back) for back in range(MONTHS_BACK)]
    if stored is not None and stored not in months:
        months = sorted({*months, stored}, reverse=True)
    return [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]


class ResultForm(Form):
    """What happened where the guide was used. `base` is the state that the form showed."""

    result = RadioField("How did it go?", [InputRequired(HOW)], choices=list(RESULTS.items()))
    text = TextAreaField(
        "In a sentence or two (optional)",
        [fits("Your sentences", LONGEST_TEXT)],
        description="For example, “Routine requests fell from 31 to 9 a month.”",
        filters=[one_line],
    )
    month = SelectField("When did you begin to use it?")
    may_be_asked = BooleanField(
        "People elsewhere may ask me about it",
        description="They see a link that asks you a question in the open. Nobody sees your email address.",
    )
    base = HiddenField()

    def __init__(self, *args: Any, stored: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.month.choices = month_choices(stored)

    def base_number(self) -> int:
        """The state's number, -1 for what is none."""
        return whole_number(self.base.data, -1)

    def chosen_month(self) -> date:
        """Its first day."""
        return date.fromisoformat(f"{self.month.data}-01")


class StopForm(Form):
    """When the use ended; empty means today."""

    stopped_on = DayField(
        "When did you stop? (optional)",
        [Optional()],
        description="Leave this empty if you stopped today. What you said about the guide stays and is marked.",
    )

    def __init__(self, *args: Any, began: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began = began

    def validate_stopped_on(self, field: Any) -> None:
        """Not in the future, for who will stop uses it still, and not before the month in which the use began."""
        if field.data and field.data > today():
            raise ValidationError("The day you stopped must be today or before")
        if field.data and field.data < self.began:
            raise ValidationError(f"The day you stopped must be in {self.began:%B %Y}, when you began, or after")


class AnswerForm(Form):
    """The one answer that a mail asks for."""

    result = RadioField("How did it go?", [InputRequired(HOW)], choices=list(RESULTS.items()))
