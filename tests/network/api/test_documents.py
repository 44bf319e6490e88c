"""The three descriptions of the interface: the page, the OpenAPI document, and docs/api.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from network.api.area import OFTEN
from network.api.fields import name_of, objects, rows
from network.api.schemas.parts import STATES
from network.api.views import area
from tests.network.api.conftest import described

WRITTEN = Path("docs/api.md")
_NAMES = re.compile(r"^\| `([a-z0-9_]+)` \|", re.M)


def sections(text: str, level: str) -> dict[str, str]:
    """Headings of a level, and what stands below each."""
    _, *parts = re.split(rf"^{level} ", text, flags=re.M)
    return {part.partition("\n")[0].strip("`"): re.split(r"^## ", part, flags=re.M)[0] for part in parts}


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described()["paths"].items():
        assert set(methods) == {"get"}
        yield path, methods["get"]


def test_every_address_parameter_and_field_is_written_down_and_nothing_else() -> None:
    written = sections(WRITTEN.read_text(), "###")
    for path, operation in operations():
        names = [parameter["name"] for parameter in operation["parameters"]]
        assert _NAMES.findall(written.pop(f"GET {path}")) == names, path
    schemas = described()["components"]["schemas"]
    for name, schema in schemas.items():
        if name in ("Problem",):  # Withdrawn has its fields and more.
            continue
        assert _NAMES.findall(written.pop(name)) == list(schema["properties"]), name
    assert written == {}
    states = set(
        re.findall(r"^\| `([a-z-]+)` \|", sections(WRITTEN.read_text(), "##")["How far to trust a guide"], re.M)
    )
    assert states == {*STATES, "withdrawn"}


def test_every_route_below_the_interface_is_described(app: Flask) -> None:
    def plain(rule: Rule) -> str:
        return re.sub(r"<(?:[^:>]*:)?([a-z]+)>", r"{\1}", rule.rule)

    routes = {plain(rule) for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    assert routes == {*described()["paths"], "/api/v1/openapi.json"}
    assert len(routes) > 8


def test_the_document_says_each_thing_in_words_and_how_it_fails(client: Any) -> None:
    document = json.loads(client.get("/api/v1/openapi.json").data)
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "http://localhost"}]
    for path, operation in operations():
        assert operation["summary"].endswith("."), path
        assert {"200", "304", "400", "401", "429"} <= set(operation["responses"]), path
        assert ("404" in operation["responses"]) == ("{" in path), path
        assert all(parameter["description"] for parameter in operation["parameters"]), path
    gone = document["paths"]["/api/v1/guides/{uuid}"]["get"]["responses"]["410"]["content"]
    assert gone == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Withdrawn"}}}
    for name, schema in document["components"]["schemas"].items():
        assert all(said.get("description") for said in schema["properties"].values()), name
    known = set(document["components"]["schemas"])
    assert set(re.findall(r'"#/components/schemas/([A-Za-z]+)"', json.dumps(document))) <= known


def test_the_page_describes_all_of_it_and_is_found(app: Flask, client: Any) -> None:
    page = client.get("/api/docs").get_data(as_text=True)
    for path, operation in operations():
        assert f"GET {path}" in page
        assert all(f"<code>{parameter['name']}</code>" in page for parameter in operation["parameters"])
    for one in objects(area.endpoints):
        assert f'id="object-{name_of(one)}"' in page
        assert all(f"<code>{row.name}</code>" in page for row in rows(one))
    assert all(f"<code>{state}</code>" in page for state in (*STATES, "withdrawn"))
    assert f"{OFTEN.split()[0]} times a minute" in page
    for link in set(re.findall(r'href="#([^"]+)"', page)):
        assert f'id="{link}"' in page, link
    # What problems call their type is a paragraph of the page.
    assert 'id="error-404"' in page
    assert 'href="/api/docs"' in client.get("/about").get_data(as_text=True)
    for short in ("/api", "/api/v1"):
        assert client.get(short).headers["Location"] == "/api/docs"
