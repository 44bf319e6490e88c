"""Forms of saved searches."""

from __future__ import annotations

from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.discovery.saved.models import ALERTS, WEEKLY

LONGEST_NAME = 100


class _Fields(Form):
    """A name, and how often to hear of it."""

    name = StringField(
        "Name",
        [Written("Enter a name"), fits("Name", LONGEST_NAME)],
        description="Only you see it. It stands in the subject of mails.",
        filters=[one_line],
    )
    alerts = RadioField(
        "When to tell you what is new",
        choices=list(ALERTS.items()),
        default=WEEKLY,
        validators=[InputRequired("Choose when to tell you what is new")],
    )


class SaveForm(_Fields, CreatingForm):
    """Saving the search of this address."""


class ChangeForm(_Fields):
    """Another name, other alerts."""
