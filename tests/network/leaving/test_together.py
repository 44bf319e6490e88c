"""Two who leave in the same moment, where writers do not queue: on PostgreSQL, whatever the other tests run on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from network.accounts.models import Account
from network.core.db import db
from network.core.transaction import transaction
from network.leaving.actions import close, closing
from network.leaving.choices import Choices
from network.library.models import Guide
from tests.network.library.shelf import Shelf
from tests.support.cast import PASSWORD, Cast
from tests.support.copies import copied, making
from tests.support.sending import filled, find_form, send, send_at_once

PAGE = "/settings/leaving"


@pytest.fixture
def on_postgresql(tmp_path: Path, postgres: str) -> Iterator[Flask]:
    """A network on PostgreSQL."""
    with making(tmp_path / "seeded", postgres) as made, copied(made, tmp_path / "data", postgres) as app:
        yield app


def test_a_draft_is_not_left_to_who_leaves_at_the_same_time(
    on_postgresql: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, cast = on_postgresql, Cast(on_postgresql)
    ann, bea, cyd = (cast.person(name) for name in ("Ann Evans", "Bea Jones", "Cyd Price"))
    draft = Shelf(cast).draft(ann, co_author_ids=[bea, cyd])
    ready, gone, withdraw_mails = threading.Event(), threading.Event(), closing.withdraw_mails

    def last(email: str) -> None:
        """Bea has handed on all that was hers, and is not gone yet for anybody else."""
        if email.startswith("bea"):
            ready.set()
            gone.wait(2)
        withdraw_mails(email)

    def leave(person: int) -> None:
        account_id = cast.viewer(person).account_id or 0
        with app.app_context(), transaction():
            close(account_id=account_id, choices=Choices(), by_id=person)

    monkeypatch.setattr(closing, "withdraw_mails", last)
    other = threading.Thread(target=leave, args=(bea,))
    other.start()
    assert ready.wait(20)
    leave(ann)
    gone.set()
    other.join()
    with app.app_context():
        assert db.session.scalars(select(Guide.owner_person_id).where(Guide.id == draft.id)).all() == [cyd]


def test_of_the_last_two_administrators_one_is_told_that_they_are_needed(
    on_postgresql: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, cast = on_postgresql, Cast(on_postgresql)
    clients = [cast.client(cast.person(name, role="administrator")) for name in ("Ann Evans", "Bea Jones")]
    asked = [send(client, PAGE, posts="stay", credit="former").get_data(as_text=True) for client in clients]
    forms = [{**filled(find_form(page, action=PAGE)), "act": "close", "current": PASSWORD} for page in asked]
    both, lock = threading.Barrier(2), closing.lock_administrators
    first: list[int] = []

    def together() -> None:
        """Each holds their own account, and then wants the other's."""
        if threading.get_ident() not in first:
            first.append(threading.get_ident())
            both.wait(20)
        lock()

    monkeypatch.setattr(closing, "lock_administrators", together)
    answers: list[Any] = send_at_once(clients, PAGE, forms)
    assert answers == [303, 303]
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Account.role == "administrator")) == 1
    needed = [client.get(PAGE, follow_redirects=True).get_data(as_text=True) for client in clients]
    assert sum("Nobody else is an administrator here" in page for page in needed) == 1
