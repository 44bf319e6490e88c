"""Small forms: restoring, superseding and withdrawing a guide."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, StringField, TextAreaField

from network.core.web.fields import Written, fits, one_line, whole_number
from network.core.web.forms import CreatingForm, Form
from network.library.lineage.forms import the_guide_named


class RestoreForm(CreatingForm):
    """Puts a version back; `base` is the version that was the newest when the page was shown."""

    base = HiddenField()

    def base_number(self) -> int:
        """The number, -1 for what is none."""
        return whole_number(self.base.data, -1)


class SuccessorForm(Form):
    """Names the guide that takes another's place. `guide_id` is set when it was found."""

    successor = StringField(
        "The guide that replaces it (optional)",
        [fits("The guide that replaces it", 500)],
        description="Enter its title, or its address like /library/name-of-the-guide.",
        filters=[one_line],
    )
    guide_id: int | None = None

    def validate_successor(self, field: Any) -> None:
        """One guide of this library. Whether it may be the successor is for the action to say."""
        if field.data:
            self.guide_id = the_guide_named(field.data)


class WithdrawForm(SuccessorForm):
    """Why a guide is taken away, and perhaps what replaces it."""

    reason = TextAreaField(
        "Reason",
        [Written("Enter the reason"), fits("Reason", 300)],
        description="Everyone who comes to its address reads this. For example, “The rules changed in April 2026”.",
        filters=[one_line],
    )
