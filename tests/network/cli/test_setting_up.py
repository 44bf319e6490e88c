"""The first start of a network, by command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.core.settings import read_settings
from network.factory import create_app
from network.organisations.models import Organisation, OrganisationDomain
from network.people.models import Person
from network.vocabulary.queries import all_topics
from tests.support.app import SECRET

GIVEN = {"name": "Ada Min", "email": "Ada@it.practice.example", "password": "seven green umbrellas"}
TYPED = "Ada Min\nada@it.practice.example\nseven green umbrellas\nseven green umbrellas\n"


@pytest.fixture
def new(tmp_path: Path) -> Flask:
    """An installation whose database has no tables yet."""
    base = {"SECRET_KEY": SECRET, "BASE_URL": "https://practice.example", "MAIL_URL": "smtp://mail.example"}
    return create_app(read_settings({**base, "DATA_DIR": str(tmp_path / "data"), "CONTACT_EMAIL": "a@b.example"}))


def run(app: Flask, *options: str, typed: str = "", **given: str) -> Any:
    """Run it with these options, and with these lines typed."""
    named = [part for name, value in given.items() for part in (f"--{name}", value)]
    return app.test_cli_runner().invoke(args=["setup", *named, *options], input=typed)


def administrators(app: Flask) -> list[str]:
    """Who runs the network."""
    with app.app_context():
        return list(db.session.scalars(select(Account.email).where(Account.role == "administrator")))


def topics(app: Flask) -> int:
    """How many there are."""
    with app.app_context():
        return len(all_topics())


def test_with_all_given_it_asks_nothing_and_adds_nothing_else(new: Flask) -> None:
    answer = run(new, **GIVEN)
    assert answer.exit_code == 0, answer.output
    assert administrators(new) == ["ada@it.practice.example"]
    assert topics(new) == 0
    with new.app_context():
        assert db.session.scalars(select(Organisation)).all() == []


def test_it_asks_for_an_organisation_and_topics(new: Flask) -> None:
    answer = run(new, typed=TYPED + "Practice Council\ny\n")
    assert answer.exit_code == 0, answer.output
    assert "/admin/organisations" in answer.output
    assert topics(new) > 30
    with new.app_context():
        assert db.session.scalars(select(OrganisationDomain.domain)).all() == ["it.practice.example"]
        query = select(Organisation.name).join(Person, Person.organisation_id == Organisation.id)
        assert db.session.scalars(query.where(Person.organisation_confirmed)).all() == ["Practice Council"]


def test_no_answer_is_none(new: Flask) -> None:
    answer = run(new, typed=TYPED + "\nn\n")
    assert answer.exit_code == 0, answer.output
    assert topics(new) == 0
    with new.app_context():
        assert db.session.scalars(select(Organisation)).all() == []


@pytest.mark.parametrize(("option", "many"), [("--topics", True), ("--no-topics", False)])
def test_a_script_says_whether_it_begins_with_topics(new: Flask, option: str, many: bool) -> None:
    answer = run(new, option, **GIVEN, organisation="Practice Council")
    assert answer.exit_code == 0, answer.output
    assert (topics(new) > 30) is many


def test_an_address_that_is_none_is_refused(new: Flask) -> None:
    answer = run(new, **{**GIVEN, "email": "not-an-address"})
    assert answer.exit_code == 2
    assert "Enter an email address in the correct format" in answer.output


def test_an_address_that_is_none_is_asked_again(new: Flask) -> None:
    answer = run(new, typed=TYPED.replace("ada@", "not-an-address\nada@") + "\nn\n")
    assert answer.exit_code == 0, answer.output
    assert administrators(new) == ["ada@it.practice.example"]


def test_it_makes_no_second_administrator_unasked(new: Flask) -> None:
    run(new, **GIVEN)
    other = {**GIVEN, "name": "Bo Li", "email": "bo@practice.example"}
    answer = run(new, **other)
    assert answer.exit_code == 1
    assert "Ada Min (ada@it.practice.example)" in answer.output
    assert "--another" in answer.output
    assert run(new, typed="n\n").exit_code == 1
    assert administrators(new) == ["ada@it.practice.example"]
    assert run(new, "--another", **other).exit_code == 0
    assert len(administrators(new)) == 2


def test_a_known_domain_and_a_list_that_is_there_are_not_asked_about(new: Flask) -> None:
    run(new, "--topics", **GIVEN, organisation="Practice Council")
    before = topics(new)
    typed = "y\n" + TYPED.replace("Ada Min", "Bo Li").replace("ada@", "bo@")
    answer = run(new, "--topics", typed=typed)
    assert answer.exit_code == 0, answer.output
    assert topics(new) == before
    assert len(administrators(new)) == 2
