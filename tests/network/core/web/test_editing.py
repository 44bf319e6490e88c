"""Who saves second is shown what the first one saved: the forms of groups, discussions and profiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.core.db import db
from network.core.stale import fingerprint
from network.core.transaction import transaction
from network.discussions.models import Discussion
from network.groups.models import Group
from network.people.models import Person
from tests.network.discussions.talk import Talk
from tests.support.cast import Cast
from tests.support.sending import Fields, filled, find_form, send


class Case(NamedTuple):
    """A form, which of its fields is typed in, and where it is stored. Does it keep what it shows again?"""

    address: str
    field: str
    stored: Any
    keeps: bool = False


CASES = {
    "group": Case("/groups/damp/edit", "purpose", Group.purpose),
    "discussion": Case("", "title", Discussion.title, keeps=True),
    "profile": Case("/settings/profile", "about", Person.about),
}
Open = Callable[[], Fields]


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, app: Flask, cast: Cast) -> Case:
    case = CASES[request.param]
    person = cast.person()
    group = cast.group("damp", facilitators=(person,))
    address = Talk(app).start(group, person).address
    return case if case.address else case._replace(address=f"{address}/edit")


@pytest.fixture
def member(cast: Cast, case: Case) -> Any:
    return cast.client(cast.person())


def opened(member: Any, case: Case) -> Fields:
    return filled(find_form(member.get(case.address).get_data(as_text=True)))


def stored(app: Flask, case: Case) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(case.stored)))


def conflict(member: Any, case: Case, fields: Any) -> str:
    """Send what somebody else was faster with; the page that shows both."""
    answer = member.post(case.address, data=fields)
    if case.keeps:
        assert "kept=" in answer.location
        answer = member.get(answer.location)
    else:
        assert answer.status_code == 409
    page = str(answer.get_data(as_text=True))
    assert "Compare the two before you save" in page
    return page


def test_the_second_sees_both_and_decides(app: Flask, member: Any, case: Case) -> None:
    theirs, mine = opened(member, case), opened(member, case)
    address = case.address
    assert member.post(address, data={**theirs, case.field: "Their apples"}).status_code == 303
    page = conflict(member, case, {**mine, case.field: "My pears"})
    assert "Their" in page
    assert filled(find_form(page))[case.field] == ["My pears"]
    assert "Their apples" in stored(app, case)
    again = member.post(address, data=filled(find_form(page)))
    assert again.status_code == 303
    assert "My pears" in stored(app, case)


def test_a_second_conflict_is_one_too(member: Any, case: Case) -> None:
    first, second, mine = (opened(member, case) for _ in range(3))
    member.post(case.address, data={**first, case.field: "One"})
    shown = conflict(member, case, {**mine, case.field: "Mine"})
    current = opened(member, case)
    member.post(case.address, data={**current, case.field: "Two"})
    again = conflict(member, case, filled(find_form(shown)))
    assert filled(find_form(again))[case.field] == ["Mine"]
    third = conflict(member, case, {**second, case.field: "Three"})
    assert filled(find_form(third))[case.field] == ["Three"]


def test_what_is_not_in_the_form_is_no_conflict(app: Flask, member: Any, case: Case) -> None:
    fields = opened(member, case)
    with app.app_context(), transaction():
        table = case.stored.class_
        db.session.execute(update(table).values(revision=table.revision + 1))
    assert member.post(case.address, data={**fields, case.field: "Still mine"}).status_code == 303


def test_what_is_sent_to_the_old_address_of_a_renamed_group_arrives(app: Flask, cast: Cast) -> None:
    member = cast.client(facilitator := cast.person())
    cast.group("damp", facilitators=(facilitator,))
    fields = filled(find_form(member.get("/groups/damp/edit").get_data(as_text=True)))
    send(member, "/groups/damp/edit", name="Dry homes")
    typed = {**fields, "about": "Half a page of rules"}
    led = member.post("/groups/damp/edit", data=typed)
    assert (led.status_code, led.location) == (308, "/groups/dry-homes/edit")  # Browsers send what was typed again.
    answer = member.post(led.location, data=typed)
    assert answer.status_code == 409
    assert "Half a page of rules" in answer.get_data(as_text=True)


def test_a_fingerprint_knows_no_order_of_lists() -> None:
    assert fingerprint({"a": [1, 2], "b": "x"}) == fingerprint({"b": "x", "a": [2, 1]})
    assert fingerprint({"a": [1, 2]}) != fingerprint({"a": [1]})
    assert fingerprint({"a": True}) != fingerprint({"a": False})
