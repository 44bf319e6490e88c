"""Small forms: checking, restoring, superseding and withdrawing a guide."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from network.core.web.fields import fits, one_line, whole_number
from network.core.web.forms import CreatingForm, Form
from network.library.checks import LONGEST_MONTHS, PERIODS
from network.library.queries.found import guide_named

NEXT_CHECKS = {str(months): f"In {months} months" for months in PERIODS}


class RestoreForm(CreatingForm):
    """Puts a version back; `base` is the version that was the newest when the page was shown."""

    base = HiddenField()

    def base_number(self) -> int:
        """The number, -1 for what is none."""
        return whole_number(self.base.data, -1)


class CheckForm(Form):
    """The two questions of a check, asked of the whole guide; after a no, what is wrong.

    `base` is the version that was the newest when the page was shown: nobody answers for what they have not seen.
    """

    base = HiddenField()

    facts = RadioField(
        "Are facts and links still true?",
        [InputRequired("Choose whether facts and links are still true")],
        description="Names, figures, costs, laws, and what every link leads to.",
        choices=[("yes", "Yes, all of them"), ("no", "No, something is not true any more")],
    )
    advice = RadioField(
        "Is the advice still what you would give?",
        [InputRequired("Choose whether the advice is still what you would give")],
        description="Would you do it this way if you began today?",
        choices=[("yes", "Yes"), ("no", "No, I would advise something else")],
    )
    months = SelectField(
        "When should it be checked again?",
        choices=list(NEXT_CHECKS.items()),
        description="The guide keeps this period, until somebody chooses another one. The longest is "
        f"{LONGEST_MONTHS} months.",
    )
    wrong = TextAreaField(
        "If something is wrong: what?",
        [fits("What is wrong", 300)],
        description="Readers see these words above the text until the guide is mended. Leave this empty to mend it at "
        "once.",
        filters=[one_line],
    )

    def offer_period(self, months: int) -> None:
        """Have the guide's own period among the choices, even one that the form does not offer by itself."""
        if months not in PERIODS:
            self.months.choices = [*NEXT_CHECKS.items(), (str(months), f"In {months} months")]

    def base_number(self) -> int:
        """The number, -1 for what is none."""
        return whole_number(self.base.data, -1)

    def all_right(self) -> bool:
        """Two times yes."""
        return bool(self.facts.data == self.advice.data == "yes")


class SuccessorForm(Form):
    """Names the guide that takes another's place, by its address. `guide_id` is set when it was found."""

    successor = StringField(
        "Address of the guide that replaces it",
        [fits("Address", 500)],
        description="Open that guide and copy its address, like /library/name-of-the-guide.",
        filters=[one_line],
    )
    guide_id: int | None = None

    def validate_successor(self, field: Any) -> None:
        """The address of a guide here. Whether it may be the successor is for the action to say."""
        if not field.data:
            return
        found = guide_named(g.viewer, field.data if "/" in field.data else f"/library/{field.data}")
        if found is None:
            raise ValidationError("Enter the address of a guide in this library, like /library/name-of-the-guide")
        self.guide_id = found.id


class WithdrawForm(SuccessorForm):
    """Why a guide is taken away, and perhaps what replaces it."""

    reason = TextAreaField(
        "Reason",
        [InputRequired("Enter the reason"), fits("Reason", 300)],
        description="Everyone who comes to its address reads this. For example, “The rules changed in April 2026”.",
        filters=[one_line],
    )
