"""Requests that began before the account was closed or suspended, and write after it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, request
from sqlalchemy import func, select

from network.accounts.models import Account
from network.accounts.standing import NOT_KEPT
from network.attachments.models import StoredFile
from network.core.db import db
from network.core.transaction import transaction
from network.groups.models import Membership
from network.leaving.actions import close
from network.leaving.choices import Choices
from network.people.models import Person
from network.people.standing import suspend
from network.threads.models import Post
from tests.network.discussions.talk import Talk
from tests.network.leaving.life import NAME, Life
from tests.support.cast import Cast
from tests.support.pictures import picture
from tests.support.sending import form_of, send, shown


def closes(account_id: int) -> None:
    """The account is closed."""
    close(account_id=account_id, choices=Choices(), by_id=None)


def suspends(account_id: int) -> None:
    """The account is suspended."""
    suspend(db.session.get_one(Account, account_id), reason="Sells conservatories")


def ends_meanwhile(app: Flask, account_id: int, ends: Callable[[int], None]) -> None:
    """The account ends once, just after the request that writes knows who is asking."""
    waiting = [account_id]

    def meanwhile() -> None:
        if request.method == "POST" and waiting:
            with app.app_context(), transaction():
                ends(waiting.pop())

    app.before_request_funcs[None].append(meanwhile)


@pytest.mark.parametrize("ends", [closes, suspends])
def test_who_is_gone_writes_nothing_any_more(app: Flask, cast: Cast, ends: Callable[[int], None]) -> None:
    joe = cast.person("Joe Mistry")
    group = cast.group("registers", members=(joe,))
    cast.group("spoons")
    asked = Talk(app).start(group, joe, title="Who counts?")

    def sent(*given: Any, **typed: Any) -> Any:
        person = cast.person(f"Ann Evans {len(before)}", email=f"ann{len(before)}@harrowdale.example")
        before.append(person)
        with app.app_context(), transaction():
            db.session.add(Membership(group_id=group, person_id=person))
        client = cast.client(person)
        client.get("/")
        ends_meanwhile(app, cast.viewer(person).account_id or 0, ends)
        answer = send(client, *given, **typed)
        assert answer.status_code == 303, given
        assert answer.location.startswith("/sign-in"), given
        return client

    before: list[int] = []
    client = sent(asked.address, body="Secret words of mine")
    assert NOT_KEPT in client.get("/sign-in").get_data(as_text=True)
    sent("/groups/spoons/join")
    sent("/settings/photo", photo=(io.BytesIO(picture()), "me.png"))
    sent("/settings/profile", job_title="Registrar")
    with app.app_context():
        assert "Secret words of mine" not in db.session.scalars(select(Post.body)).all()
        assert db.session.scalar(select(func.count()).where(Membership.role == "facilitator")) == 0
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
        people = db.session.scalars(select(Person).where(Person.id.in_(before))).all()
        assert {(one.job_title, one.photo) for one in people} == {("", None)}


def test_a_quotation_that_was_open_does_not_bring_a_name_back(life: Life) -> None:
    client, talk = life.cast.client(life.owen), life.answered.address
    reply, edit = f"{talk}/reply?quote=2", f"{talk}/posts/3/edit"
    forms = {at: form_of(client, at) for at in (reply, edit, "/library/spoons-in-practice/reply?quote=1")}
    bodies = {at: fields.pop("body")[0] + "\n\nSo it is." for at, fields in forms.items()}
    assert [NAME in body for body in bodies.values()] == [True] * 3
    earlier = re.sub(r"-jam-or-butter", "-butter-or-jam", talk)
    kept = f"[Owen Pritchard]({talk}#post-1) wrote:\n\n[Nia Rees]({life.asked.address}#post-2) wrote:\n\n"
    bodies[reply] += f"\n\n[{NAME}]({earlier}#post-2) wrote:\n\n{kept}[Xanthe](/library/x#post-2) wrote:"
    life.leave()
    for address, fields in forms.items():
        answer = client.post(address.partition("?")[0], data={**fields, "body": bodies[address]})
        assert answer.status_code == 303, address
    edited, replied = life.post(life.answered, 3), life.talk.posts(life.answered)[-1]
    assert edited.body.startswith(f"[Former member]({talk}#post-2) wrote:")
    assert edited.body.endswith("So it is.")
    assert replied.body.count("[Former member](") == 2
    assert kept in replied.body
    assert replied.body.count("Xanthe") == 1  # That is another page's, and no quotation of hers.
    with life.app.app_context():
        texts = [*db.session.scalars(select(Post.body + Post.html).where(Post.id != replied.id))]
    assert len([text for text in texts if "So it is." in text]) == 2
    assert not [text for text in texts if NAME in text]


def test_a_preview_shows_a_quotation_as_it_will_stand(life: Life) -> None:
    client, reply = life.cast.client(life.owen), f"{life.answered.address}/reply"
    fields = form_of(client, f"{reply}?quote=2")
    life.leave()
    fields["body"] = f"{fields['body'][0]}\n\nSo do we."
    page = shown(client, client.post(reply, data={**fields, "preview": "yes"})).text
    assert NAME not in page
    assert page.count("Former member</a> wrote:") == 1


def test_who_stands_writes_on(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person())
    assert send(client, "/settings/profile", job_title="Registrar").location == "/people/priya-raman"
