"""People in search: everything but the address, and only while the account stands."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from network.accounts.models import Account
from network.core.db import db
from network.core.transaction import transaction
from network.people.actions import set_skills, update_profile
from network.people.models import Person
from network.people.subject import PERSON
from network.subjects.viewer import VISITOR
from tests.support.cast import Cast


@pytest.fixture
def priya(app: Flask, cast: Cast) -> int:
    cast.organisation()
    cast.topic("open-data", "Open data")
    person = cast.person(job_title="Data lead")
    with app.app_context(), transaction():
        update_profile(person, show_email=True, place="Northmere", about="I like bees", about_html="<p>I like bees</p>")
        set_skills(person, can_help_with=["open-data", "annual returns"], interests=["hives"])
    return person


def test_what_search_holds(app: Flask, priya: int) -> None:
    with app.app_context():
        (entry,) = PERSON.entries([priya])
        revisions = PERSON.revisions()
    assert entry.title == "Priya Raman"
    assert entry.summary == "Data lead, Harrowdale Council"
    assert entry.audience == "public"
    assert entry.facets == {"kind": ("person",), "topic": ("open-data",), "organisation": ("harrowdale",)}
    assert entry.tags == ("annual returns",)
    assert all(words in entry.body for words in ("I like bees", "Open data", "annual returns", "Northmere"))
    assert "@" not in repr(entry)
    assert revisions == {priya: entry.revision}


def test_the_card(app: Flask, priya: int) -> None:
    with app.app_context():
        card = PERSON.cards([priya, 999], VISITOR)[priya]
    assert (card.title, card.address, card.initials) == ("Priya Raman", "/people/priya-raman", "PR")
    assert "@" not in repr(card)


@pytest.mark.parametrize("change", [{"confirmed_at": None}, {"active": False}])
def test_who_does_not_stand_is_not_found(app: Flask, priya: int, change: dict[str, Any]) -> None:
    with app.app_context():
        assert PERSON.may_read(VISITOR, priya)
        with transaction():
            db.session.execute(update(Account).values(**change))
        assert list(PERSON.entries([priya])) == []
        assert PERSON.revisions() == {}
        assert PERSON.cards([priya], VISITOR) == {}
        assert not PERSON.may_read(VISITOR, priya)


def test_the_suspended_take_nobodys_place_while_the_index_is_away(app: Flask, priya: int, cast: Cast) -> None:
    others = [cast.person(f"{name} Raman") for name in ("Anil", "Bina", "Chand")]
    with app.app_context():
        with transaction():
            suspended, unconfirmed = others[0], others[1:]
            accounts = {one: db.session.get_one(Person, one).account_id for one in others}
            db.session.execute(update(Account).where(Account.id == accounts[suspended]).values(active=False))
            of = [accounts[one] for one in unconfirmed]
            db.session.execute(update(Account).where(Account.id.in_(of)).values(confirmed_at=None))
        assert PERSON.by_title is not None
        assert PERSON.by_title("raman", VISITOR, 1) == [priya]
