"""Forms of groups."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Optional

from network.core.web.editing import EditingForm
from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.groups.filing import MAX_TOPICS, Filing, file_words
from network.people.links import without_links_to_nobody

LARGEST_ABOUT = 64 * 1024
REASON = "Say why this group has to be closed"


class _GroupFields(Form):
    """What a group says of itself."""

    name = StringField(
        "Name",
        [Written("Enter a name"), fits("Name", 150)],
        description="Say who it is for. For example, “Children’s services data leads”.",
        filters=[one_line],
    )
    purpose = StringField(
        "Purpose",
        [Written("Enter a purpose"), fits("Purpose", 300)],
        description="One sentence on what people do together here.",
        filters=[one_line],
    )
    about = TextAreaField(
        "About (optional)",
        description="Who is welcome, how you meet, and any rules of the house.",
        filters=[without_links_to_nobody],
    )
    topics = StringField(
        "Topics (optional)", description=f"Up to {MAX_TOPICS} from our list, separated by commas.", filters=[one_line]
    )
    filing: Filing = Filing()

    def validate_about(self, field: Any) -> None:
        """As large as a post."""
        if len((field.data or "").encode()) > LARGEST_ABOUT:
            raise ValidationError("About must be 64 KB or smaller, which is about 10,000 words")

    def validate_topics(self, field: Any) -> None:
        """Groups stand under topics of the list alone, so that people who browse it find them."""
        self.filing = file_words(field.data or "")
        if self.filing.words:
            word = self.filing.words[0][:80]
            raise ValidationError(f"“{word}” is not in our list of topics. Choose from the list below")
        if len(self.filing.topics) > MAX_TOPICS:
            raise ValidationError(f"Choose {MAX_TOPICS} topics or fewer")


class StartGroupForm(_GroupFields, CreatingForm):
    """A new group; closing it needs a reason that everybody sees."""

    openness = RadioField(
        "Who can read and join",
        choices=[("open", "Everyone (open)"), ("closed", "Only its members (closed)")],
        default="open",
        validators=[InputRequired("Choose who can read and join")],
    )
    closed_reason = StringField(
        "Why it has to be closed",
        [fits("Reason", 300)],
        description="Only for a closed group. Everyone sees this reason.",
        filters=[one_line],
    )

    def validate_closed_reason(self, field: Any) -> None:
        """Nothing is closed without saying why."""
        if self.openness.data == "closed":
            Written(REASON)(self, field)


class EditGroupForm(_GroupFields, EditingForm):
    """The same words again; openness is changed on a page of its own."""


class CloseGroupForm(Form):
    """Closing an open group."""

    reason = StringField(
        "Why it has to be closed",
        [Written(REASON), fits("Reason", 300)],
        description="Everyone sees this reason, for as long as the group exists.",
        filters=[one_line],
    )


class JoinForm(Form):
    """Nothing to fill in: pressing the button joins."""


class RequestForm(Form):
    """Asking to join a closed group."""

    message = StringField(
        "Message to the facilitators (optional)",
        [Optional(), fits("Message", 300)],
        description="Say what you do and why you would like to join. Only the facilitators see it.",
        filters=[one_line],
    )


class DeclineForm(Form):
    """Declining a request."""

    reason = StringField(
        "Why",
        [Written("Say why you decline"), fits("Reason", 300)],
        description="They read this on the page of the group and in a mail. For example, what they would need to join.",
        filters=[one_line],
    )


class RemoveForm(Form):
    """Taking somebody out of a group."""

    reason = StringField(
        "Reason (optional)",
        [Optional(), fits("Reason", 300)],
        description="They read this in a mail. Nobody else sees it.",
        filters=[one_line],
    )


class LeaveForm(Form):
    """Leaving; the only facilitator chooses who takes over."""

    successor = SelectField("Who takes over as facilitator", coerce=lambda value: str(value))

    def validate_successor(self, field: Any) -> None:
        """The first choice is nobody."""
        if not field.data:
            raise ValidationError("Choose who takes over")
