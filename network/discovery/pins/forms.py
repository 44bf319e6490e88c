"""Forms of the moderators' decisions about results."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import g
from wtforms import DateField, RadioField, StringField, ValidationError
from wtforms.validators import InputRequired

from network.core.clock import today
from network.core.text.folding import folded
from network.core.web.fields import fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.core.web.templating import zone
from network.discovery.pins.addresses import found_at
from network.discovery.pins.models import FIRST, LONGEST_FOLDED, LONGEST_PHRASE, LONGEST_REASON, WITHOUT

USUAL_DAYS = 91
MOST_DAYS = 366


class PinForm(CreatingForm):
    """One result for one search. `key` is set when the address was found."""

    phrase = StringField(
        "Search",
        [fits("Search", LONGEST_PHRASE)],
        description="All of what people type. Capital letters and accents do not matter.",
        filters=[one_line],
    )
    address = StringField(
        "Address of the result",
        description="Open the guide, question, group or profile and copy its address.",
        filters=[one_line],
    )
    kind = RadioField(
        "What to do",
        [InputRequired("Choose what to do")],
        choices=[(FIRST, "Put it on top"), (WITHOUT, "Leave it out")],
        default=FIRST,
    )
    reason = StringField(
        "Reason",
        [fits("Reason", LONGEST_REASON)],
        description="Shown with the results to everyone who may read this one.",
        filters=[one_line],
    )
    until = DateField("Last day", [], description="At most a year from today, so that somebody looks again.")
    key: str = ""

    def validate_phrase(self, field: Any) -> None:
        """Searches are compared by letters and digits."""
        if not folded(field.data or ""):
            raise ValidationError("Enter the search, with letters or digits in it")
        if len(folded(field.data)) > LONGEST_FOLDED:
            raise ValidationError("Enter a search with fewer joined letters")

    def validate_address(self, field: Any) -> None:
        """Something of ours that this moderator may read."""
        found = found_at(field.data or "", g.viewer)
        if found is None:
            raise ValidationError("Enter the address of something on this site, like /library/name-of-the-guide")
        self.key = found[0]

    def validate_reason(self, field: Any) -> None:
        """Nothing is moved up or left out without one."""
        if not folded(field.data or ""):
            raise ValidationError("Enter a reason")

    def validate_until(self, field: Any) -> None:
        """From today on, for at most a year."""
        if field.data is None:
            field.errors = []  # The field's own message names no example.
            raise ValidationError("Enter the last day in the correct format, like 2027-02-25")
        if field.data < today(zone()):
            raise ValidationError("Last day must be today or later")
        if field.data > today(zone()) + timedelta(days=MOST_DAYS):
            raise ValidationError("Last day must be within a year from today")

    @property
    def ends_at(self) -> datetime:
        """The end of the last day, where the deployment lives."""
        return datetime.combine((self.until.data or usual_day()) + timedelta(days=1), time(), zone())


def usual_day() -> date:
    """In three months."""
    return today(zone()) + timedelta(days=USUAL_DAYS)


class EndForm(Form):
    """Confirms that a decision ends early."""
