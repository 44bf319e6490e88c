"""The pages about the network: there for everybody, filled from the settings, and true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.app import make_app
from tests.support.cast import Cast

PAGES = ("/about", "/accessibility", "/privacy", "/policy", "/leaving")


@pytest.mark.parametrize("address", PAGES)
def test_they_stay_open_behind_a_closed_front_door(tmp_path: Path, address: str) -> None:
    app = make_app(tmp_path, OPEN_READING="no", JOIN_DOMAINS="council.example")
    assert app.test_client().get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_them(client: Any, address: str) -> None:
    assert f'href="{address}"' in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize("address", PAGES[:3])
def test_the_deployers_gaps_are_filled(tmp_path: Path, address: str) -> None:
    app = make_app(
        tmp_path, SITE_NAME="Glan Practice", CONTACT_EMAIL="help@glan.example", BASE_URL="http://localhost:81"
    )
    page = app.test_client().get(address, base_url="http://localhost:81").get_data(as_text=True)
    assert "Glan Practice" in page
    assert "mailto:help@glan.example" in page


def test_the_help_with_writing_shows_what_comes_out(tmp_path: Path) -> None:
    app = make_app(tmp_path, OPEN_READING="no", JOIN_DOMAINS="council.example")
    page = app.test_client().get("/writing-help").get_data(as_text=True)
    assert "This is **important**." in page
    assert "This is <strong>important</strong>." in page
    assert "<blockquote>" in page


def test_every_box_for_writing_leads_to_that_help(cast: Cast) -> None:
    client = cast.client(cast.person())
    for address in ("/library/new", "/ask", "/groups/new"):
        assert 'href="/writing-help" target="_blank"' in client.get(address).get_data(as_text=True)


def test_the_statement_names_its_address_and_its_law(client: Any) -> None:
    page = client.get("/accessibility").get_data(as_text=True)
    headings = re.findall(r"<h[23][^>]*>([^<]+)</h[23]>", page)
    required = [
        "How accessible",
        "Feedback",
        "Reporting",
        "Enforcement",
        "Technical",
        "Compliance",
        "not accessible",
        "improve",
        "Preparation",
    ]
    assert [words for words in required if not any(words in heading for heading in headings)] == []
    assert "http://localhost" in page
    assert "Accessibility Regulations 2018" in page
    assert "partially compliant" in page


def test_who_runs_it_is_named_to_those_who_may_read(cast: Cast, client: Any) -> None:
    cast.person("Moira Sinclair", role="administrator")
    cast.person("Owen Pritchard")
    page = client.get("/about").get_data(as_text=True)
    assert 'href="/people/moira-sinclair"' in page
    assert "Owen Pritchard" not in page
    assert 'id="contact"' in page


def test_who_runs_it_is_not_named_behind_a_closed_door(tmp_path: Path) -> None:
    app = make_app(tmp_path, OPEN_READING="no", JOIN_DOMAINS="harrowdale.example")
    Cast(app).person("Moira Sinclair", role="administrator")
    page = app.test_client().get("/about").get_data(as_text=True)
    assert "Moira Sinclair" not in page
    assert "harrowdale.example" in page


def test_the_one_cookie_is_named_as_it_is_set(tmp_path: Path, cast: Cast, client: Any) -> None:
    """The page promises one cookie of this name and age; what a sign-in form sets must be just that."""
    secure = make_app(tmp_path, BASE_URL="https://practice.example")
    page = secure.test_client().get("/privacy", base_url="https://practice.example").get_data(as_text=True)
    assert "__Host-session" in page
    page = client.get("/privacy").get_data(as_text=True)
    assert "<code>session</code>" in page
    assert "30 days" in page
    client.get("/sign-in")
    names = {cookie.key for cookie in client._cookies.values()}
    assert names == {"session"}


def test_pages_that_are_only_read_set_no_cookie(client: Any) -> None:
    for address in ("/", "/about", "/privacy", "/accessibility", "/library", "/groups", "/search?q=bins"):
        assert "Set-Cookie" not in client.get(address).headers, address
