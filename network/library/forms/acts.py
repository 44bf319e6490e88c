"""Small forms: checking, restoring, superseding and withdrawing a guide."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from network.core.web.addresses import safe_next
from network.core.web.forms import CreatingForm, Form
from network.library.forms.writing import fits, trimmed
from network.library.queries.found import guide_by_slug
from network.library.rules import may_read

NEXT_CHECKS = {"3": "In 3 months", "6": "In 6 months", "12": "In 12 months", "24": "In 24 months"}


class RestoreForm(CreatingForm):
    """Puts a version back; `base` is the version that was the newest when the page was shown."""

    base = HiddenField()

    def base_number(self) -> int:
        """The number, -1 for what is none."""
        text = self.base.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class CheckForm(Form):
    """The two questions of a check, asked of the whole guide."""

    right = RadioField(
        "Is all of it still right?",
        [InputRequired("Choose whether all of it is still right")],
        choices=[("yes", "Yes, I looked through all of it"), ("no", "No, something has to change")],
    )
    months = SelectField("When should it be checked again?", choices=list(NEXT_CHECKS.items()))


class SuccessorForm(Form):
    """Names the guide that takes another's place, by its address. `guide_id` is set when it was found."""

    successor = StringField(
        "Address of the guide that replaces it",
        [fits("Address", 500)],
        description="Open that guide and copy its address, like /library/name-of-the-guide.",
        filters=[trimmed],
    )
    guide_id: int | None = None

    def validate_successor(self, field: Any) -> None:
        """The address of a guide here. Whether it may be the successor is for the action to say."""
        if not field.data:
            return
        path = safe_next(field.data if "/" in field.data else f"/library/{field.data}", "").partition("?")[0]
        slug = path.partition("#")[0].removeprefix("/library/").strip("/")
        found = guide_by_slug(slug) if path.startswith("/library/") and "/" not in slug else None
        if found is None or found.standing.state != "published" or not may_read(g.viewer, found.standing):
            raise ValidationError("Enter the address of a guide in this library, like /library/name-of-the-guide")
        self.guide_id = found.id


class WithdrawForm(SuccessorForm):
    """Why a guide is taken away, and perhaps what replaces it."""

    reason = TextAreaField(
        "Reason",
        [InputRequired("Enter the reason"), fits("Reason", 300)],
        description="Everyone who comes to its address reads this. For example, “The rules changed in April 2026”.",
        filters=[trimmed],
    )
