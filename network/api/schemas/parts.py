"""Fields with a meaning in words, and the small objects that several answers hold.

A field without a value is left out of an answer; nothing is ever null.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import OneOf, Range

from network.portability.states import FLAGGED, SUPERSEDED

STATES = {
    "in-date": "Checked, and the next check is more than 30 days away.",
    "due": "The day of the next check is at most 30 days away.",
    "overdue": "The day of the next check has passed.",
    "unchecked": "Nobody has checked it here yet.",
    FLAGGED: "Somebody says that it is outdated, and that is not answered yet; `flags` has the reason.",
    SUPERSEDED: "Another guide takes its place: `superseded_by`.",
}
"""How far a guide can be trusted, in one word, and what the word means."""
FURTHEST = 10_000


def string(says: str, form: str = "", among: Iterable[str] = (), **options: Any) -> fields.String:
    """A string: `form` is a format of OpenAPI, `among` a closed list."""
    values = list(among)
    metadata: dict[str, Any] = {"description": says, **({"format": form} if form else {})}
    if values:
        options["validate"] = OneOf(values, error="It must be one of {choices}.")
    return fields.String(metadata=metadata, **options)


class Moment(fields.String):
    """A time, to the second; given as one or as text."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> Any:
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        return moment.isoformat(timespec="seconds")


def moment(says: str) -> Moment:
    """A time in UTC."""
    return Moment(metadata={"description": says, "format": "date-time"})


def whole(says: str, **options: Any) -> fields.Integer:
    """A number without a fraction."""
    return fields.Integer(metadata={"description": says}, error_messages={"invalid": "It must be a number."}, **options)


def yes_or_no(says: str) -> fields.Boolean:
    """True or false."""
    return fields.Boolean(metadata={"description": says})


def one(schema: type[Schema], says: str) -> fields.Nested:
    """An object."""
    return fields.Nested(schema, metadata={"description": says})


def many(schema: type[Schema], says: str) -> fields.List[Any]:
    """A list of objects."""
    return fields.List(fields.Nested(schema), metadata={"description": says})


def strings(says: str, among: Iterable[str] = ()) -> fields.List[Any]:
    """A list of strings; as a parameter it can be given several times."""
    values = list(among)
    checks = [OneOf(values, error="It must be one of {choices}.")] if values else []
    return fields.List(fields.String(validate=checks), metadata={"description": says})


def page() -> fields.Integer:
    """Which page of a list, from 1."""
    said = f"It must be from 1 to {FURTHEST}."
    return whole("Which page, from 1.", load_default=1, validate=Range(1, FURTHEST, error=said))


class AnswerSchema(Schema):
    """What we say. It may say more one day, so that nobody should refuse what they do not know."""

    class Meta:
        unknown = EXCLUDE


class PageSchema(AnswerSchema):
    """A page of a list."""

    total = whole("How many there are on all pages.")
    next = string("The address of the next page; left out on the last one.", "uri")


class LicenceSchema(AnswerSchema):
    """Under what others may use a text."""

    id = string("Of the SPDX list, or `other`.")
    name = string("As readers see it.")
    address = string("Its text.", "uri")


class PlaceSchema(AnswerSchema):
    """Something with a page."""

    slug = string("What its address is made of.")
    name = string("As readers see it.")


class OwnerSchema(AnswerSchema):
    """Who answers for a guide."""

    kind = string("What it is.", among=("person", "group", "organisation"))
    name = string("As readers see it.")


class AuthorSchema(AnswerSchema):
    """Who wrote a guide."""

    name = string("As readers see it.")
    organisation = string("Where they work.")


class OtherSchema(AnswerSchema):
    """Another guide."""

    uuid = string("Stays, whatever becomes of its title.", "uuid")
    title = string("Its title.")
    address = string("Its page.", "uri")
    self = string("Its address in this interface.", "uri")


class FlagSchema(AnswerSchema):
    """Somebody's word that a guide is outdated, not answered yet."""

    reason = string("What is no longer right.")
    by = string("Who says so.")
    at = moment("When they said it.")


class TrustSchema(AnswerSchema):
    """How far a guide can be trusted today. It changes without the guide: with the day, a check, a flag, a use."""

    state = string("The one word that a reader should know first.", among=STATES)
    checked = moment("When somebody last checked that it is still right.")
    checked_by = string("Who did.")
    check_due = string("The day by which it is to be checked again.", "date")
    check_months = whole("Every how many months, where that is not the usual for its kind. In full answers only.")
    flagged = moment("Since when a flag waits for an answer.")
    flags = many(FlagSchema, "The flags that wait for an answer, the oldest first. In full answers only.")
    used_by = whole("How many other organisations say that they use it.")
    superseded_by = string("The page of the guide to read instead, where everybody may read that.", "uri")
