"""Small forms: restoring, superseding and withdrawing a guide."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from network.core.web.fields import fits, one_line, whole_number
from network.core.web.forms import CreatingForm, Form
from network.library.queries.found import guide_named


class RestoreForm(CreatingForm):
    """Puts a version back; `base` is the version that was the newest when the page was shown."""

    base = HiddenField()

    def base_number(self) -> int:
        """The number, -1 for what is none."""
        return whole_number(self.base.data, -1)


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
