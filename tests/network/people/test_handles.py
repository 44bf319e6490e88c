"""Any name gives an address of its own, and nobody gets somebody else's."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from network.core.db import db
from network.core.text.slugs import RESERVED
from network.core.transaction import transaction
from network.people.actions import change_handle, set_former_handles
from network.people.handles import free_handle, is_taken, well_formed
from network.people.models import Person
from network.people.seeking import folded
from network.subjects.rules import NotAllowed
from tests.support.cast import Cast

WHEN = datetime(2026, 11, 23, tzinfo=UTC)


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=100))
def test_every_name_gives_a_handle_that_can_be_an_address(app: Flask, name: str) -> None:
    with app.app_context():
        handle = free_handle(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", handle)
    assert len(handle) <= 60
    assert handle not in RESERVED


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["Ann Evans", "ann evans", "Ánn Évans", "Ann", "李", "new", "12"]), max_size=8))
def test_no_two_people_share_a_handle(app: Flask, names: list[str]) -> None:
    with app.app_context():
        with transaction() as session:
            for name in names:
                session.add(Person(name=name, handle=free_handle(name), created_at=WHEN, updated_at=WHEN))
                session.flush()
        handles = list(db.session.scalars(select(Person.handle)))
    assert len(handles) == len(set(handles))


@pytest.mark.parametrize(
    ("handle", "fine"),
    [
        ("ann-evans", True),
        ("ann2", True),
        ("a", False),
        ("new", False),
        ("feed", False),
        ("12", False),
        ("Ann", False),
        ("ann--evans", False),
        ("-ann", False),
        ("ann evans", False),
        ("ánn", False),
        ("../ann", False),
        ("ann/evans", False),
        ("a" * 51, False),
        ("", False),
    ],
)
def test_handles_that_people_choose(handle: str, fine: bool) -> None:
    assert well_formed(handle) is fine


def test_an_old_handle_leads_on_until_its_owner_ends_that_and_stays_theirs(app: Flask, cast: Cast) -> None:
    ann, owen = cast.person("Ann Evans"), cast.person("Owen Pritchard")
    with app.app_context():
        with transaction():
            change_handle(ann, "ann-pugh")
        visitor = cast.client()
        answer = visitor.get("/people/ann-evans")
        assert (answer.status_code, answer.location) == (301, "/people/ann-pugh")
        with transaction():
            set_former_handles(ann, [])
        assert visitor.get("/people/ann-evans").status_code == 404
        assert is_taken("ann-evans", by_other_than=owen)
        with pytest.raises(NotAllowed), transaction():
            change_handle(owen, "ann-evans")
        with transaction():
            change_handle(ann, "ann-evans")
        assert visitor.get("/people/ann-evans").status_code == 200
        assert visitor.get("/people/ann-pugh").location == "/people/ann-evans"


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_folding_finds_people_whose_names_are_typed_plainly() -> None:
    assert folded("Siân  RHYS-Davies") == "sian rhys-davies"
    assert folded("李 明") == "李 明"
