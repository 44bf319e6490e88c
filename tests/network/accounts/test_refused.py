"""What somebody wrote and may send no more is shown to them and kept, with the reason why it was refused."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.accounts.models import KeptForm
from network.core.db import db
from network.core.transaction import transaction
from network.groups.actions import close_group
from network.groups.models import Membership
from tests.network.discussions.talk import Started, Talk
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, send

WORDS = "We <b>do</b> it so"


@pytest.fixture
def ben(cast: Cast) -> int:
    return cast.person("Ben Price")


@pytest.fixture
def group(cast: Cast) -> int:
    return cast.group("planning", facilitators=(cast.person("Ann Evans"),))


@pytest.fixture
def asked(app: Flask, cast: Cast, group: int) -> Started:
    return Talk(app).start(group, cast.person("Cai Owen"))


def close(app: Flask, cast: Cast, group: int) -> None:
    """Ann closes the group, of which Ben is no member."""
    with app.app_context():
        ann = db.session.scalars(select(Membership.person_id).where(Membership.group_id == group)).one()
        viewer = cast.viewer(ann)
        with transaction():
            close_group(group_id=group, viewer=viewer, reason="We speak of families")


def kept(app: Flask) -> list[KeptForm]:
    with app.app_context():
        return list(db.session.scalars(select(KeptForm)))


def typed(client: Any, address: str, **fields: str) -> tuple[str, dict[str, Any]]:
    """A form that was opened and filled in."""
    form = find_form(client.get(address).text)
    return form.get("action") or address, {**filled(form), **fields}


@pytest.mark.parametrize("tail", ["reply", "new"])
def test_what_a_closed_group_refuses_is_shown_to_its_writer_and_kept(
    app: Flask, cast: Cast, ben: int, group: int, asked: Started, tail: str
) -> None:
    client = cast.client(ben)
    address = f"{asked.address}/reply" if tail == "reply" else "/groups/planning/discussions/new?kind=question"
    more = {} if tail == "reply" else {"title": "Who knows?"}
    path, form = typed(client, address, body=WORDS, **more)
    close(app, cast, group)
    for _ in range(2):
        page = client.post(path, data=form)
        assert page.status_code == 403
        assert "We speak of families" in page.text
        assert "We &lt;b&gt;do&lt;/b&gt; it so" in page.text
    (row,) = kept(app)
    assert f'href="/kept/{row.key}"' in page.text
    again = client.get(f"/kept/{row.key}").text
    assert "We &lt;b&gt;do&lt;/b&gt; it so" in again
    assert "You were signed out" not in again
    assert cast.client(cast.person("Dee Kaur")).get(f"/kept/{row.key}").status_code == 404
    # Let in, they can send it from there.
    _join(app, group, ben)
    sent = client.post(path, data=filled(find_form(again, action=path)))
    assert "We &lt;b&gt;do&lt;/b&gt; it so" in client.get(sent.location).text


def _join(app: Flask, group: int, person: int) -> None:
    with app.app_context(), transaction():
        db.session.add(Membership(group_id=group, person_id=person))


def test_words_for_what_was_hidden_or_is_not_there_are_kept_too(
    app: Flask, cast: Cast, ben: int, asked: Started
) -> None:
    client = cast.client(ben)
    path, form = typed(client, f"{asked.address}/reply", body=WORDS)
    keeper = cast.client(cast.person("Moss Keeper", role="moderator"))
    send(keeper, f"{asked.address}/posts/1/withdraw", reason="Names a family")
    page = client.post(path, data=form)
    assert (page.status_code, len(kept(app))) == (410, 1)
    assert "Reason: Names a family" in page.text
    assert "We &lt;b&gt;do&lt;/b&gt; it so" in page.text
    page = client.post(path.replace("/discussions/1-", "/discussions/9-"), data=form)
    assert (page.status_code, len(kept(app))) == (404, 2)
    assert "We &lt;b&gt;do&lt;/b&gt; it so" in page.text


def test_buttons_passwords_and_forms_of_others_are_not_kept(app: Flask, cast: Cast, ben: int, asked: Started) -> None:
    client = cast.client(ben)
    _, form = typed(client, f"{asked.address}/reply", body=WORDS)
    token = form["csrf_token"]
    number = {"csrf_token": token, "number": "1"}
    for address, fields in (
        (f"{asked.address}/accept", number),
        (f"{asked.address}/accept", {**number, "current": "secret", "body": WORDS}),
        ("/nowhere", {"body": WORDS}),
        (f"{asked.address}/accept", {"number": "1", "body": WORDS}),
    ):
        page = client.post(address, data=fields)
        assert page.status_code in (400, 403, 404)
        assert "could not be sent" not in page.text
    visitor = cast.client()
    assert visitor.post("/nowhere", data={"body": WORDS}).status_code == 404
    assert kept(app) == []


def test_an_edit_of_what_was_hidden_meanwhile_says_by_whom_and_why(
    app: Flask, cast: Cast, ben: int, asked: Started
) -> None:
    number = Talk(app).reply(asked, ben, "Ring Mrs Lane.")
    client = cast.client(ben)
    path, form = typed(client, f"{asked.address}/posts/{number}/edit", body=WORDS)
    keeper = cast.client(cast.person("Moss Keeper", role="moderator"))
    send(keeper, f"{asked.address}/posts/{number}/withdraw", reason="Names a family")
    page = client.post(path, data=form)
    assert page.status_code == 403
    assert "by Moss Keeper. Reason: Names a family" in page.text
    assert "We &lt;b&gt;do&lt;/b&gt; it so" in page.text
    assert "by Moss Keeper. Reason: Names a family" in client.get(path).text
