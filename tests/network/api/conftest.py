"""What tests of the interface for programs share."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from flask import Flask

from network.api.document import openapi
from network.api.views import area

Got = Callable[..., Any]


@pytest.fixture
def got(client: Any) -> Got:
    """What an address below /api/v1 says; every answer is what the OpenAPI document declares for its status."""

    def get(address: str, status: int = 200) -> Any:
        response = client.get(f"/api/v1{address}")
        assert response.status_code == status, (address, response.get_data(as_text=True))
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.mimetype == ("application/json" if status == 200 else "application/problem+json")
        answer = json.loads(response.data)
        check(answer, declared(client.application, address, status, response.mimetype))
        return answer

    return get


@cache
def described() -> dict[str, Any]:
    """The OpenAPI document."""
    return openapi(area.endpoints, title="", server="")


def declared(app: Flask, address: str, status: int, mimetype: str) -> dict[str, Any]:
    """The schema of an answer; of an address that is none that of any problem."""
    document = described()
    rule, _ = app.url_map.bind("localhost").match(f"/api/v1{address.partition('?')[0]}", return_rule=True)
    operation = next(
        path["get"] for path in document["paths"].values() if path["get"]["operationId"] == rule.endpoint.split(".")[1]
    )
    return operation["responses"][str(status)]["content"][mimetype]["schema"]


def check(value: Any, schema: dict[str, Any]) -> None:
    """A value has the type that is declared for it, and an object no field that is not."""
    _check(value, schema, described()["components"]["schemas"], "")


def _check(value: Any, schema: dict[str, Any], schemas: dict[str, Any], where: str) -> None:
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if "allOf" in schema:
        schema = schemas[schema["allOf"][0]["$ref"].rpartition("/")[2]]
    kind = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}[schema["type"]]
    assert type(value) is kind, f"{where} is {value!r}"
    assert "enum" not in schema or value in schema["enum"], f"{where} is {value!r}"
    if kind is str:
        assert schema.get("format") != "uri" or value.startswith(("http://", "https://", "about:")), f"{where}: {value}"
        assert schema.get("format") != "date-time" or value.endswith("+00:00"), f"{where}: {value}"
    for name, inner in value.items() if kind is dict else ():
        assert name in schema["properties"], f"{where}.{name} is not declared"
        _check(inner, schema["properties"][name], schemas, f"{where}.{name}")
    for inner in value if kind is list else ():
        _check(inner, schema["items"], schemas, f"{where}[]")
