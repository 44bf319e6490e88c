"""Forms of the glossary."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import Regexp

from network.core.text.folding import folded
from network.core.web.fields import fits, one_line
from network.core.web.forms import CreatingForm, Form
from network.vocabulary.glossary.models import LONGEST_FOLDED, LONGEST_MEANING, LONGEST_TERM, LONGEST_WAY, MOST_WAYS


class _EntryFields(Form):
    """What an entry says."""

    term = StringField(
        "Term",
        [fits("Term", LONGEST_TERM)],
        description="The word or acronym, as people write it. For example, “FOI”.",
        filters=[one_line],
    )
    ways = TextAreaField(
        "Other ways of saying it (optional)",
        description=f"One on each line, up to {MOST_WAYS}. A search for one finds the others too.",
    )
    meaning = StringField(
        "What it means (optional)",
        [fits("What it means", LONGEST_MEANING)],
        description="One plain sentence.",
        filters=[one_line],
    )

    @property
    def other_ways(self) -> list[str]:
        """The lines that say something."""
        return [line for line in map(one_line, (self.ways.data or "").splitlines()) if line]

    def validate_term(self, field: Any) -> None:
        """A term has at least one letter or digit: search compares nothing else."""
        if not field.data:
            raise ValidationError("Enter a term")
        if not folded(field.data):
            raise ValidationError("Enter a term with letters or digits in it")
        if len(folded(field.data)) > LONGEST_FOLDED:
            raise ValidationError("Enter a term with fewer joined letters")

    def validate_ways(self, field: Any) -> None:
        """Few, short, each another one than the rest and than the term; an entry says at least something."""
        ways = self.other_ways
        if not ways and not self.meaning.data:
            raise ValidationError("Enter another way of saying it, or what it means")
        if len(ways) > MOST_WAYS:
            raise ValidationError(f"Enter {MOST_WAYS} other ways or fewer")
        seen = {folded(self.term.data or ""): "the term itself"}
        for way in ways:
            if len(way) > LONGEST_WAY:
                raise ValidationError(f"Each other way must be {LONGEST_WAY} characters or fewer")
            if not folded(way):
                raise ValidationError(f"“{way}” has no letters or digits in it. Change or remove that line")
            if folded(way) in seen:
                raise ValidationError(f"“{way}” is the same as {seen[folded(way)]} to search. Remove that line")
            seen[folded(way)] = f"“{way}”"


class AddEntryForm(_EntryFields, CreatingForm):
    """A new entry."""


class ChangeEntryForm(_EntryFields):
    """Other words for an entry; `revision` tells which ones they replace."""

    revision = HiddenField(validators=[Regexp(r"[0-9]{1,9}\Z", message="Open this page again")])


class RetireEntryForm(Form):
    """Confirms that an entry goes."""
