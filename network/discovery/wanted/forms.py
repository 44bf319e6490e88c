"""Forms of the board."""

from __future__ import annotations

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.discovery.wanted.models import LONGEST_WORDS


class WantForm(CreatingForm):
    """The words for the board, confirmed to be public."""

    words = StringField(
        "Which guide you ask for",
        [
            Written("Enter which guide you ask for"),
            fits("Which guide you ask for", LONGEST_WORDS),
        ],
        description="As the title of a guide would say it. For example, “Damp and mould letter to tenants”.",
        filters=[one_line],
    )
    public = BooleanField(
        "Everyone can read these words, and they name nobody",
        [DataRequired("Confirm that everyone can read these words")],
        description="Your name is not shown. We say how many people want it, and “fewer than 5” below five.",
    )


class MergeForm(Form):
    """Which one stays."""

    into = RadioField("Which one stays", coerce=int, validators=[InputRequired("Choose which one stays")])
