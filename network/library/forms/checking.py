"""The form of a check: two questions about the whole guide, and an answer to everything that readers say of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from network.core.web.fields import fits, one_line, whole_number
from network.core.web.forms import Form
from network.library.checks import LONGEST_MONTHS, PERIODS
from network.library.flags.actions import Answer
from network.library.flags.forms import CHOICES, SENTENCE_NEEDED
from network.library.flags.models import LONGEST_TEXT, MENDED, STILL_RIGHT
from network.library.flags.queries import Flag

NEXT_CHECKS = {str(months): f"In {months} months" for months in PERIODS}


class CheckForm(Form):
    """The two questions of a check, asked of the whole guide; after a no, what is wrong.

    `waiting` are the open flags of readers. Who finds all of it right has an answer to each of them. `base` is the
    version that was the newest when the page was shown: nobody answers for what they have not seen.
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
        "What is wrong, if anything?",
        [fits("What is wrong", 300)],
        description="Readers see these words above the text until the guide is put right. Leave this empty to put it "
        "right at once.",
        filters=[one_line],
    )
    waiting: Sequence[Flag] = ()

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

    def validate(self, extra_validators: Any = None) -> bool:
        """Also that a guide which is right leaves nothing that readers say without an answer."""
        fine = bool(super().validate(extra_validators))
        if not self.all_right():
            return fine
        for flag in self.waiting:
            how, text = self.how(flag), self.text(flag)
            if how.data not in dict(CHOICES):
                how.errors = [f"Choose your answer to “{flag.reason}”"]
            elif how.data == STILL_RIGHT and not text.data:
                text.errors = [SENTENCE_NEEDED]
            fine = fine and not how.errors and not text.errors
        return fine

    def how(self, flag: Flag) -> Any:
        """The field with the answer to a flag."""
        return self[f"how_{flag.id}"]

    def text(self, flag: Flag) -> Any:
        """The field with the sentence about it."""
        return self[f"text_{flag.id}"]

    def answers(self) -> dict[int, Answer]:
        """The answers of the valid form, by the flags' ids."""
        return {
            flag.id: Answer(mended=self.how(flag).data == MENDED, text=self.text(flag).data or "")
            for flag in self.waiting
        }


def check_form(flags: Sequence[Flag], months: int, version: int) -> CheckForm:
    """The form for a guide of this version, with these open flags, that comes round every so many months."""
    fields: dict[str, Any] = {"waiting": [flag for flag in flags if not flag.from_check]}
    for flag in fields["waiting"]:
        fields[f"how_{flag.id}"] = RadioField(
            f"{flag.who or 'A former member'} says: “{flag.reason}”", choices=CHOICES, validate_choice=False
        )
        fields[f"text_{flag.id}"] = TextAreaField(
            "A sentence about it", [fits("A sentence about it", LONGEST_TEXT)], filters=[one_line]
        )
    form: CheckForm = type("CheckForm", (CheckForm,), fields)(data={"months": str(months), "base": str(version)})
    form.offer_period(months)
    return form
