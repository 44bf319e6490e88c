"""The directory finds people by what they are and can do, in a bounded number of queries."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from network.core.text.slugs import fold
from network.core.transaction import transaction
from network.people.actions import set_skills, update_profile
from network.people.directory import PER_PAGE
from tests.support.cast import Cast
from tests.support.queries import count_queries


@pytest.fixture
def town(app: Flask, cast: Cast) -> Cast:
    """Four people of two organisations."""
    cast.organisation("harrowdale")
    cast.organisation("northmere", name="Northmere County Council", domain="northmere.example")
    cast.topic("open-data", "Open data")
    cast.topic("repairs", "Repairs")
    people: list[tuple[str, str, str, str, list[str]]] = [
        ("Siân Rhys-Davies", "harrowdale", "Service designer", "Aber Twyn", ["open-data", "bees"]),
        ("Owen Pritchard", "harrowdale", "Systems lead", "Harrowdale", ["Open data", "repairs"]),
        ("Priya Raman", "northmere", "Data lead", "Northmere", ["repairs"]),
        ("Zoë 100% Jones", "northmere", "Under_scorer", "", []),
    ]
    for name, domain, job, place, skills in people:
        person = cast.person(name, email=f"{fold(name.split()[0]).lower()}@{domain}.example")
        with app.app_context(), transaction():
            update_profile(person, job_title=job, place=place)
            set_skills(person, can_help_with=skills, interests=["secret interest"])
    return cast


def found(client: Any, address: str) -> list[str]:
    page = client.get(address)
    assert page.status_code == 200
    link = r'<h3 class="cp-card__name"><a class="govuk-link" href="[^"]+">([^<]+)</a>'
    return re.findall(link, page.get_data(as_text=True))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Owen Pritchard", "Priya Raman", "Siân Rhys-Davies", "Zoë 100% Jones"]),
        ("?q=sian", ["Siân Rhys-Davies"]),
        ("?q=SIÂN", ["Siân Rhys-Davies"]),
        ("?q=lead", ["Owen Pritchard", "Priya Raman"]),
        ("?q=lead+priya", ["Priya Raman"]),
        ("?q=bees", ["Siân Rhys-Davies"]),
        ("?q=aber", ["Siân Rhys-Davies"]),
        ("?q=northmere+county", ["Priya Raman", "Zoë 100% Jones"]),
        ("?q=100%25", ["Zoë 100% Jones"]),
        ("?q=%25", ["Zoë 100% Jones"]),
        ("?q=under_scorer", ["Zoë 100% Jones"]),
        ("?q=u_d", []),
        ("?q=example", []),
        ("?q='%22%3B--", []),
        ("?topic=open-data", ["Owen Pritchard", "Siân Rhys-Davies"]),
        ("?topic=open-data&topic=repairs", ["Owen Pritchard", "Priya Raman", "Siân Rhys-Davies"]),
        ("?organisation=northmere", ["Priya Raman", "Zoë 100% Jones"]),
        ("?topic=repairs&organisation=harrowdale", ["Owen Pritchard"]),
        ("?topic=nothing", []),
    ],
)
def test_finding_people(town: Cast, query: str, names: list[str]) -> None:
    assert found(town.client(), f"/people{query}") == names


def test_counts_tell_what_a_filter_would_leave(town: Cast) -> None:
    page = town.client().get("/people?organisation=northmere").get_data(as_text=True)
    text = re.sub(r"<[^>]+>", " ", page)
    assert re.search(r"Repairs\s+\(\s*1\s", text)
    assert not re.search(r"Open data\s+\(", text)
    assert re.search(r"Harrowdale Council\s+\(\s*2\s", text)
    assert "2 people match" in text


def test_nobody_found_leads_on(town: Cast) -> None:
    page = town.client().get("/people?q=nobodyatall").get_data(as_text=True)
    assert "<legend>" not in page, "a heading over nothing to choose"
    assert 'href="/ask"' in page
    assert "Remove filter:" in page


def test_what_was_typed_is_shown_and_harmless(town: Cast) -> None:
    page = town.client().get("/people", query_string={"q": '"><script>alert(1)</script>', "topic": "<b>x</b>"})
    assert "<script>alert" not in page.get_data(as_text=True)
    assert "&lt;b&gt;x" in page.get_data(as_text=True)


@pytest.fixture
def crowd(cast: Cast) -> Cast:
    for number in range(PER_PAGE + 3):
        cast.person(f"Person {number:02}")
    return cast


def test_pages_hold_twenty_and_a_page_too_far_is_not_found(crowd: Cast) -> None:
    client = crowd.client()
    assert len(found(client, "/people")) == PER_PAGE
    assert found(client, "/people?page=2") == [f"Person {number}" for number in (20, 21, 22)]
    assert client.get("/people?page=3").status_code == 404
    assert client.get("/people?page=0").status_code == 404


def test_the_directory_costs_the_same_for_any_number_of_people(app: Flask, crowd: Cast) -> None:
    client = crowd.client()
    client.get("/people")
    with count_queries(app) as many:
        client.get("/people")
    with count_queries(app) as few:
        client.get("/people?q=person+03")
    assert len(few) == len(many) <= 5
