"""Whoever looks after a group from now on, or is no longer in it, hears of it by mail."""

from __future__ import annotations

import pytest
from flask import Flask

from network.core.transaction import transaction
from network.groups import actions
from tests.network.discussions.talk import send, token
from tests.support.cast import Cast
from tests.support.mails import mails

BEN = "ben.price@harrowdale.example"
REASON = "You work <elsewhere> now"


@pytest.fixture
def ann(cast: Cast) -> int:
    return cast.person("Ann Evans")


@pytest.fixture
def ben(cast: Cast) -> int:
    return cast.person("Ben Price")


def told(app: Flask) -> list[tuple[str, str, str]]:
    return [(mail.to, mail.subject, "".join(piece for piece, _ in mail.parts)) for mail in mails(app)]


def test_who_is_made_facilitator_hears_of_it(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    cast.group("planning", facilitators=(ann,), members=(ben,))
    client, address = cast.client(ann), f"/groups/planning/members/{ben}"
    for role in ("facilitator", "member"):
        client.post(address, data={"csrf_token": token(client), "act": role})
    ((to, subject, words),) = told(app)
    assert (to, subject) == (BEN, "You are a facilitator of Planning now")
    assert "You were made a facilitator of the group “Planning”" in words
    assert "/groups/planning" in words


@pytest.mark.parametrize("departs", [False, True])
def test_who_takes_over_from_the_only_facilitator_hears_of_it(
    app: Flask, cast: Cast, ann: int, ben: int, *, departs: bool
) -> None:
    group = cast.group("planning", facilitators=(ann,), members=(ben,))
    with app.app_context():
        viewer = cast.viewer(ann)
        with transaction():
            if departs:
                actions.depart(person_id=ann, heirs={group: ben})
            else:
                actions.leave(group_id=group, viewer=viewer, successor_id=ben)
    ((to, subject, words),) = told(app)
    assert (to, subject) == (BEN, "You are a facilitator of Planning now")
    assert "The only facilitator of the group “Planning” has left it" in words


def test_an_administrator_who_makes_themself_facilitator_gets_no_mail(app: Flask, cast: Cast, ann: int) -> None:
    ada = cast.person("Ada Min", role="administrator")
    group = cast.group("planning", facilitators=(ann,), members=(ada,))
    with app.app_context():
        viewer = cast.viewer(ada)
        with transaction():
            actions.set_role(group_id=group, viewer=viewer, person_id=ada, role="facilitator")
    assert told(app) == []


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("reason", ["", REASON])
def test_removing_asks_first_and_tells_why(
    app: Flask, cast: Cast, ann: int, ben: int, reason: str, *, closed: bool
) -> None:
    cast.group("planning", closed=closed, facilitators=(ann,), members=(ben,))
    client, address = cast.client(ann), f"/groups/planning/members/{ben}"
    assert f'href="{address}/remove"' in client.get(address).text
    assert client.post(address, data={"csrf_token": token(client), "act": "remove"}).status_code == 400
    page = client.get(f"{address}/remove").text
    assert "Remove Ben Price from Planning?" in page
    assert cast.viewer(ben).group_ids
    assert send(client, f"{address}/remove", reason=reason).location == "/groups/planning/members"
    assert not cast.viewer(ben).group_ids
    ((to, subject, words),) = told(app)
    assert (to, subject) == (BEN, "You are no longer in Planning")
    assert (f"“{REASON}”" in words, "No reason was given" in words) == (bool(reason), not reason)
    assert ("You cannot read the group any more" in words) == closed


def test_only_facilitators_remove_members_and_nobody_themself(cast: Cast, ann: int, ben: int) -> None:
    cast.group("planning", facilitators=(ann,), members=(ben,))
    other = cast.client(ben)
    assert other.get(f"/groups/planning/members/{ann}/remove").status_code == 403
    client = cast.client(ann)
    assert client.get("/groups/planning/members/999/remove").status_code == 404
    assert send(client, f"/groups/planning/members/{ann}/remove", reason="").status_code == 403
