"""How the interface answers: cheap to ask again, open to any origin, limited, and never with a page or a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from network.api.area import OFTEN
from network.api.views import area
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.web.limits import limiter
from network.core.worker import drain
from network.groups.models import FormerGroupSlug, Group
from network.library.flags.actions import flag
from network.library.models import Guide
from tests.network.api.conftest import Got
from tests.network.library.shelf import Shelf
from tests.support.app import make_app
from tests.support.cast import Cast
from tests.support.queries import count_queries

MANY = int(OFTEN.split()[0])


def test_asking_again_costs_a_few_bytes_until_something_changes(
    app: Flask, cast: Cast, shelf: Shelf, client: Any
) -> None:
    guide = shelf.guide(cast.person("Owen Pritchard"), "Damp")
    asked = ("guides", f"guides/{guide.uuid}", f"guides/{guide.uuid}/versions/1", "topics", "groups", "openapi.json")
    tags = {address: client.get(f"/api/v1/{address}").headers["ETag"] for address in asked}
    for address, tag in tags.items():
        again = client.get(f"/api/v1/{address}", headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag), address
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    with app.app_context(), transaction():
        db.session.execute(update(Guide).values(use_count=1))
    for address in asked[:2]:
        answer = client.get(f"/api/v1/{address}", headers={"If-None-Match": tags[address]})
        assert answer.status_code == 200
        assert "Last-Modified" not in answer.headers


def test_a_script_of_another_site_may_read_and_only_read(app: Flask, client: Any) -> None:
    may = FlaskClient(app, app.response_class).options("/api/v1/guides")  # An answer without a body is no page.
    assert may.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in may.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in may.headers
    for method in (client.post, client.put, client.delete):
        answer = method("/api/v1/guides")
        assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert client.head("/api/v1/guides").status_code == 200


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Flask]:
    """An application that counts how often somebody asks."""
    app = make_app(tmp_path / "limited", config={"RATELIMIT_ENABLED": True})
    yield app
    with app.app_context():
        limiter.reset()
    limiter.enabled = False


def test_the_limit_is_named_to_the_program_that_meets_it(limited: Flask) -> None:
    client = limited.test_client()
    statuses = {client.get("/api/v1/topics" if n % 2 else "/api/v1/groups/none").status_code for n in range(MANY)}
    assert statuses == {200, 404}
    answer = client.get("/api/v1/guides")
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert f"{MANY} times a minute" in json.loads(answer.data)["detail"]
    elsewhere = client.get("/api/v1/guides", environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert elsewhere.status_code == 200
    assert client.get("/library").status_code == 200


def test_our_own_faults_are_problems_too(app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("network.api.views.places.all_topics", broken)
    answer = client.get("/api/v1/topics")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "quote reference" in json.loads(answer.data)["detail"]
    assert "secret" not in answer.get_data(as_text=True)


ODD = st.text(max_size=20) | st.sampled_from(
    ["", "-1", "0", "1e9", "9" * 30, "\x00", "%", "'", '"', "[" * 50, "٣", "a:b"]
)
NAMES = st.sampled_from(
    [*sorted({name for one in area.endpoints for name in one.asks().fields}), "", "self", "unknown"]
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A visitor of one network for many questions."""
    return make_app(tmp_path_factory.mktemp("odd")).test_client()


