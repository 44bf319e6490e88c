"""Requests that were let in with something that is gone by the time their body has arrived."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, request
from sqlalchemy import delete, select, update

from network.accounts.actions import set_password
from network.accounts.models import Account, EndedSession
from network.accounts.standing import CHANGED, NOT_KEPT
from network.core.db import db
from network.core.transaction import transaction
from network.groups.models import Membership
from network.library.models import Guide
from network.people.models import Person
from network.threads.models import Post
from tests.network.discussions.talk import Talk
from tests.support.cast import Cast
from tests.support.sending import form_of, send


def meanwhile(app: Flask, happens: Callable[[], object]) -> None:
    """It happens once, just after the next request that writes knows who is asking."""
    waiting = [happens]

    def between() -> None:
        if request.method == "POST" and waiting:
            with app.app_context(), transaction():
                waiting.pop()()

    app.before_request_funcs[None].append(between)


def test_who_is_taken_out_of_a_closed_group_posts_there_no_more(app: Flask, cast: Cast) -> None:
    ann = cast.person("Ann Evans")
    group = cast.group("registers", closed=True, members=(ann, cast.person("Joe Mistry")))
    asked = Talk(app).start(group, ann)
    client = cast.client(ann)
    fields = {**form_of(client, asked.address), "body": "Secret words of mine"}
    meanwhile(app, lambda: db.session.execute(delete(Membership).where(Membership.person_id == ann)))
    answer = client.post(f"{asked.address}/reply", data=fields)
    assert answer.status_code == 303
    assert answer.location.startswith("/kept/")
    page = client.get(answer.location).get_data(as_text=True)
    assert CHANGED in page
    assert "Secret words of mine" in page
    with app.app_context():
        assert "Secret words of mine" not in db.session.scalars(select(Post.body)).all()


def test_a_facilitator_who_is_none_any_more_lets_nobody_in(app: Flask, cast: Cast) -> None:
    ann, joe, sam = cast.person("Ann Evans"), cast.person("Joe Mistry"), cast.person("Sam Okafor")
    group = cast.group("registers", closed=True, facilitators=(ann, joe))
    with app.app_context(), transaction():
        db.session.add(Membership(group_id=group, person_id=sam, role="requested"))
    client = cast.client(ann)
    token = form_of(client, "/settings/profile")["csrf_token"]
    mine = update(Membership).where(Membership.person_id == ann).values(role="member")
    meanwhile(app, lambda: db.session.execute(mine))
    client.post(f"/groups/registers/requests/{sam}", data={"csrf_token": token, "answer": "accept"})
    with app.app_context():
        role = db.session.scalar(select(Membership.role).where(Membership.person_id == sam))
        assert role == "requested"


def test_a_script_is_refused_and_leaves_nothing_behind(app: Flask, cast: Cast) -> None:
    ann = cast.person("Ann Evans")
    asked = Talk(app).start(cast.group("registers", members=(ann,)), ann)
    client = cast.client(ann)
    fields = {**form_of(client, asked.address), "body": "Words"}
    meanwhile(app, lambda: db.session.execute(delete(Membership).where(Membership.person_id == ann)))
    answer = client.post(f"{asked.address}/reply", data=fields, headers={"Sec-Fetch-Mode": "cors"})
    assert answer.status_code == 403
    assert CHANGED in answer.get_data(as_text=True)


def test_who_loses_a_role_writes_nothing_with_it(app: Flask, cast: Cast) -> None:
    client = cast.client(cast.person("Ann Evans", role="administrator"))
    meanwhile(app, lambda: db.session.execute(update(Account).values(role="member")))
    assert send(client, "/settings/profile", job_title="Registrar").location.startswith("/kept/")


def test_a_session_that_ended_meanwhile_publishes_nothing(app: Flask, cast: Cast) -> None:
    ann = cast.person("Ann Evans")

    def tries(client: object, happens: Callable[[], object]) -> None:
        meanwhile(app, happens)
        answer = send(client, "/library/new", title="How to count spoons", body="One, two.", act="publish")
        assert answer.location.startswith("/sign-in")
        assert NOT_KEPT in client.get("/sign-in").get_data(as_text=True)  # type: ignore[attr-defined]

    account = cast.viewer(ann).account_id or 0
    tries(cast.client(ann), lambda: set_password(account, "x", person_id=ann))
    named = cast.client(ann)
    with named.session_transaction() as session:
        session["session"] = "a name"
    tries(named, lambda: db.session.add(EndedSession(id="a name")))
    with app.app_context():
        assert db.session.scalars(select(Guide.id)).all() == []


def test_who_gains_rights_meanwhile_is_not_stopped(app: Flask, cast: Cast) -> None:
    ann, group = cast.person("Ann Evans"), cast.group("registers")
    client = cast.client(ann)
    meanwhile(app, lambda: db.session.add(Membership(group_id=group, person_id=ann, role="facilitator")))
    assert send(client, "/settings/profile", job_title="Registrar").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(Person.job_title).where(Person.id == ann)) == "Registrar"


def test_who_is_given_a_role_meanwhile_is_not_stopped(app: Flask, cast: Cast) -> None:
    ann = cast.person("Ann Evans")
    client = cast.client(ann)
    meanwhile(app, lambda: db.session.execute(update(Account).values(role="moderator")))
    assert send(client, "/settings/profile", job_title="Registrar").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(Person.job_title).where(Person.id == ann)) == "Registrar"
