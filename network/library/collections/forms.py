"""Forms of collections."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from network.core.web.editing import EditingForm
from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.library.collections.models import LONGEST_NOTE, LONGEST_PURPOSE, LONGEST_TITLE

MINE = "me"


def _note(label: str) -> TextAreaField:
    return TextAreaField(
        label,
        [fits("Note", LONGEST_NOTE)],
        description="Why it is here, or what to look at first.",
        filters=[one_line],
    )


class _Words(Form):
    """What a collection says of itself."""

    title = StringField(
        "Title",
        [Written("Enter a title"), fits("Title", LONGEST_TITLE)],
        description="Say what it helps with. For example, “Your first open data set”.",
        filters=[one_line],
    )
    purpose = TextAreaField(
        "Purpose",
        [Written("Enter a purpose"), fits("Purpose", LONGEST_PURPOSE)],
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


class SureForm(Form):
    """Nothing to fill in: pressing the button does it."""