@settings(max_examples=80)
@given(
    path=st.sampled_from(
        ["guides", "search", "groups", "topics", "organisations", "groups/ask-anyone", "groups/ask-anyone/discussions"]
    )
    | st.tuples(st.sampled_from(["guides", "groups", "guides/x/versions", "groups/ask-anyone/discussions"]), ODD).map(
        "/".join
    ),
    parameters=st.lists(st.tuples(NAMES | ODD, ODD), max_size=4),
)
def test_odd_questions_get_an_answer_or_a_problem(asked: Any, path: str, parameters: list[tuple[str, str]]) -> None:
    query = urlencode(
        [(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in parameters]
    )
    answer = asked.get(f"/api/v1/{path.replace('?', '')}", query_string=query)
    if answer.status_code == 308:  # Slashes beside one another: an address that nothing leads to.
        return
    assert answer.status_code in (200, 400, 404), (path, query)
    body = json.loads(answer.data)
    if answer.status_code != 200:
        assert answer.mimetype == "application/problem+json"
        assert body["status"] == answer.status_code
        assert len(body["detail"]) > 10


@pytest.mark.parametrize("query", ["%ff=1", "q=a%00", "page=%00"])
def test_what_is_no_text_is_a_problem(asked: Any, query: str) -> None:
    answer = asked.get(f"/api/v1/search?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_search_finds_what_the_page_finds_for_a_visitor(app: Flask, cast: Cast, shelf: Shelf, got: Got) -> None:
    owen = cast.person("Owen Pritchard")
    guide = shelf.guide(owen, "Damp walls", topic_ids=(cast.topic(),))
    for number in range(11):
        shelf.guide(owen, f"Bins {number}")
    drain(app)
    answer = got("/search?q=damp")
    assert (answer["total"], answer["failed"], answer["incomplete"]) == (1, False, False)
    (hit,) = answer["items"]
    assert (hit["type"], hit["title"], hit["guide"]["uuid"]) == ("guide", "Damp walls", str(guide.uuid))
    assert hit["guide"]["trust"]["state"] == "in-date"
    assert got("/search?q=dampp")["words"] == "damp"
    assert got("/search?q=dampp&exact=1")["total"] == 0
    assert got("/search?q=walls&topic=nothing")["items"] == []
    assert got("/search?q=walls+topic:nothing")["unknown_filters"] == ["topic:nothing"]
    following = got("/search?q=bins&kind=guide")["next"]
    assert len(got(following.removeprefix("http://localhost/api/v1"))["items"]) == 1
    for wrong in ("", "q=", f"q={'x' * 501}", "q=a&sort=oldest", "q=a&in=guide", "q=a&exact=yes"):
        got(f"/search?{wrong}", 400)


def test_topics_organisations_and_groups_lead_to_their_guides(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, got: Got
) -> None:
    owen = cast.person("Owen Pritchard")
    place = cast.organisation()
    group_id = cast.group("homes", facilitators=(owen,))
    guide = shelf.guide(owen, "Damp", topic_ids=(cast.topic(),), group_id=group_id)
    with app.app_context(), transaction():
        db.session.execute(update(Guide).where(Guide.id == guide.id).values(organisation_id=place))
    drain(app)
    topic, organisation = got("/topics")["items"][0], got("/organisations")["items"][0]
    group = got("/groups/homes")
    assert [person["name"] for person in group["facilitators"]] == ["Owen Pritchard"]
    assert (topic["guides"], organisation["slug"]) == (1, "harrowdale")
    for place_ in (topic, organisation, group):
        listed = got(place_["list"].removeprefix("http://localhost/api/v1"))
        assert [item["title"] for item in listed["items"]] == ["Damp"]
    assert [one["slug"] for one in got("/groups?sort=a-z")["items"]] == ["ask-anyone", "homes"]
    with app.app_context(), transaction():
        db.session.execute(update(Group).where(Group.slug == "homes").values(slug="houses"))
        db.session.add(FormerGroupSlug(slug="homes", group_id=group_id))
    former = client.get("/api/v1/groups/homes")
    assert (former.status_code, former.headers["Location"]) == (301, "/api/v1/groups/houses")
    assert former.headers["Access-Control-Allow-Origin"] == "*"


def test_no_address_asks_the_database_much(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    guides = [shelf.guide(owen, f"Guide {number}", topic_ids=(cast.topic(),)) for number in range(12)]
    reader = cast.viewer(priya)
    with app.app_context(), transaction():
        flag(viewer=reader, guide_id=guides[0].id, reason="Old")
        db.session.execute(update(Guide).where(Guide.id == guides[0].id).values(superseded_by_id=guides[1].id))
    drain(app)
    budgets = {
        "guides": 5,
        "guides?topic=open-data&kind=guide&sort=newest": 5,
        f"guides/{guides[0].uuid}": 13,
        f"guides/{guides[0].uuid}/versions/1": 4,
        "search?q=guide": 6,
        "topics": 1,
        "organisations": 2,
        "groups": 2,
        "groups/ask-anyone": 5,
        "openapi.json": 0,
    }
    for address in budgets:  # What is kept in memory is read once.
        client.get(f"/api/v1/{address}")
    for address, most in budgets.items():
        with count_queries(app) as queries:
            assert client.get(f"/api/v1/{address}").status_code == 200
        assert len(queries) <= most, (address, len(queries), queries.statements)


def test_the_day_alone_changes_the_answer(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    guide = shelf.guide(cast.person("Owen Pritchard"), "Damp")
    first = client.get(f"/api/v1/guides/{guide.uuid}")
    with time_machine.travel(now().replace(year=now().year + 2)):
        later = client.get(f"/api/v1/guides/{guide.uuid}", headers={"If-None-Match": first.headers["ETag"]})
    assert (first.get_json()["trust"]["state"], later.get_json()["trust"]["state"]) == ("in-date", "overdue")
