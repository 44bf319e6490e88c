"""Administrators keep the organisations, and people are recognised by their domains."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.accounts.models import Account
from network.audit.models import AuditEntry
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.adoptions.models import Adoption
from network.organisations.models import Organisation
from network.people.models import Person
from tests.network.admin.roles import REFUSED, ROLES, sent, statuses
from tests.network.discussions.talk import hidden, send
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast

PLACE = "/admin/organisations"
FORMS = ("/new", "/{id}/edit")
COUNCIL = {"name": "Northmere County Council", "kind": "council", "size": "5000-plus", "about": "A county."}


@pytest.fixture
def keeper(cast: Cast) -> Any:
    """An administrator's browser; nobody else has an address like theirs."""
    return cast.client(cast.person("Nadia Hussain", role="administrator", email="nadia@vale.example"))


def staff(app: Flask) -> dict[str, tuple[str | None, bool]]:
    """Whose staff everybody is, and whether it is confirmed."""
    with app.app_context():
        rows = db.session.execute(
            select(Person.name, Organisation.slug, Person.organisation_confirmed).outerjoin(
                Organisation, Organisation.id == Person.organisation_id
            )
        )
        return {name: (slug, confirmed) for name, slug, confirmed in rows}


def told(answer: Any, keeper: Any) -> str:
    """The page that a saved form leads to."""
    assert answer.status_code == 303, answer.text
    return str(keeper.get(answer.location).text)


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_keep_the_organisations(cast: Cast, role: str) -> None:
    one = cast.organisation("harrowdale")
    addresses = [PLACE, PLACE + ".csv", *((PLACE + form).format(id=one) for form in FORMS)]
    wanted = 200 if role == "administrator" else REFUSED[role]
    assert statuses(cast, role, addresses) == dict.fromkeys(addresses, wanted)
    if role in ("member", "moderator"):
        forms = [(PLACE + form).format(id=one) for form in FORMS]
        assert sent(cast, role, forms) == dict.fromkeys(forms, 403)


def test_an_empty_list_leads_administrators_on_and_nobody_else(cast: Cast, keeper: Any) -> None:
    assert f'href="{PLACE}/new"' in keeper.get("/organisations").text
    assert PLACE not in cast.client().get("/organisations").text


def test_whoever_has_an_address_under_a_new_domain_is_staff_at_once(app: Flask, cast: Cast, keeper: Any) -> None:
    for name, email in {
        "Ann Evans": "ann@northmere.example",
        "Bo Li": "bo@it.northmere.example",
        "Eve Adams": "eve@evilnorthmere.example",
    }.items():
        cast.person(name, email=email)
    drain(app)
    page = told(send(keeper, PLACE + "/new", **COUNCIL, domains="@Northmere.example\n"), keeper)
    assert "2 people are confirmed as staff by the domains" in page
    slug = "northmere-county-council"
    assert staff(app) == {
        "Nadia Hussain": (None, False),
        "Ann Evans": (slug, True),
        "Bo Li": (slug, True),
        "Eve Adams": (None, False),
    }
    drain(app)
    assert "Ann Evans" in cast.client().get(f"/search?organisation={slug}").text
    with app.app_context():
        assert "organisation.add" in db.session.scalars(select(AuditEntry.act)).all()


def test_an_unconfirmed_address_is_nobodys_proof(app: Flask, cast: Cast, keeper: Any) -> None:
    person = cast.person("Ann Evans", email="ann@northmere.example")
    with app.app_context(), transaction():
        account_id = db.session.get_one(Person, person).account_id
        db.session.get_one(Account, account_id).confirmed_at = None
    told(send(keeper, PLACE + "/new", **COUNCIL, domains="northmere.example"), keeper)
    assert staff(app)["Ann Evans"] == (None, False)


def test_a_domain_that_goes_takes_its_staff_along(app: Flask, cast: Cast, keeper: Any) -> None:
    cast.organisation("harrowdale")
    cast.person("Ann Evans", email="ann@harrowdale.example")
    one = cast.organisation("harrowdale")
    stored = {"name": "Harrowdale Council", "kind": "council", "size": "1000-4999", "about": ""}
    page = told(send(keeper, f"{PLACE}/{one}/edit", **stored, domains="other.example"), keeper)
    assert "1 person is no longer confirmed as staff of any organisation" in page
    assert staff(app)["Ann Evans"] == (None, False)


def test_where_several_have_a_domain_people_choose(app: Flask, cast: Cast, keeper: Any) -> None:
    cast.organisation("harrowdale")
    cast.person("Ann Evans", email="ann@harrowdale.example")
    cast.person("Bo Li", email="bo@shared.example")
    told(send(keeper, PLACE + "/new", **COUNCIL, domains="harrowdale.example\nshared.example"), keeper)
    other = {**COUNCIL, "name": "Brindle Homes", "kind": "housing"}
    told(send(keeper, PLACE + "/new", **other, domains="shared.example"), keeper)
    assert staff(app)["Ann Evans"] == ("harrowdale", True)
    assert staff(app)["Bo Li"] == ("northmere-county-council", True)


