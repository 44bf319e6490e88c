"""Who is suspended runs no group: others are asked who takes over, and nobody else takes it over meanwhile."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.groups.actions import depart
from network.groups.models import Membership
from network.groups.queries import led_alone
from network.people.standing import suspend
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import send


@pytest.fixture
def ann(cast: Cast) -> int:
    """A facilitator; Ada hears of groups without one."""
    cast.person("Ada Min", role="administrator", email="ada@nowhere.example")
    return cast.person("Ann Evans")


def suspended(app: Flask, cast: Cast, name: str) -> int:
    """Somebody who cannot sign in for a while."""
    person = cast.person(name)
    with app.app_context(), transaction():
        account = db.session.get_one(Account, cast.viewer(person).account_id)
        suspend(account, reason="Sells conservatories")
    return person


def roles(app: Flask, group: int) -> dict[int, str]:
    """Who is what in a group."""
    with app.app_context():
        rows = db.session.execute(select(Membership.person_id, Membership.role).where(Membership.group_id == group))
        return {row.person_id: row.role for row in rows}


def told(app: Flask) -> list[str]:
    """What Ada was told."""
    while drain(app):
        pass
    return [mail.subject for mail in mails(app) if mail.to == "ada@nowhere.example"]


def test_nobody_suspended_is_offered_or_takes_over(app: Flask, cast: Cast, ann: int) -> None:
    nia = suspended(app, cast, "Nia Rees")
    group = cast.group("registers", facilitators=(ann,), members=(nia,))
    with app.app_context():
        assert [led.members for led in led_alone(ann)] == [[]]
        with transaction():
            depart(person_id=ann, heirs={group: nia})
    assert roles(app, group) == {nia: "member"}
    assert told(app) == ["The group Registers has no facilitator"]


def test_a_suspended_facilitator_does_not_count(app: Flask, cast: Cast, ann: int) -> None:
    joe = suspended(app, cast, "Joe Mistry")
    nia = cast.person("Nia Rees")
    group = cast.group("registers", facilitators=(ann, joe), members=(nia,))
    with app.app_context():
        assert [led.members for led in led_alone(ann)] == [[(nia, "Nia Rees")]]
    client = cast.client(ann)
    assert "so somebody has to take over" in client.get("/groups/registers/leave").get_data(as_text=True)
    send(client, "/groups/registers/leave", successor=str(nia))
    assert roles(app, group) == {nia: "facilitator", joe: "facilitator"}
    assert told(app) == []


def test_where_only_suspended_members_are_left_administrators_are_told(app: Flask, cast: Cast, ann: int) -> None:
    nia = suspended(app, cast, "Nia Rees")
    cast.group("registers", facilitators=(ann,), members=(nia,))
    client = cast.client(ann)
    assert "Nobody else here can take over." in client.get("/groups/registers/leave").get_data(as_text=True)
    assert send(client, "/groups/registers/leave").status_code == 303
    assert told(app) == ["The group Registers has no facilitator"]


def test_who_joins_does_not_take_the_place_of_a_suspended_facilitator(app: Flask, cast: Cast) -> None:
    joe, nia = suspended(app, cast, "Joe Mistry"), cast.person("Nia Rees")
    group = cast.group("registers", facilitators=(joe,))
    send(cast.client(nia), "/groups/registers/join")
    assert roles(app, group) == {joe: "facilitator", nia: "member"}
