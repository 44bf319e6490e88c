"""A suggestion that nobody answers goes to others, each told once; and everybody finds what waits for them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.library.actions.rows import standing
from network.library.models import Guide
from network.library.rules import Owner
from network.library.suggestions import actions
from network.library.suggestions.actions import AlreadyAnswered, Proposal
from network.library.suggestions.feature import _pass_on
from network.library.suggestions.models import Suggestion
from network.library.suggestions.notices import follow
from network.library.suggestions.queries import to_answer
from network.library.suggestions.rules import may_answer
from network.people.models import Person
from tests.network.library.shelf import Shelf
from tests.network.library.suggestions.conftest import Desk
from tests.support.cast import Cast
from tests.support.mails import mails


def after(desk: Desk, days: int) -> list[str]:
    """Let the job and the worker run so many days from now; to whom mails have gone so far."""
    with time_machine.travel(now() + timedelta(days=days), tick=True):
        for _ in range(2):
            with desk.app.app_context():
                _pass_on()
        return [mail.to.partition("@")[0] for mail in mails(desk.app)]


def test_to_co_authors_then_to_the_group(desk: Desk) -> None:
    cast = desk.cast
    leila, gareth = cast.person("Leila Nasser"), cast.person("Gareth Hughes")
    cast.person("Nadia Hussain", role="administrator")
    group = cast.group(facilitators=(gareth,), members=(desk.owen,))
    guide = Shelf(cast).guide(desk.owen, "In a group", co_author_ids=[leila], group_id=group)
    desk.guide, desk.address = guide.id, f"/library/{guide.slug}"
    desk.suggest()
    assert after(desk, 0) == ["owen"]
    assert after(desk, 13) == ["owen"]
    assert after(desk, 15) == ["owen", "leila.nasser"]
    assert "for an author" in cast.client().get(f"{desk.address}/suggestions/1").get_data(as_text=True)
    assert after(desk, 28) == ["owen", "leila.nasser"]
    assert after(desk, 30) == ["owen", "leila.nasser", "gareth.hughes"]
    assert after(desk, 90) == ["owen", "leila.nasser", "gareth.hughes"]
    assert desk.row().stage == 2


def test_without_co_authors_and_group_to_administrators(desk: Desk) -> None:
    desk.cast.person("Nadia Hussain", role="administrator")
    desk.suggest()
    assert after(desk, 0) == ["owen"]
    assert after(desk, 15) == ["owen", "nadia.hussain"]


def test_at_once_when_the_owner_has_gone(desk: Desk) -> None:
    desk.cast.person("Nadia Hussain", role="administrator")
    with desk.app.app_context(), transaction():
        account = db.session.get_one(Account, db.session.get_one(Person, desk.owen).account_id)
        account.active = False
    desk.suggest()
    assert after(desk, 0) == ["nadia.hussain"]


@pytest.mark.parametrize("closed", [False, True])
def test_lists_of_what_waits_say_what_the_rules_say(app: Flask, cast: Cast, closed: bool) -> None:
    names = ("Author", "Co", "Owner", "Facilitator", "Member", "Other")
    people = {name: cast.person(f"{name} Person") for name in names}
    people["Administrator"] = cast.person("Administrator Person", role="administrator")
    group = cast.group(
        closed=closed, facilitators=(people["Facilitator"],), members=(people["Member"], people["Author"])
    )
    shelf = Shelf(cast)
    for owner in (None, Owner("group", group)):
        author = people["Facilitator"] if owner else people["Author"]
        for stage in (0, 2):
            guide = shelf.guide(
                author, f"Of {owner} {stage}", co_author_ids=[people["Co"]], group_id=group, owner=owner
            )
            proposal = Proposal(1, "Another title", "", "Body", "Why")
            with app.app_context(), transaction():
                actions.send(viewer=cast.viewer(people["Member"]), guide_id=guide.id, proposal=proposal)
                db.session.query(Suggestion).filter_by(guide_id=guide.id).update({"stage": stage})
    seen = 0
    for person in people.values():
        viewer = cast.viewer(person)
        with app.app_context():
            found = {line.guide_title for line in to_answer(viewer, 50)}
            for row in db.session.query(Suggestion).all():
                guide = db.session.get_one(Guide, row.guide_id)
                may = may_answer(viewer, standing(guide), state=row.state, stage=row.stage)
                assert (guide.title in found) == may, (viewer.name, guide.title)
                seen += may
    assert seen >= 4


def test_home_and_ones_own_list_show_what_waits(desk: Desk) -> None:
    desk.suggest()
    owen, fatima = desk.cast.client(desk.owen), desk.cast.client(desk.fatima)
    assert f"{desk.address}/suggestions/1" in owen.get("/").get_data(as_text=True)
    assert "Half of it is missing" in owen.get("/suggestions").get_data(as_text=True)
    assert f"{desk.address}/suggestions/1" not in fatima.get("/").get_data(as_text=True)
    assert "Half of it is missing" in fatima.get("/suggestions").get_data(as_text=True)


def test_what_the_outbox_says_twice_is_mailed_once(desk: Desk) -> None:
    desk.suggest()
    payload = {"suggestion_id": 1, "guide_id": desk.guide}
    message = Message(1, "suggestion.made", payload, now(), 1)
    with desk.app.app_context():
        follow([message, message])
    assert len(mails(desk.app)) == 1


def test_what_is_answered_is_not_answered_again(desk: Desk) -> None:
    desk.suggest()
    owner, author = desk.cast.viewer(desk.owen), desk.cast.viewer(desk.fatima)
    which = {"guide_id": desk.guide, "number": 1}
    with desk.app.app_context():
        with transaction():
            actions.decline(viewer=owner, answer="No", **which)
        with pytest.raises(AlreadyAnswered), transaction():
            actions.decline(viewer=owner, answer="Still no", **which)
        with pytest.raises(AlreadyAnswered), transaction():
            actions.withdraw(viewer=author, **which)
    assert desk.row().answer == "No"
