"""What is said of a closed group's guides stays with its members; what others use of a closing group stays public."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.accounts.models import Account
from network.audit.models import AuditEntry
from network.core.db import db
from network.core.transaction import transaction
from network.groups.actions import close_group
from network.groups.models import Membership
from network.library.adoptions import actions
from network.library.checks import today
from network.library.models import Guide
from network.library.rules import Owner
from network.people.models import Person
from tests.network.library.adoptions.uses import Town, send, words
from tests.network.library.shelf import Shelf
from tests.support.canaries import INSIDERS, SECRET, Canaries
from tests.support.cast import Cast

SAID = "quillfeather"


@pytest.fixture
def canaries(app: Flask, canaries: Canaries) -> Canaries:
    """The member of the closed group, who works at Harrowdale, uses its guide; so does the open guide's reader."""
    cast = Cast(app)
    harrowdale = cast.organisation("harrowdale")
    with app.app_context():
        with transaction():
            everybody = [person for person in canaries.roles.values() if person is not None]
            db.session.execute(update(Person).where(Person.id.in_(everybody)).values(organisation_id=harrowdale))
        guide_id = db.session.scalars(select(Guide.id).where(Guide.slug == canaries.guide.rpartition("/")[2])).one()
    member = cast.viewer(canaries.roles["member"])
    with app.app_context(), transaction():
        db.session.get_one(Guide, guide_id).organisation_id = None
        used = actions.use(viewer=member, guide_id=guide_id).id
        told = actions.Told("worked", SAID, today(), may_be_asked=True)
        actions.tell(viewer=member, adoption_id=used, told=told)
    return canaries


def _tells(page: str) -> bool:
    return any(word in page for word in (SAID, SECRET, "use this</span>", "uses this</span>", "Guides it uses"))


ENDS = ("", "/adoptions", "/use", "/use/result", "/use/stop", "/use/withdraw", "/adapt")


def test_only_members_see_anything_of_it(canaries: Canaries) -> None:
    for role in canaries.roles:
        client = canaries.client(role)
        for end in ENDS:
            answer = client.get(canaries.guide + end)
            page = answer.get_data(as_text=True)
            if role not in INSIDERS:
                assert answer.status_code in (303, 404), (role, end)
                assert answer.status_code == 303 or not _tells(page), (role, end)
    assert SAID in words(canaries.client("facilitator"), canaries.guide)


LISTS = (
    *("/library", "/library?used=others", "/library?used=like-mine", "/organisations/harrowdale", "/topics/open-data"),
    *("/people/member-person", "/", "/search?q=working", "/adoptions", "/groups/serious-cases"),
)


def test_no_list_and_no_count_tells_of_it(canaries: Canaries) -> None:
    for role in canaries.roles:
        client = canaries.client(role)
        for address in LISTS:
            page = client.get(address).get_data(as_text=True)
            if role not in INSIDERS:
                assert not _tells(page), (role, address)
    member = canaries.client("member")
    assert SAID in words(member, "/adoptions")
    assert SECRET in words(member, "/organisations/harrowdale")
    with canaries.app.app_context(), transaction():
        group = db.session.scalars(select(Guide.group_id).where(Guide.slug == canaries.guide.rpartition("/")[2])).one()
        db.session.delete(db.session.get_one(Membership, (group, canaries.roles["member"])))
    for address in ("/adoptions", "/organisations/harrowdale", "/"):
        page = words(member, address)
        assert not _tells(page), f"{address} to somebody who left"


