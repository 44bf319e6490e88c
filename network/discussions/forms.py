"""Forms of discussions."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import Length

from network.core.web.editing import EditingForm
from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.groups.filing import LONGEST_TAG, MAX_TAGS, MAX_TOPICS, Filing, file_words
from network.people.links import without_links_to_nobody
from network.threads.forms import small_enough

LONGEST_TITLE = 150


class _Filed(Form):
    """What a discussion is called and filed under."""

    title = StringField(
        "Title",
        [
            Written("Enter a title"),
            fits("Title", LONGEST_TITLE),
        ],
        filters=[one_line],
    )
    topics = StringField(
        "Topics (optional)",
        description=f"Separated by commas: up to {MAX_TOPICS} from our list, and up to {MAX_TAGS} words of your own.",
        filters=[one_line],
    )
    filing: Filing = Filing()

    def validate_topics(self, field: Any) -> None:
        """Words that are no topics become tags."""
        self.filing = file_words(field.data or "")
        if len(self.filing.topics) > MAX_TOPICS:
            raise ValidationError(f"Topics must be {MAX_TOPICS} or fewer")
        if len(self.filing.words) > MAX_TAGS:
            raise ValidationError(f"Words of your own must be {MAX_TAGS} or fewer")
        if any(len(word) > LONGEST_TAG for word in self.filing.words):
            raise ValidationError(f"Each word must be {LONGEST_TAG} characters or fewer. Separate them by commas")


class StartForm(_Filed, CreatingForm):
    """A discussion in a group that the address names."""

    body = TextAreaField("Text", [Written("Enter a text"), small_enough], filters=[without_links_to_nobody])


class AskForm(StartForm):
    """The same, with the group to choose. `person` is the handle of somebody whom the question names."""

    group = SelectField("Group", coerce=str)
    person = HiddenField(validators=[Length(max=60)])


class EditDiscussionForm(_Filed, EditingForm):
    """Title and topics; the words are edited with the post."""
