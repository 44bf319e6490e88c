"""Forms of the list of topics."""

from __future__ import annotations

from typing import Any

from wtforms import SelectField, StringField, TextAreaField, ValidationError

from network.core.text.folding import folded
from network.core.web.editing import EditingForm
from network.core.web.fields import Written, fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.vocabulary.models import LONGEST_ABOUT, LONGEST_NAME, MOST_ALIASES

FIRST_LEVEL = (0, "None: it is of the first level")


def _check_word(word: str) -> None:
    """What people type between commas, and what has an address."""
    if not folded(word):
        raise ValidationError(f"“{word}” has no letters or digits in it. Change or remove it")
    if "," in word or ";" in word:
        raise ValidationError(f"“{word}” has a comma in it. People type topics with commas between them")


class _TopicFields(Form):
    """What a topic is called, and where it stands. The choices come from the view."""

    name = StringField(
        "Name",
        [Written("Enter a name"), fits("Name", LONGEST_NAME)],
        description="As people would say it. For example, “Records and retention”.",
        filters=[one_line],
    )
    parent = SelectField("Under", coerce=int, default=0)
    about = StringField(
        "What it is about (optional)",
        [fits("What it is about", LONGEST_ABOUT)],
        description="One plain sentence.",
        filters=[one_line],
    )
    aliases = TextAreaField(
        "Other words for it (optional)",
        description=f"One on each line, up to {MOST_ALIASES}. Whoever types one files under this topic, or finds it.",
    )

    @property
    def other_words(self) -> list[str]:
        """The lines that say something."""
        return [line for line in map(one_line, (self.aliases.data or "").splitlines()) if line]

    def validate_name(self, field: Any) -> None:
        """Something that can be typed."""
        _check_word(field.data)

    def validate_aliases(self, field: Any) -> None:
        """Few, short, each another one than the rest and than the name."""
        words = self.other_words
        if len(words) > MOST_ALIASES:
            raise ValidationError(f"Enter {MOST_ALIASES} other words or fewer")
        seen = {folded(self.name.data or ""): "the name"}
        for word in words:
            if len(word) > LONGEST_NAME:
                raise ValidationError(f"Each other word must be {LONGEST_NAME} characters or fewer")
            _check_word(word)
            if folded(word) in seen:
                raise ValidationError(f"“{word}” is the same as {seen[folded(word)]}. Remove that line")
            seen[folded(word)] = f"“{word}”"


class AddTopicForm(_TopicFields, CreatingForm):
    """A new topic."""


class EditTopicForm(_TopicFields, EditingForm):
    """Other words for a topic, or another place."""


class MergeTopicForm(Form):
    """Which topic it becomes part of."""

    into = SelectField("Merge into", coerce=int)

    def validate_into(self, field: Any) -> None:
        """The first choice is none."""
        if not field.data:
            raise ValidationError("Choose a topic")


class RemoveTopicForm(Form):
    """Confirms that a topic goes."""
