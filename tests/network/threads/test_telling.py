"""Whoever asked hears of an answer: at once, then gathered, never of what they may not read, nor against their will."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select, update

from network.accounts.models import Account
from network.core.clock import now
from network.core.outbox import Message
from network.core.transaction import transaction
from network.groups.models import Membership
from network.people.models import Person
from network.threads.actions import withdraw_post
from network.threads.events import PostAdded
from network.threads.telling.notices import follow
from tests.network.discussions.talk import Started, Talk
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import send


@pytest.fixture
def talk(app: Flask) -> Talk:
    return Talk(app)


@pytest.fixture
def ann(cast: Cast) -> int:
    """Who asks."""
    return cast.person("Ann Evans", email="ann@harrowdale.example")


@pytest.fixture
def ben(cast: Cast) -> int:
    """Who answers."""
    return cast.person("Ben Price")


@pytest.fixture
def question(cast: Cast, talk: Talk, ann: int, ben: int) -> Started:
    """Ann's, in a group that both are in."""
    return talk.start(cast.group("planning", members=(ann, ben)), ann, title="Which form?")


def _subjects(app: Flask) -> list[str]:
    return [mail.subject for mail in mails(app)]


def _links(mail: Any) -> list[str]:
    return [piece.removeprefix("http://localhost") for piece, is_link in mail.parts if is_link]


def test_whoever_asked_hears_of_the_first_answer_at_once(app: Flask, talk: Talk, question: Started, ben: int) -> None:
    number = talk.reply(question, ben)
    (mail,) = mails(app)
    assert (mail.to, mail.subject) == ("ann@harrowdale.example", "Ben Price replied to “Which form?”")
    assert any(link.startswith(question.address) and link.endswith(f"#post-{number}") for link in _links(mail))


def test_what_follows_is_gathered_for_a_day(
    app: Flask, cast: Cast, talk: Talk, question: Started, ann: int, ben: int
) -> None:
    talk.reply(question, ben)
    assert len(mails(app)) == 1
    talk.reply(question, cast.person("Cara Lloyd"))
    talk.reply(question, ben)
    assert len(mails(app)) == 1
    with time_machine.travel(now() + timedelta(hours=23), tick=True):
        assert len(mails(app)) == 1
    with time_machine.travel(now() + timedelta(hours=25), tick=True):
        assert _subjects(app)[1:] == ["2 new replies to “Which form?”"]
        assert "Cara Lloyd" in "".join(piece for piece, _ in mails(app)[1].parts)
    with time_machine.travel(now() + timedelta(days=3), tick=True):
        assert len(mails(app)) == 2
        talk.reply(question, ben)
        assert len(mails(app)) == 3


def test_who_talks_hears_the_other_at_once(app: Flask, talk: Talk, question: Started, ann: int, ben: int) -> None:
    talk.reply(question, ben)
    assert len(mails(app)) == 1
    talk.reply(question, ann)
    assert len(mails(app)) == 1, "nobody is told of what they wrote"
    talk.reply(question, ben)
    assert _subjects(app)[1:] == ["Ben Price replied to “Which form?”"]


def test_what_was_removed_or_is_old_is_not_told(
    app: Flask, cast: Cast, talk: Talk, question: Started, ben: int
) -> None:
    talk.reply(question, ben, at=now() - timedelta(days=8))
    number = talk.reply(question, ben)
    post = next(post for post in talk.posts(question) if post.number == number)
    with app.app_context(), transaction():
        withdraw_post(post_id=post.id, viewer=cast.viewer(ben), keeps_order=False, reason="")
    assert mails(app) == []


def test_nobody_is_told_twice(app: Flask, talk: Talk, question: Started, ben: int) -> None:
    """The worker may hand out the same message again, also after the day is over."""
    talk.reply(question, ben)
    assert len(mails(app)) == 1
    for hours in (0, 30):
        with time_machine.travel(now() + timedelta(hours=hours), tick=True), app.app_context():
            follow([Message(1, PostAdded.name, {"subject": "discussion", "id": question.id}, now(), 2)])
        assert len(mails(app)) == 1


@pytest.mark.parametrize("gone", ["left the group", "suspended", "unconfirmed"])
def test_nobody_hears_of_what_they_may_not_read(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, gone: str
) -> None:
    group = cast.group("cases", closed=True, members=(ann, ben))
    question = talk.start(group, ann, title="A case")
    account = select(Person.account_id).where(Person.id == ann).scalar_subquery()
    with app.app_context(), transaction() as session:
        if gone == "left the group":
            session.execute(delete(Membership).where(Membership.person_id == ann))
        else:
            change = {"active": False} if gone == "suspended" else {"confirmed_at": None}
            session.execute(update(Account).where(Account.id == account).values(**change))
    talk.reply(question, ben)
    assert mails(app) == []


def test_members_of_a_closed_group_do_hear(app: Flask, cast: Cast, talk: Talk, ann: int, ben: int) -> None:
    question = talk.start(cast.group("cases", closed=True, members=(ann, ben)), ann, title="A case")
    talk.reply(question, ben)
    assert _subjects(app) == ["Ben Price replied to “A case”"]


