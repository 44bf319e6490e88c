"""Writing is limited together, per member; who meets the limit is told it, and keeps what they typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_limiter.util import get_qualified_name

from network.core.web.access import members
from network.core.web.area import Area, access_of
from network.core.web.limits import WRITING, limit_writing, limiter
from tests.support.app import make_app
from tests.support.cast import PASSWORD, Cast
from tests.support.sending import filled, find_form, send

EMAIL = "priya.raman@harrowdale.example"
MANY = 60


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Cast]:
    """An application that counts how often somebody writes."""
    app = make_app(tmp_path / "limited", config={"RATELIMIT_ENABLED": True})
    yield Cast(app)
    with app.app_context():
        limiter.reset()
    limiter.enabled = False


def used_up(cast: Cast, name: str = "Priya Raman") -> Any:
    """Somebody who has written as often as a minute allows, in two places."""
    client = cast.client(cast.person(name))
    ask = filled(find_form(client.get("/ask").get_data(as_text=True)))
    group = filled(find_form(client.get("/groups/new").get_data(as_text=True)))
    for n in range(MANY):
        address, form = ("/ask", ask) if n % 2 else ("/groups/new", group)
        assert client.post(address, data={**form, "preview": "yes"}).status_code in (200, 303)
    return client


def test_all_writing_counts_together_and_reading_does_not(limited: Cast) -> None:
    client = used_up(limited)
    assert send(client, "/settings/profile").status_code == 429
    assert send(client, "/groups/ask-anyone/join").status_code == 429
    assert client.get("/groups/new").status_code == 200
    assert send(client, "/settings", action="/sign-out").status_code == 303


def test_the_page_names_the_limit_and_holds_what_was_typed(limited: Cast) -> None:
    client = used_up(limited)
    typed = "Line one\n<b>two</b>"
    answer = send(client, "/settings/profile", about=typed)
    page = answer.get_data(as_text=True)
    assert "60 times a minute" in page
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    with limited.app.app_context():
        limiter.reset()
    form = find_form(page, action="/settings/profile")
    assert client.post("/settings/profile", data=filled(form)).status_code == 303
    assert "Line one" in client.get("/people/priya-raman").get_data(as_text=True)


def test_members_behind_one_address_do_not_use_up_each_others_limit(limited: Cast) -> None:
    used_up(limited)
    owen = limited.client(limited.person("Owen Pritchard"))
    assert send(owen, "/settings/profile", about="Hello").status_code == 303


def test_visitors_are_counted_by_address_and_never_here(limited: Cast, client: Any) -> None:
    used_up(limited)
    visitor = limited.client()
    token = filled(find_form(visitor.get("/sign-in").get_data(as_text=True)))["csrf_token"]
    assert visitor.post("/ask", data={"csrf_token": token, "title": "x"}).status_code == 303


def test_passwords_do_not_come_back_on_the_page(limited: Cast) -> None:
    limited.person()
    client = limited.client()
    for _ in range(10):
        send(client, "/sign-in", email=EMAIL, password="quite another one")
    answer = send(client, "/sign-in", email=EMAIL, password=PASSWORD)
    assert answer.status_code == 429
    assert "10 wrong passwords were typed for this email address" in answer.get_data(as_text=True)
    assert PASSWORD not in answer.get_data(as_text=True)


def unlimited(app: Flask) -> set[str]:
    """Writing routes of members that nobody counts."""
    counted = limiter._marked_for_limiting
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and access_of(app)[rule.endpoint] is members
        and get_qualified_name(app.view_functions[rule.endpoint]) not in counted
    }


def test_every_form_of_members_is_limited(app: Flask) -> None:
    assert unlimited(app) == set()


def test_a_planted_form_without_a_limit_is_found(app: Flask) -> None:
    area = Area("planted", __name__)
    area.post("/planted/free", access=members, endpoint="free")(lambda: "")
    area.post("/planted/counted", access=members, endpoint="counted")(limit_writing(_counted))
    app._got_first_request = False
    app.register_blueprint(area)
    assert unlimited(app) == {"planted.free"}
    assert WRITING.startswith(str(MANY))


def _counted() -> str:
    return ""
