"""The interface described in OpenAPI 3.1, made of what its addresses say of themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from network.api.area import MIME, Endpoint
from network.api.problems import MIME as PROBLEM
from network.api.problems import SENTENCES
from network.api.schemas.problems import ProblemSchema, WithdrawnSchema

VERSION = "1"
OPENAPI = "3.1.0"
IN_PATHS: dict[str, tuple[str, dict[str, Any]]] = {
    "uuid": ("The UUID of a guide.", {"type": "string", "format": "uuid"}),
    "number": (
        "The number of a version or discussion, from 1.",
        {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
    ),
    "slug": ("The last part of a group's address.", {"type": "string"}),
}
"""What stands in addresses, by name."""
ALWAYS = (400, 401, 429, 500, 503)
_PART = re.compile(r"<(?:[^:<>]*:)?([a-z]+)>")


def openapi(endpoints: Sequence[Endpoint], *, title: str, server: str) -> dict[str, Any]:
    """The document."""
    spec = APISpec(
        title=title,
        version=VERSION,
        openapi_version=OPENAPI,
        plugins=[MarshmallowPlugin()],
        info={"description": "What everybody may read, as JSON. Read only, without a key."},
        servers=[{"url": server}],
    )
    for endpoint in endpoints:
        spec.path(path=path_of(endpoint), operations={"get": _operation(endpoint)})
    document: dict[str, Any] = spec.to_dict()
    return document


def path_of(endpoint: Endpoint) -> str:
    """Its address as OpenAPI writes it."""
    return _PART.sub(r"{\1}", endpoint.address)


def parts_of(endpoint: Endpoint) -> list[str]:
    """The names of what stands in its address."""
    return _PART.findall(endpoint.address)


def statuses_of(endpoint: Endpoint) -> list[int]:
    """How it may fail."""
    return sorted({*ALWAYS, *((404,) if parts_of(endpoint) else ()), *endpoint.fails})


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    said = {"summary": endpoint.summary, "operationId": endpoint.name}
    return {
        **(said | ({"description": endpoint.more} if endpoint.more else {})),
        "parameters": [*map(_in_path, parts_of(endpoint)), {"in": "query", "schema": endpoint.asks}],
        "responses": {
            "200": {
                "description": "What was asked for.",
                "headers": {"ETag": {"description": "To ask again with If-None-Match.", "schema": {"type": "string"}}},
                "content": {MIME: {"schema": endpoint.gives}},
            },
            "304": {"description": "Nothing changed since the answer with this entity tag."},
            **{str(status): _failure(status) for status in statuses_of(endpoint)},
        },
    }


def _in_path(name: str) -> dict[str, Any]:
    said, schema = IN_PATHS[name]
    return {"in": "path", "name": name, "required": True, "description": said, "schema": schema}


def _failure(status: int) -> dict[str, Any]:
    schema = WithdrawnSchema if status == 410 else ProblemSchema
    return {"description": SENTENCES[status], "content": {PROBLEM: {"schema": schema}}}