def test_a_new_name_is_said_everywhere_at_the_same_address(app: Flask, cast: Cast, keeper: Any) -> None:
    one = cast.organisation("harrowdale")
    cast.person("Ann Evans", email="ann@harrowdale.example")
    drain(app)
    changed = {"name": "Harrowdale and Vale Council", "kind": "council", "size": "1000-4999", "about": ""}
    told(send(keeper, f"{PLACE}/{one}/edit", **changed, domains="harrowdale.example"), keeper)
    drain(app)
    assert "Harrowdale and Vale Council" in cast.client().get("/organisations/harrowdale").text
    assert "Ann Evans" in cast.client().get("/search?in=person&q=vale").text


def test_another_type_is_another_like_mine(app: Flask, cast: Cast, keeper: Any) -> None:
    one = cast.organisation("harrowdale")
    guide = Shelf(cast).guide(cast.person("Priya Raman", email="p@elsewhere.example"), "Opening letters")
    with app.app_context(), transaction():
        db.session.add(Adoption(guide_id=guide.id, organisation_id=one, organisation_name="x", month=date(2026, 1, 1)))
    drain(app)
    changed = {"name": "Harrowdale Council", "kind": "nhs", "size": "1000-4999", "about": ""}
    told(send(keeper, f"{PLACE}/{one}/edit", **changed, domains="harrowdale.example"), keeper)
    drain(app)
    assert "Opening letters" in cast.client().get("/search?users=nhs/1000-4999").text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": " "}, "Enter a name"),
        ({"name": "…"}, "Enter a name with letters or digits in it"),
        ({"name": "x" * 151}, "Name must be 150 characters or fewer"),
        ({"name": "harrowdale council"}, "Another organisation has this name"),
        ({"kind": ""}, "Choose a type"),
        ({"kind": "guild"}, "Not a valid choice"),
        ({"size": ""}, "Choose a size"),
        ({"domains": "example"}, "“example” is no email domain"),
        ({"domains": "ann@northmere.example"}, "“ann@northmere.example” is no email domain"),
        ({"domains": "https://northmere.example"}, "is no email domain"),
        ({"domains": "northmere.example\ngmail.com"}, "Anybody may have an address at gmail.com"),
        ({"domains": "gov.uk"}, "Anybody may have an address at gov.uk"),
        ({"domains": "-x.example"}, "“-x.example” is no email domain"),
        ({"domains": "\n".join(f"d{number}.example" for number in range(51))}, "Enter 50 domains or fewer"),
        ({"about": "x" * 1001}, "About must be 1,000 characters or fewer"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    cast: Cast, keeper: Any, typed: dict[str, str], message: str
) -> None:
    cast.organisation("harrowdale")
    answer = send(keeper, PLACE + "/new", **{**COUNCIL, "domains": "northmere.example", **typed})
    assert answer.status_code == 200
    assert message in answer.text
    assert any(words in answer.text for words in ("A county.", "northmere.example"))


def test_sent_twice_it_is_added_once(keeper: Any) -> None:
    form = {**hidden(keeper, PLACE + "/new"), **COUNCIL}
    assert {keeper.post(PLACE + "/new", data=form).status_code for _ in range(3)} == {303}
    assert len(list(csv.reader(io.StringIO(keeper.get(PLACE + ".csv").text)))) == 2


def test_two_who_edit_at_once_lose_nothing(cast: Cast, keeper: Any) -> None:
    one = cast.organisation("harrowdale")
    address = f"{PLACE}/{one}/edit"
    form = hidden(keeper, address)
    quick = cast.client(cast.person("Tom Reed", role="administrator"))
    send(quick, address, **{**COUNCIL, "name": "Quick Council"}, domains="brindle.example")
    answer = keeper.post(address, data={**form, **COUNCIL, "name": "Slow Council", "domains": "slow.example"})
    assert answer.status_code == 409
    for words in ("Quick Council", "Slow Council", "brindle", "slow.example"):
        assert words in answer.text


def test_one_is_found_by_name_or_domain(cast: Cast, keeper: Any) -> None:
    for number in range(25):
        cast.organisation(f"body-{number:02}", name=f"Body {number:02}", domain=f"d{number:02}.example")
    first = keeper.get(PLACE).text
    assert "25 organisations" in first
    assert "Body 19" in first
    assert "Body 20" not in first
    assert "Body 20" in keeper.get(PLACE + "?page=2").text
    assert keeper.get(PLACE + "?page=3").status_code == 404
    for sought in ("body 07", "D07.example"):
        page = keeper.get(PLACE, query_string={"q": sought}).text
        assert "1 organisation<" in page
        assert "Body 07" in page
    assert "No organisation is called so" in keeper.get(PLACE + "?q=nowhere").text


def test_what_is_not_there_is_not_found(keeper: Any) -> None:
    assert keeper.get(f"{PLACE}/4711/edit").status_code == 404
