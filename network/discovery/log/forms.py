"""The form under the results of a search, and the one that takes a text out of the log."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from network.core.web.fields import fits, one_line
from network.core.web.forms import Form
from network.discovery.log.models import LONGEST_FOLDED, LONGEST_WORDS


class FeedbackForm(Form):
    """Two questions; one answer is enough. It carries no key against sending twice: that would be kept with who."""

    q = HiddenField(validators=[Length(max=2_000)])
    useful = RadioField("Was this useful?", [Optional()], choices=[("yes", "Yes"), ("no", "No")])
    said = StringField(
        "What were you after? (optional)",
        [fits("What you were after", LONGEST_WORDS)],
        description="Moderators read it with the words of your search, without your name.",
        filters=[one_line],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Something has to be said."""
        fine = bool(super().validate(extra_validators))
        if fine and not self.useful.data and not self.said.data:
            self.useful.errors = ["Choose yes or no, or say what you were after"]
            return False
        return fine


class ForgetForm(Form):
    """Confirms that a text goes from the log."""

    text = HiddenField(validators=[InputRequired("Open the list again"), Length(max=LONGEST_FOLDED)])
