"""The pages of organisations."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.support.cast import Cast
from tests.support.queries import count_queries


def test_the_list_is_a_to_z_with_its_people(app: Flask, cast: Cast) -> None:
    cast.organisation("northmere", name="Northmere County Council", domain="northmere.example")
    cast.organisation("brindle", name="brindle Moor Homes", domain="brindle.example")
    for name in ("Ann Evans", "Owen Pritchard"):
        cast.person(name, email=f"{name[0]}@northmere.example")
    client = cast.client()
    page = client.get("/organisations").get_data(as_text=True)
    assert page.index("brindle Moor Homes") < page.index("Northmere County Council")
    assert "2 people" in page
    assert "0 people" in page
    with count_queries(app) as seen:
        client.get("/organisations")
    assert len(seen) == 1


def test_an_organisation_shows_what_it_is_and_its_first_people(app: Flask, cast: Cast) -> None:
    cast.organisation("harrowdale")
    for number in range(22):
        cast.person(f"Person {number:02}")
    page = cast.client().get("/organisations/harrowdale").get_data(as_text=True)
    for words in ("Harrowdale Council", "1,000 to 4,999 staff", "22 people have joined", "Person 19"):
        assert words in page
    assert "Person 20" not in page


def test_unknown_ones_are_not_found(client: Any) -> None:
    assert client.get("/organisations/nowhere").status_code == 404
