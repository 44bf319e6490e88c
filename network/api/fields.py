"""Parameters and fields in rows, for the page about the interface and for the test of the documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from network.api.area import Endpoint
from network.api.schemas.problems import WithdrawnSchema

Field = fields.Field[Any]
FORMS = {"": "text", "uri": "address", "uuid": "UUID", "date-time": "time", "date": "date"}
"""What readers call the formats of texts."""


class Row(NamedTuple):
    """A parameter or field: `of` is the object that it holds, `many` whether it holds several.

    `values` are a closed list, left out where `says` names all of them.
    """

    name: str
    type: str
    of: str
    many: bool
    says: str
    values: tuple[str, ...]
    required: bool


def name_of(schema: type[Schema]) -> str:
    """What the documents call an object."""
    return schema.__name__.removesuffix("Schema")


def rows(schema: type[Schema]) -> list[Row]:
    """The fields of an object, in order."""
    return [_row(name, field) for name, field in schema().fields.items()]


def objects(endpoints: Sequence[Endpoint]) -> list[type[Schema]]:
    """All objects that answers hold, those that hold others first."""
    found: dict[type[Schema], None] = {}
    given: list[type[Schema]] = [*(endpoint.gives for endpoint in endpoints), WithdrawnSchema]
    for schema in given:
        _gather(schema, found)
    return list(found)


def _gather(schema: type[Schema], found: dict[type[Schema], None]) -> None:
    if schema in found:
        return
    found[schema] = None
    for field in schema().fields.values():
        inner = _inner(field)
        if isinstance(inner, fields.Nested):
            _gather(type(inner.schema), found)


def _row(name: str, field: Field) -> Row:
    inner, many = _inner(field), isinstance(field, fields.List)
    of = name_of(type(inner.schema)) if isinstance(inner, fields.Nested) else ""
    says = str(field.metadata.get("description", ""))
    among = tuple(str(value) for check in inner.validators if isinstance(check, OneOf) for value in check.choices)
    values = () if all(f"`{value}`" in says for value in among) else among
    return Row(name, of or _type(inner), of, many, says, values, field.required)


def _inner(field: Field) -> Field:
    return field.inner if isinstance(field, fields.List) else field


def _type(field: Field) -> str:
    if isinstance(field, fields.Integer):
        return "number"
    return "true or false" if isinstance(field, fields.Boolean) else FORMS[field.metadata.get("format", "")]
