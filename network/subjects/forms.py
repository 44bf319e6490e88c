"""Forms that several kinds of content share."""

from __future__ import annotations

from wtforms import StringField

from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import Form


class HideForm(Form):
    """Why something goes that has a page of its own, where the reason stands in its place."""

    reason = StringField(
        "Why it is hidden",
        [Written("Enter why it is hidden"), fits("Reason", 300)],
        description="Everyone sees this reason in its place.",
        filters=[one_line],
    )
