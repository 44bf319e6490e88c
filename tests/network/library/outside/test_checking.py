"""The job: when it asks, whom, how often, and when a link is called broken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from network.core.clock import now
from network.core.db import db
from network.core.worker import drain
from network.library.models import Guide
from network.library.outside import checking
from network.library.outside.asking import Answer
from network.library.outside.checking import check_some, keep_answer
from network.library.outside.models import OutsideAddress
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


@pytest.fixture
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; nothing leaves this machine."""
    seen: list[str] = []

    def ask(address: str, _asking: Any) -> Answer:
        seen.append(address)
        return Answer("failing", "It answers 404") if "gone" in address else Answer("fine")

    monkeypatch.setattr(checking, "ask", ask)
    app.config["CHECK_OUTSIDE_LINKS"] = True
    return seen


def write(shelf: Shelf, person: int, title: str, *addresses: str, **given: Any) -> Guide:
    guide = shelf.guide(person, title, body=" ".join(f"[{number}]({a})" for number, a in enumerate(addresses)), **given)
    while drain(shelf.app):
        pass
    return guide


def run(app: Flask) -> None:
    with app.app_context():
        check_some()


def test_nothing_is_asked_where_it_is_not_wanted(app: Flask, cast: Cast, shelf: Shelf, asked: list[str]) -> None:
    app.config["CHECK_OUTSIDE_LINKS"] = False
    write(shelf, cast.person(), "Bins", "https://one.example/")
    run(app)
    assert asked == []
    app.config["CHECK_OUTSIDE_LINKS"] = True
    run(app)
    assert asked == ["https://one.example/"]
    run(app)
    assert len(asked) == 1, "not again for a month"


def test_only_what_everybody_may_read_is_asked_about(app: Flask, cast: Cast, shelf: Shelf, asked: list[str]) -> None:
    priya = cast.person()
    closed = cast.group("closed", closed=True, facilitators=(priya,))
    write(shelf, priya, "Secret", "https://secret.example/", group_id=closed)
    shelf.draft(priya, "Draft", body="[x](https://draft.example/)")
    write(shelf, priya, "Bins", "https://open.example/#part", "mailto:a@b.example", "/library/x")
    run(app)
    assert asked == ["https://open.example/"]


def test_a_host_is_asked_once_a_round_and_ten_times_an_hour(
    app: Flask, cast: Cast, shelf: Shelf, asked: list[str]
) -> None:
    pages = [f"https://one.example/{number}" for number in range(12)]
    write(shelf, cast.person(), "Bins", *pages, "https://two.example/")
    run(app)
    assert len(asked) == 2
    for _ in range(15):
        run(app)
    assert sum("one.example" in address for address in asked) == checking.HOST_AN_HOUR
    with time_machine.travel(now() + timedelta(hours=1, minutes=1), tick=True):
        run(app)
        run(app)
    assert len(asked) == 13


def test_a_link_is_broken_after_three_failures_over_three_days(
    app: Flask, cast: Cast, shelf: Shelf, asked: list[str]
) -> None:
    guide = write(shelf, cast.person(), "Bins", "https://one.example/gone")
    states = []
    for days in (0, 0.1, 1.1, 2.2, 3.3):
        with time_machine.travel(now() + timedelta(days=days), tick=True):
            run(app)
            with app.app_context():
                row = db.session.scalars(select(OutsideAddress)).one()
                broken = db.session.scalars(select(Guide.broken_link_count)).one()
                states.append((row.state, row.failures, broken))
    assert states == [("failing", 1, 0), ("failing", 1, 0), ("failing", 2, 0), ("failing", 3, 0), ("broken", 4, 1)]
    page = cast.client(cast.person()).get(f"/library/{guide.slug}/links").get_data(as_text=True)
    assert "Broken for several days. It answers 404." in page
    assert "1 of 1 links to other sites were looked at" in page
    with app.app_context():
        keep_answer(1, Answer("moved", "It answers 200", "https://new.example/<b>"))
        assert db.session.scalars(select(Guide.broken_link_count)).one() == 0
    page = cast.client(cast.person()).get(f"/library/{guide.slug}/links").get_data(as_text=True)
    assert "https://new.example/&lt;b&gt;" in page


def test_an_address_that_no_guide_has_any_more_is_forgotten(app: Flask, cast: Cast, shelf: Shelf) -> None:
    from network.core.transaction import transaction
    from network.library.actions.ending import withdraw

    priya = cast.person()
    guide = write(shelf, priya, "Bins", "https://one.example/", "https://two.example/")
    write(shelf, priya, "Waste", "https://two.example/")
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        withdraw(viewer=viewer, guide_id=guide.id, reason="Old")
    while drain(app):
        pass
    with app.app_context():
        assert db.session.scalars(select(OutsideAddress.address)).all() == ["https://two.example/"]
