"""An Area for programs: each address says what it takes and what it gives, and does both only as it says.

Whoever asks is a visitor, also with somebody's cookie: an answer never holds more than everybody may read.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, g, request
from flask_limiter.util import get_remote_address
from marshmallow import Schema, ValidationError, fields

from network.api.json import as_json
from network.api.problems import Refused, open_to_all, problem, wrong_parameters
from network.core.web.access import everyone
from network.core.web.area import Area
from network.core.web.limits import limiter
from network.subjects.viewer import VISITOR

OFTEN = "120 per minute"
MIME = "application/json"
limit_reading = limiter.shared_limit(OFTEN, scope="api", key_func=get_remote_address)

View = Callable[..., Any]


class Nothing(Schema):
    """An address that takes no parameters."""


@dataclass(frozen=True)
class Endpoint:
    """An address of the interface. `fails` are its statuses beside the usual ones, `tried` is an example to follow."""

    name: str
    address: str
    summary: str
    more: str
    asks: type[Schema]
    gives: type[Schema]
    fails: tuple[int, ...]
    tried: str


class ReadingArea(Area):
    """Addresses that give JSON. `@area.read("/x", gives=XSchema)`: views get what was asked and return a mapping."""

    def __init__(self, name: str, import_name: str, **options: Any) -> None:
        super().__init__(name, import_name, **options)
        self.endpoints: list[Endpoint] = []
        self.before_request(_as_visitor)
        self.after_request(open_to_all)

    def read(
        self,
        rule: str,
        *,
        gives: type[Schema],
        asks: type[Schema] = Nothing,
        fails: tuple[int, ...] = (),
        tried: str = "",
    ) -> Callable[[View], View]:
        """Answer GET with what the view returns, as far as `gives` has a field for it."""

        def registered(view: View) -> View:
            summary, _, more = inspect.cleandoc(view.__doc__ or "").partition("\n\n")
            address = f"{self.url_prefix or ''}{rule}"
            self.endpoints.append(
                Endpoint(view.__name__, address, summary, " ".join(more.split()), asks, gives, fails, tried)
            )
            self.get(rule, access=everyone)(limit_reading(_answering(view, asks(), gives())))
            return view

        return registered


def _answering(view: View, asks: Schema, gives: Schema) -> View:
    @functools.wraps(view)
    def answering(**path: Any) -> Response:
        if not current_app.config["OPEN_READING"]:
            closed = problem(401)
            closed.headers["WWW-Authenticate"] = 'Members realm="api"'
            raise Refused(closed)
        return answered(gives.dump(view(parsed(asks), **path)))

    return answering


def answered(body: Any) -> Response:
    """JSON that costs a few bytes when it is asked for again unchanged."""
    response = Response(as_json(body), content_type=MIME)
    response.add_etag()
    response.make_conditional(request)
    return response


def parsed(asks: Schema) -> dict[str, Any]:
    """The parameters of this request. Raises Refused with the name of each that is wrong."""
    given: dict[str, Any] = {}
    faults: list[tuple[str, str]] = []
    for name, values in request.args.lists():
        many = isinstance(asks.fields.get(name), fields.List)
        if not many and len(values) > 1 and name in asks.fields:
            faults.append((name, "It can be given once only."))
        given[name] = values if many else values[0]
    try:
        found: dict[str, Any] = asks.load(given)
    except ValidationError as wrong:
        faults += _said(wrong.messages_dict)
    if faults:
        raise wrong_parameters(faults)
    return found


def _said(messages: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each parameter that is wrong with the first thing that is wrong with it."""
    for name, said in messages.items():
        first = next(iter(said.values())) if isinstance(said, dict) else said
        yield name, "There is no such parameter." if first == ["Unknown field."] else str(first[0])


def _as_visitor() -> None:
    g.viewer = VISITOR
