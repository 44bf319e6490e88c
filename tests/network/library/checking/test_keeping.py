"""What becomes of guides: inherited, taken over, put back; and the page of those who answer for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from network.accounts.models import Account
from network.audit.models import AuditEntry
from network.core.clock import now
from network.core.db import db
from network.core.schedule import schedule
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.checks import today
from network.library.flags.actions import flag
from network.library.models import Guide
from network.library.rules import Owner
from network.people.models import Person
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import send


@pytest.fixture
def priya(cast: Cast) -> int:
    """Somebody who works for a council with a domain."""
    cast.organisation("harrowdale")
    return cast.person()


def owner(app: Flask, guide_id: int) -> tuple[int | None, int | None, int | None]:
    """Person, group, organisation."""
    with app.app_context():
        row = db.session.get_one(Guide, guide_id)
        return row.owner_person_id, row.owner_group_id, row.owner_organisation_id


def inherit(app: Flask, days: int = 0) -> None:
    """Run the job so many days from now."""
    with time_machine.travel(now() + timedelta(days=days), tick=True), app.app_context():
        schedule(app).jobs["library.inherit"].run()


def leave(app: Flask, person_id: int, **values: Any) -> None:
    """The account does not stand any more, or is gone."""
    with app.app_context(), transaction():
        if values:
            account = select(Person.account_id).where(Person.id == person_id).scalar_subquery()
            db.session.execute(update(Account).where(Account.id == account).values(**values))
        else:
            db.session.execute(update(Person).where(Person.id == person_id).values(account_id=None))


def test_the_group_inherits_else_the_organisation_else_a_co_author(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, priya: int
) -> None:
    organisation = cast.organisation("harrowdale")
    group = cast.group("waste", facilitators=(cast.person("Fay Field"),), members=(priya,))
    alone = cast.person("Lone Writer", email="lone@nowhere.test")
    helper = cast.person("Owen Pritchard")
    in_group = shelf.guide(priya, "In a group", group_id=group)
    at_work = shelf.guide(priya, "At work")
    helped = shelf.guide(alone, "With help", co_author_ids=[helper])
    nobodys = shelf.guide(alone, "Alone")
    inherit(app)
    assert owner(app, in_group.id)[0] == priya
    leave(app, priya)
    leave(app, alone)
    inherit(app)
    assert owner(app, in_group.id) == (None, group, None)
    assert owner(app, at_work.id) == (None, None, organisation)
    assert owner(app, helped.id) == (helper, None, None)
    assert owner(app, nobodys.id) == (alone, None, None)
    inherit(app)
    record = client.get("/library/in-a-group/checks").get_data(as_text=True)
    assert record.count("Inherited, because its owner left") == 1
    assert "It went to Waste." in record
    with app.app_context():
        assert len(db.session.scalars(select(AuditEntry.id).where(AuditEntry.act == "guide.inherit")).all()) == 3


def test_who_is_only_suspended_has_thirty_days(app: Flask, cast: Cast, shelf: Shelf, priya: int) -> None:
    guide = shelf.guide(priya, "Bins")
    leave(app, priya, active=False)
    inherit(app)
    inherit(app, days=29)
    assert owner(app, guide.id)[0] == priya
    leave(app, priya, active=True)
    inherit(app, days=29)
    leave(app, priya, active=False)
    inherit(app, days=31)
    assert owner(app, guide.id)[0] == priya
    inherit(app, days=62)
    assert owner(app, guide.id)[0] is None


def test_staff_take_over_what_nobody_answers_for(app: Flask, cast: Cast, shelf: Shelf, client: Any, priya: int) -> None:
    organisation = cast.organisation("harrowdale")
    colleague, stranger = cast.person("Owen Pritchard"), cast.person("Tom Adeyemi", email="tom@elsewhere.example")
    guide = shelf.guide(priya, "Bins", owner=Owner("organisation", organisation))
    address = "/library/bins/take-over"
    assert cast.client(colleague).get(address).status_code == 403
    leave(app, priya, active=False)
    assert client.get(address).status_code == 303
    assert cast.client(stranger).get(address).status_code == 403
    assert "Take this guide over" not in cast.client(stranger).get("/library/bins").get_data(as_text=True)
    staff = cast.client(colleague)
    assert "Take this guide over" in staff.get("/library/bins").get_data(as_text=True)
    viewer = cast.viewer(stranger)
    with app.app_context(), transaction():
        flag(viewer=viewer, guide_id=guide.id, reason="Old")
    alone = staff.get("/checks").text.partition("Nobody looks after these")[2].partition("</section>")[0]
    assert "Bins" in alone
    assert "Flagged as outdated" in alone
    assert send(staff, address).location == "/library/bins/check"
    assert owner(app, guide.id) == (colleague, None, None)
    assert staff.get(address).status_code == 403
    assert "from Harrowdale Council to Owen Pritchard" in client.get("/library/bins/checks").get_data(as_text=True)


def test_a_withdrawn_guide_is_put_back_at_its_address(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, priya: int
) -> None:
    guide = shelf.guide(priya, "Bins")
    writer, ann = cast.client(priya), cast.client(cast.person("Ann Evans", role="administrator"))
    with app.app_context():
        due = db.session.get_one(Guide, guide.id).check_due
    send(writer, "/library/bins/withdraw", reason="Too early")
    assert "put-back" not in client.get("/library/bins").get_data(as_text=True)
    assert "put-back" in writer.get("/library/bins").get_data(as_text=True)
    assert "Bins" in writer.get("/checks").get_data(as_text=True)
    assert client.get("/library/bins/put-back").status_code == 303
    assert cast.client(cast.person("Tom Adeyemi")).get("/library/bins/put-back").status_code == 403
    assert send(writer, "/library/bins/put-back").location == "/library/bins"
    drain(app)
    assert client.get("/library/bins").status_code == 200
    assert "Bins" in client.get("/search?q=bins").get_data(as_text=True).split("<main")[1]
    record = client.get("/library/bins/checks").get_data(as_text=True)
    assert "Too early" in record
    assert "Put back" in record
    with app.app_context():
        row = db.session.get_one(Guide, guide.id)
        assert (row.check_due, row.withdrawn_reason) == (due, "")
    send(ann, "/library/bins/withdraw", reason="It named a child")
    gone = writer.get("/library/bins").get_data(as_text=True)
    assert "An administrator withdrew this guide on " in gone
    assert "The reason: It named a child" in gone
    assert "put-back" not in gone
    assert writer.get("/library/bins/put-back").status_code == 403
    assert send(ann, "/library/bins/put-back").location == "/library/bins"


def test_my_checks_are_ordered_by_urgency_in_few_queries(app: Flask, cast: Cast, shelf: Shelf, priya: int) -> None:
    owen = cast.person("Owen Pritchard")
    group = cast.group("waste", facilitators=(priya,), members=(owen,))
    with app.app_context():
        day = today()
    for title, days in (("Later", 200), ("Soon", 20), ("Late", -3), ("Later still", 300)):
        shelf.guide(priya, title, check_due=day + timedelta(days=days))
    theirs = shelf.guide(owen, "Of the group", check_due=day - timedelta(days=9), group_id=group)
    with app.app_context(), transaction():
        row = db.session.get_one(Guide, theirs.id)
        row.owner_person_id, row.owner_group_id = None, group
    shelf.guide(owen, "Helped", co_author_ids=[priya])
    shelf.guide(owen, "Not mine")
    send(cast.client(owen), "/library/later/flags/new", reason="No longer so")
    client = cast.client(priya)
    client.get("/checks")
    with count_queries(app) as queries:
        page = client.get("/checks").get_data(as_text=True)
    assert len(queries) <= 6, queries.statements
    places = [page.index(f">{title}</a>") for title in ("Later", "Of the group", "Late", "Soon", "Later still")]
    assert places == sorted(places)
    assert ">Helped</a>" in page
    assert "Not mine" not in page
    assert client.get("/checks?page=2").status_code == 404
    with count_queries(app) as queries:
        assert client.get("/library/later/checks").status_code == 200
    assert len(queries) <= 5, queries.statements


def test_an_edit_moves_no_date_and_offers_a_check(app: Flask, cast: Cast, shelf: Shelf, priya: int) -> None:
    guide = shelf.guide(priya, "Bins", kind="policy")
    with app.app_context():
        before = db.session.get_one(Guide, guide.id)
        dates = (before.checked_at, before.check_due)
    writer = cast.client(priya)
    answer = send(writer, "/library/bins/edit", act="publish", note="Costs", check_months="24")
    assert answer.status_code == 303
    page = writer.get(answer.location).get_data(as_text=True)
    assert 'href="/library/bins/check">say that you have checked the whole guide</a>' in page
    with app.app_context():
        row = db.session.get_one(Guide, guide.id)
        assert (row.checked_at, row.check_due, row.check_months) == (*dates, 24)
    assert '<option value="24" selected>' in writer.get("/library/bins/check").get_data(as_text=True)
    assert '<option value="24" selected>' in writer.get("/library/bins/edit").get_data(as_text=True)