def test_guides_that_others_use_leave_a_group_that_closes(app: Flask, town: Town, shelf: Shelf) -> None:
    group = town.cast.group("digital-planning", facilitators=(town.owner,))
    used = shelf.guide(town.owner, "Used elsewhere", group_id=group)
    shelf.guide(town.owner, "Unused", group_id=group)
    town.use(town.nia, guide=used.id)
    town.settle()
    owner, visitor = town.cast.client(town.owner), town.cast.client()
    page = words(owner, "/groups/digital-planning/close")
    assert "1 guide stays public under its owner" in page
    assert "Used elsewhere" in page
    assert "1 guide will be for members only" in page
    assert page.index("members only. Everybody") < page.index(">Unused<") < page.index("stays public under")
    send(owner, "/groups/digital-planning/close", reason="We talk about people")
    town.settle()
    assert visitor.get("/library/used-elsewhere").status_code == 200
    assert visitor.get("/library/unused").status_code == 404
    assert "Used elsewhere" in words(visitor, "/library")
    assert "Used elsewhere" in words(visitor, "/search?q=elsewhere")
    assert "digital-planning" not in words(visitor, "/library/used-elsewhere")


def test_a_group_with_nothing_used_closes_whole(app: Flask, town: Town, shelf: Shelf) -> None:
    group = town.cast.group("digital-planning", facilitators=(town.owner,))
    failed = shelf.guide(town.owner, "Failed elsewhere", group_id=group)
    town.use(town.nia, "did-not-work", "No", guide=failed.id)
    page = words(town.cast.client(town.owner), "/groups/digital-planning/close")
    assert "Failed elsewhere" in page
    assert "stays public" not in words(town.cast.client(town.owner), "/groups/digital-planning/close")
    viewer = town.cast.viewer(town.owner)
    with app.app_context(), transaction():
        close_group(group_id=group, viewer=viewer, reason="We talk about people")
    assert town.cast.client().get("/library/failed-elsewhere").status_code == 404


def test_what_a_closed_group_owned_in_public_goes_to_its_author(app: Flask, town: Town, shelf: Shelf) -> None:
    """Who answers for a public guide can be seen; it is said before, and kept in its record and in the log."""
    group = town.cast.group("digital-planning", facilitators=(town.owner, town.nia))
    theirs = Owner("group", group)
    used = shelf.guide(town.nia, "Used elsewhere", group_id=group, owner=theirs)
    apart = shelf.guide(town.nia, "Only owned", owner=theirs)
    draft = shelf.draft(town.nia, "Not yet out", owner=theirs)
    inside = shelf.guide(town.nia, "Inside", group_id=group, owner=theirs)
    town.use(town.tom, guide=used.id)
    town.settle()
    owner = town.cast.client(town.owner)
    page = words(owner, "/groups/digital-planning/close")
    assert "1 guide stays public, because it does not belong to the group" in page
    assert page.count("Its owner is this group. It goes to Nia Northmere.") == 2
    assert "Not yet out" not in page
    send(owner, "/groups/digital-planning/close", reason="We talk about people")
    town.settle()
    with app.app_context():
        for guide in (used, apart, draft):
            assert db.session.get_one(Guide, guide.id).owner_person_id == town.nia
        assert db.session.get_one(Guide, inside.id).owner_group_id == group
        log = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "guide.hand_on")).all()
        assert {(entry.subject_id, entry.actor_id) for entry in log} == {
            (guide.id, town.owner) for guide in (used, apart, draft)
        }
    record = words(town.cast.client(), "/library/only-owned/checks")
    assert "to Nia Northmere, because that group was closed" in record


def test_without_its_author_it_goes_to_their_organisation(app: Flask, town: Town, shelf: Shelf) -> None:
    group = town.cast.group("digital-planning", facilitators=(town.owner, town.nia))
    guide = shelf.guide(town.nia, "Only owned", owner=Owner("group", group))
    viewer = town.cast.viewer(town.owner)
    with app.app_context(), transaction():
        db.session.execute(update(Account).values(active=False).where(Account.id == _account_of(town.nia)))
        close_group(group_id=group, viewer=viewer, reason="We talk about people")
    with app.app_context():
        found = db.session.get_one(Guide, guide.id)
        assert found.owner_organisation_id == db.session.get_one(Person, town.nia).organisation_id is not None


def _account_of(person: int) -> int:
    return db.session.scalars(select(Person.account_id).where(Person.id == person)).one() or 0
