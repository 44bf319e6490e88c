"""Forms of collections."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from network.core.web.editing import EditingForm
from network.core.web.forms import CreatingForm, Form, Written, one_line
from network.library.collections.models import LONGEST_NOTE, LONGEST_PURPOSE, LONGEST_REASON, LONGEST_TITLE

MINE = "me"


def _note(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        [Length(max=LONGEST_NOTE, message="Note must be 300 characters or fewer")],
        description="Why it is here, or what to look at first.",
        filters=[one_line],
    )


class _Words(Form):
    """What a collection says of itself."""

    title = StringField(
        "Title",
        [Written("Enter a title"), Length(max=LONGEST_TITLE, message="Title must be 150 characters or fewer")],
        description="Say what it helps with. For example, “Your first open data set”.",
        filters=[one_line],
    )
    purpose = TextAreaField(
        "Purpose",
        [Written("Enter a purpose"), Length(max=LONGEST_PURPOSE, message="Purpose must be 300 characters or fewer")],
        description="One or two sentences: who it is for, and how you chose.",
        filters=[one_line],
    )


class BeginForm(_Words, CreatingForm):
    """A new collection; `first` is the path of what goes in at once."""

    keeper = SelectField(
        "Who keeps it", description="Everyone can read it, unless a closed group keeps it: then its members can."
    )
    first = HiddenField(validators=[Length(max=500)])

    @property
    def group_id(self) -> int | None:
        """The group that keeps it, None for the person themselves."""
        return None if self.keeper.data == MINE else int(self.keeper.data)


class ChangeForm(_Words, EditingForm):
    """The same words again."""


class NoteForm(EditingForm):
    """The note on one thing."""

    note = _note("Note")


class CollectForm(Form):
    """From a guide's page into one of the viewer's collections."""

    into = RadioField("Collection", coerce=int, validators=[InputRequired("Choose a collection")])
    note = _note("Note (optional)")


class AddForm(Form):
    """From the collection's page: the path of what was found."""

    path = HiddenField(validators=[Length(max=500)])


class HideForm(Form):
    """Why it goes."""

    reason = StringField(
        "Why it is hidden",
        [
            Written("Enter why it is hidden"),
            Length(max=LONGEST_REASON, message="Reason must be 300 characters or fewer"),
        ],
        description="Everyone sees this reason in its place.",
        filters=[one_line],
    )


class SureForm(Form):
    """Nothing to fill in: pressing the button does it."""
