"""The profile: what is shown to whom, and that its form changes what it says and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select, update

from network.accounts.models import Account
from network.core.db import db
from network.core.transaction import transaction
from network.people.actions import set_organisation, set_skills, update_profile
from network.people.models import Person, PersonSkill
from network.subjects.rules import NotAllowed
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.queries import count_queries
from tests.support.sending import send

EMAIL = "priya.raman@harrowdale.example"


def row(app: Flask, model: Any = Person) -> dict[str, Any]:
    """The columns of the one row."""
    with app.app_context():
        one = db.session.scalars(select(model).order_by(model.id)).first()
        return {column.key: getattr(one, column.key) for column in inspect(model).column_attrs}


@pytest.mark.parametrize("who", ["visitor", "stranger", "moderator", "owner"])
@pytest.mark.parametrize("turned_on", [False, True])
def test_the_address_is_seen_by_signed_in_people_once_turned_on(
    app: Flask, cast: Cast, who: str, turned_on: bool
) -> None:
    priya = cast.person()
    viewers = {
        "visitor": None,
        "stranger": cast.person("Owen Pritchard"),
        "moderator": cast.person("Fatima Siddiqui", role="moderator"),
        "owner": priya,
    }
    with app.app_context(), transaction():
        update_profile(priya, show_email=turned_on)
    page = cast.client(viewers[who]).get("/people/priya-raman").get_data(as_text=True)
    assert (EMAIL in page) is (turned_on and who != "visitor")


def test_no_other_page_shows_an_address(app: Flask, cast: Cast) -> None:
    harrowdale = cast.organisation()
    priya = cast.person()
    with app.app_context(), transaction():
        update_profile(priya, show_email=True)
    client = cast.client(cast.person("Owen Pritchard"))
    assert harrowdale
    for address in ("/people", "/people?q=priya", "/organisations/harrowdale", "/organisations"):
        assert EMAIL not in client.get(address).get_data(as_text=True)


@pytest.mark.parametrize("change", [{"confirmed_at": None}, {"active": False}])
def test_who_is_not_confirmed_or_was_deactivated_is_nowhere(app: Flask, cast: Cast, change: dict[str, Any]) -> None:
    cast.organisation()
    cast.person()
    with app.app_context(), transaction():
        db.session.execute(update(Account).values(**change))
    client = cast.client()
    assert client.get("/people/priya-raman").status_code == 404
    for address in ("/people", "/organisations/harrowdale"):
        assert "Priya" not in client.get(address).get_data(as_text=True)
    assert "1 person" not in client.get("/organisations").get_data(as_text=True)


def test_editing_changes_what_the_page_shows(app: Flask, cast: Cast) -> None:
    cast.organisation()
    client = cast.client(cast.person())
    topic = cast.topic("open-data", "Open data")
    answer = send(
        client,
        "/settings/profile",
        name="Priya  Raman-Jones",
        job_title="Data lead",
        place="Northmere",
        about="I look after **returns**.\n\n<script>alert(1)</script>",
        help_topics=[str(topic)],
        help_words="annual returns, Annual Returns, open-data",
        interest_words="bees",
        asks_a_month="6",
        show_email="y",
        handle="priya",
    )
    assert (answer.status_code, answer.location) == (303, "/people/priya")
    page = client.get("/people/priya").get_data(as_text=True)
    for words in ("Priya Raman-Jones", "Data lead", "Northmere", "<strong>returns</strong>", "annual returns", "bees"):
        assert words in page
    assert "<script>alert" not in page
    assert 'href="/people?topic=open-data"' in page
    assert page.count("annual returns") == 1
    assert client.get("/people/priya-raman").location == "/people/priya"
    assert row(app)["asks_a_month"] == 6
    form = client.get("/settings/profile").get_data(as_text=True)
    assert "I look after **returns**." in form
    assert 'value="annual returns"' in form


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"about": "x" * 5001}, "About you must be 5,000 characters or fewer"),
        ({"asks_a_month": "31"}, "Enter a number from 0 to 30"),
        ({"asks_a_month": "many"}, "Enter a number from 0 to 30"),
        ({"asks_a_month": ""}, "Enter a number from 0 to 30"),
        ({"handle": "Not Good"}, "Enter 2 to 50 small letters"),
        ({"handle": "owen-pritchard"}, "Somebody already uses this address"),
        ({"help_words": "x" * 61}, "Other things you can help with: each must be 60 characters or fewer"),
        ({"interest_words": "x" * 61}, "Other interests: each must be 60 characters or fewer"),
        ({"help_words": ",".join(f"word {n}" for n in range(21))}, "with: there may be 20 at most"),
        ({"organisation": "999"}, "Not a valid choice"),
        ({"help_topics": ["999"]}, "valid choice"),
    ],
)
def test_wrong_input_is_named_and_nothing_changes(app: Flask, cast: Cast, change: dict[str, Any], message: str) -> None:
    cast.person("Owen Pritchard")
    before = row(app)
    client = cast.client(cast.person())
    page = send(client, "/settings/profile", **{"place": "kept as typed", **change})
    assert message in page.get_data(as_text=True)
    assert "kept as typed" in page.get_data(as_text=True)
    assert "Not a valid integer" not in page.get_data(as_text=True)
    assert row(app) == before


def test_a_link_to_ones_interests_finds_the_list_open(cast: Cast) -> None:
    cast.topic("open-data", "Open data")
    client = cast.client(cast.person())
    folded, opened = (client.get(f"/settings/profile{end}").text for end in ("", "?choose=interests"))
    lists = [text.split("<details")[1:] for text in (folded, opened)]
    assert [[part.partition(">")[0].endswith(" open") for part in found][-2:] for found in lists] == [
        [False, False],
        [False, True],
    ]
    assert 'id="interests"' in opened


def test_an_organisation_can_only_be_one_of_the_address(app: Flask, cast: Cast) -> None:
    north = cast.organisation("north", domain="shared.example")
    south = cast.organisation("south", domain="shared.example")
    other = cast.organisation("other", domain="other.example")
    client = cast.client(cast.person(email="priya@shared.example"))
    assert row(app)["organisation_id"] is None
    assert send(client, "/settings/profile", organisation=str(south)).status_code == 303
    assert (row(app)["organisation_id"], row(app)["organisation_confirmed"]) == (south, True)
    assert send(client, "/settings/profile", organisation=str(other)).status_code == 200
    assert row(app)["organisation_id"] == south
    send(client, "/settings/profile", organisation="0")
    assert (row(app)["organisation_id"], row(app)["organisation_confirmed"]) == (None, False)
    assert north
    with app.app_context(), pytest.raises(NotAllowed), transaction():
        set_organisation(row(app)["id"], other, allowed=[north, south])


def test_fields_that_the_form_does_not_have_change_nothing(app: Flask, cast: Cast) -> None:
    cast.organisation()
    other = cast.organisation("other", domain="other.example")
    client = cast.client(cast.person())
    client.get("/settings/profile")
    people_before, account_before = row(app), row(app, Account)
    allowed = {"about", "about_html", "place", "sought", "updated_at", "revision"}
    planted: dict[str, Any] = {
        name: "1"
        for model in (Person, Account, PersonSkill)
        for name in inspect(model).columns.keys()  # noqa: SIM118
    }
    own_fields = {"name", "handle", "job_title", "place", "about", "show_email", "asks_a_month"}
    planted = {name: value for name, value in planted.items() if name not in own_fields}
    planted |= {"role": "administrator", "organisation_id": str(other), "photo": "x.webp"}
    assert send(client, "/settings/profile", place="Northmere", about="Something", **planted).status_code == 303
    after = row(app)
    assert {name for name in after if after[name] != people_before[name]} <= allowed
    assert after["place"] == "Northmere"
    assert row(app, Account) == account_before


def test_the_profile_costs_few_queries(app: Flask, cast: Cast) -> None:
    cast.organisation()
    priya = cast.person()
    with app.app_context(), transaction():
        set_skills(priya, can_help_with=["one", "two"], interests=["three"])
    client = cast.client(cast.person("Owen Pritchard"))
    client.get("/people/priya-raman")
    lent = app.extensions["panels"]
    panels = len(lent.get("person.main", [])) + len(lent.get("person.aside", []))
    with count_queries(app) as seen:
        client.get("/people/priya-raman")
    assert len(seen) <= 5 + 2 * panels


def test_a_change_is_told_to_followers_of_the_subject(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    mails(app)
    before = row(app)["revision"]
    send(client, "/settings/profile", place="Northmere")
    assert row(app)["revision"] > before
    with app.app_context():
        entry = next(iter(app.extensions["subjects"]["person"].entries([row(app)["id"]])))
    assert "Northmere" in entry.body


def test_settings_show_how_things_stand(cast: Cast) -> None:
    page = cast.client(cast.person()).get("/settings")
    assert EMAIL in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "no-store"