def test_one_press_stops_these_mails_and_another_brings_them_back(
    app: Flask, cast: Cast, talk: Talk, question: Started, ann: int, ben: int
) -> None:
    talk.reply(question, ben)
    (mail,) = mails(app)
    stop = next(link for link in _links(mail) if "/replies/stop/" in link)
    visitor = cast.client()
    assert "Stop these mails" in visitor.get(stop).get_data(as_text=True)
    assert visitor.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    talk.reply(question, ann)
    talk.reply(question, ben)
    assert len(mails(app)) == 1
    client = cast.client(ann)
    own = client.get("/settings/replies")
    assert own.location.endswith(stop)
    assert send(client, stop, act="start").status_code == 303
    talk.reply(question, ben)
    assert len(mails(app)) == 2
    assert visitor.get("/replies/stop/forged").status_code == 404
    assert visitor.get("/settings/replies").location.startswith("/sign-in")


def test_who_looks_after_a_guide_hears_of_comments(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    guide = Shelf(cast).guide(ann, "Carts")
    send(cast.client(ben), f"/library/{guide.slug}/reply", body="Where do you buy them?")
    (mail,) = mails(app)
    assert (mail.to, mail.subject) == ("ann@harrowdale.example", "Ben Price commented on “Carts”")


def test_whom_a_question_names_hears_of_it_once(app: Flask, cast: Cast, talk: Talk, ann: int, ben: int) -> None:
    group = cast.group("planning", members=(ben,))
    question = talk.start(group, ben, title="Which form?", asked_person_id=ann)
    (mail,) = mails(app)
    assert (mail.to, mail.subject) == ("ann@harrowdale.example", "Ben Price asks you: Which form?")
    assert question.address in _links(mail)
    talk.reply(question, cast.person("Cara Lloyd"))
    assert [mail.to for mail in mails(app)[1:]] == ["ben.price@harrowdale.example"]


@pytest.mark.parametrize("asked", ["an outsider of a closed group", "of long ago", "somebody who wants no mails"])
def test_whom_a_question_names_may_hear_nothing(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, asked: str
) -> None:
    group = cast.group("cases", closed=asked.startswith("an outsider"), members=(ben,))
    if asked.startswith("somebody"):
        client = cast.client(ann)
        send(client, client.get("/settings/replies").location, act="stop")
    at = now() - timedelta(days=8) if asked == "of long ago" else None
    talk.start(group, ben, asked_person_id=ann, **({"at": at} if at else {}))
    assert mails(app) == []


def test_whose_post_is_hidden_hears_why_and_can_still_read_it(
    app: Flask, cast: Cast, talk: Talk, question: Started, ben: int
) -> None:
    number = talk.reply(question, ben, "Ring Mrs Lane.")
    mails(app)
    keeper = cast.client(cast.person("Moss Keeper", role="moderator"))
    send(keeper, f"{question.address}/posts/{number}/withdraw", reason="Names a <family>")
    mail = mails(app)[-1]
    assert (mail.to, mail.subject) == ("ben.price@harrowdale.example", "What you wrote in “Which form?” was hidden")
    words = "".join(piece for piece, _ in mail.parts)
    assert "Moss Keeper hid what you wrote" in words
    assert "“Names a <family>”" in words
    assert f"{question.address}#post-{number}" in words
    assert "Lane" not in words
    history, client = f"{question.address}/posts/{number}/history", cast.client(ben)
    assert f'href="{history}"' in client.get(question.address).text
    assert "Ring Mrs Lane." in client.get(history).text
    for other in (keeper, cast.client()):
        assert history not in other.get(question.address).text
        assert other.get(history).status_code == 404


def test_a_hidden_question_is_told_of_too_and_what_one_withdraws_is_not(
    app: Flask, cast: Cast, talk: Talk, question: Started, ann: int, ben: int
) -> None:
    number = talk.reply(question, ben)
    before = len(mails(app))
    send(cast.client(ben), f"{question.address}/posts/{number}/withdraw", reason="")
    assert len(mails(app)) == before
    assert f"/posts/{number}/history" not in cast.client(ben).get(question.address).text
    keeper = cast.client(cast.person("Moss Keeper", role="moderator"))
    send(keeper, f"{question.address}/posts/1/withdraw", reason="Asked before")
    assert _subjects(app)[before:] == ["What you wrote in “Which form?” was hidden"]


def test_who_may_not_read_the_page_any_more_hears_of_no_hiding(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int
) -> None:
    group = cast.group("reviews", closed=True, facilitators=(ann,), members=(ben,))
    asked = talk.start(group, ann)
    number = talk.reply(asked, ben)
    before = len(mails(app))
    with app.app_context(), transaction() as session:
        session.execute(delete(Membership).where(Membership.person_id == ben))
    send(cast.client(ann), f"{asked.address}/posts/{number}/withdraw", reason="Names a family")
    assert len(mails(app)) == before
