"""The leak matrix of a closed group: every address, list and count × everybody who is not in it."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest
from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.discussions import queries
from network.discussions.counters import accepted_count
from network.discussions.subject import SUBJECT
from network.groups import lists
from network.groups.models import Membership
from network.subjects.viewer import Viewer
from tests.network.discussions.talk import Started, Talk, send, token
from tests.support.cast import Cast
from tests.support.sending import shown

CANARY = "zanzibar"
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
OUTSIDE = ["visitor", "outsider", "requested", "moderator", "administrator"]
INSIDE = ["member", "facilitator"]


class Closed(NamedTuple):
    """A closed group with one answered question, filed under a topic, and an open one."""

    group_id: int
    people: dict[str, int | None]
    answered: Started
    asked: Started

    def person(self, name: str) -> int | None:
        """The id of somebody; None for the visitor."""
        return self.people[name]


@pytest.fixture
def closed(app: Flask, cast: Cast, talk: Talk) -> Closed:
    people: dict[str, int | None] = {
        "visitor": None,
        "outsider": cast.person("Olga Outside"),
        "requested": cast.person("Rhys Requested"),
        "member": cast.person("Mina Member"),
        "facilitator": cast.person("Femi Facilitator"),
        "moderator": cast.person("Moss Moderator", role="moderator"),
        "administrator": cast.person("Ada Administrator", role="administrator"),
    }
    member, facilitator = people["member"], people["facilitator"]
    assert member
    assert facilitator
    group = cast.group("reviews", closed=True, facilitators=(facilitator,), members=(member,))
    with app.app_context(), transaction():
        db.session.add(Membership(group_id=group, person_id=people["requested"], role="requested", message="Me"))
    topic = cast.topic("damp")
    answered = talk.start(group, member, title=f"Who knows {CANARY}?", body=f"About {CANARY}", topic_ids=[topic])
    talk.reply(answered, facilitator, f"I know {CANARY}")
    talk.accept(answered, 2, member)
    asked = talk.start(group, member, title=f"Another {CANARY}", body=f"More {CANARY}")
    drain(app)
    return Closed(group, people, answered, asked)


def addresses(closed: Closed) -> list[str]:
    """Everything beneath the group, what exists and what does not."""
    real, missing = closed.answered.address, "/groups/reviews/discussions/99-nothing"
    tails = ["", "?post=2", "/posts/1/history", "?page=2"]
    inside = [page + tail for page in (real, missing) for tail in tails]
    return [
        *inside,
        "/groups/reviews/discussions/1",
        "/groups/reviews/discussions/99",
        "/groups/reviews/members",
        "/groups/reviews/guides",
    ]


def members_only(closed: Closed) -> list[str]:
    """Pages for which visitors are sent to sign in first."""
    pages = [closed.answered.address, "/groups/reviews/discussions/99-nothing"]
    tails = ["/reply", "/reply?quote=2", "/edit", "/posts/1/edit", "/posts/1/withdraw", "/posts/77/edit"]
    return [
        *(page + tail for page in pages for tail in tails),
        "/groups/reviews/discussions/new",
        "/groups/reviews/discussions/new?kind=question",
        "/groups/reviews/edit",
        "/groups/reviews/close",
        "/groups/reviews/members/1",
    ]


@pytest.mark.parametrize("who", OUTSIDE)
def test_outsiders_meet_one_page_whether_it_exists_or_not(cast: Cast, closed: Closed, who: str) -> None:
    client = cast.client(closed.person(who))
    pages = addresses(closed) + (members_only(closed) if who != "visitor" else [])
    answers = [client.get(page) for page in pages]
    assert {answer.status_code for answer in answers} == {403}
    assert len({TOKEN.sub("", answer.text) for answer in answers}) == 1
    assert CANARY not in answers[0].text
    assert "Mina Member" not in answers[0].text
    assert '<a href="/people/femi-facilitator">Femi Facilitator</a> can let you in' in answers[0].text
    assert '<a href="/groups/reviews">' in answers[0].text


@pytest.mark.parametrize("who", OUTSIDE)
def test_what_is_public_of_a_closed_group_is_what_outsiders_find_about_it(cast: Cast, closed: Closed, who: str) -> None:
    answer = cast.client(closed.person(who)).get("/groups/reviews/about", follow_redirects=True)
    assert answer.status_code == 200
    assert answer.request.path == "/groups/reviews"
    assert "Femi Facilitator" in answer.text
    assert "Mina Member" not in answer.text


def test_visitors_are_sent_to_sign_in_whether_it_exists_or_not(cast: Cast, closed: Closed) -> None:
    client = cast.client()
    for page in members_only(closed):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/sign-in")


@pytest.mark.parametrize("who", OUTSIDE)
def test_outsiders_cannot_write_inside(cast: Cast, talk: Talk, closed: Closed, who: str) -> None:
    client = cast.client(closed.person(who))
    sent = {"body": "I was here", "number": "2", "reason": "x", "title": "x"}
    if who != "visitor":
        sent["csrf_token"] = token(client)
    page = closed.answered.address
    targets = [
        f"{page}/reply",
        f"{page}/accept",
        f"{page}/unaccept",
        f"{page}/edit",
        f"{page}/posts/1/edit",
        f"{page}/posts/1/withdraw",
        "/groups/reviews/discussions/new?kind=question",
        "/groups/reviews/edit",
        "/groups/reviews/close",
        f"/groups/reviews/requests/{closed.person('requested')}",
        f"/groups/reviews/members/{closed.person('member')}",
    ]
    codes = {client.post(target, data=sent).status_code for target in targets}
    assert codes <= ({303, 400} if who == "visitor" else {403})
    row = talk.row(closed.answered)
    assert (row.reply_count, row.accepted_by, row.title) == (1, closed.person("member"), f"Who knows {CANARY}?")


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_question_sent_to_the_closed_group_is_refused(cast: Cast, closed: Closed, who: str) -> None:
    client = cast.client(closed.person(who))
    if who == "visitor":
        assert client.get("/ask").status_code == 303
        return
    page = client.get("/ask")
    assert f'value="{closed.group_id}"' not in page.text
    sent = {"csrf_token": token(client), "idempotency_key": "k" * 20, "title": "t", "body": "b"}
    answer = client.post("/ask", data={**sent, "group": str(closed.group_id)})
    assert "There is a problem" in shown(client, answer).text


LISTS = ["/", "/questions", "/questions?tab=answered", "/questions?tab=unanswered", "/topics/damp", "/groups"]
PEOPLE = ["/people/mina-member", "/people/femi-facilitator"]


@pytest.mark.parametrize("who", OUTSIDE)
@pytest.mark.parametrize("path", LISTS + PEOPLE)
def test_no_list_shows_what_is_inside(cast: Cast, closed: Closed, who: str, path: str) -> None:
    answer = cast.client(closed.person(who)).get(path)
    assert answer.status_code == 200
    assert CANARY not in answer.text
    assert path not in PEOPLE or "Reviews" not in answer.text


@pytest.mark.parametrize("who", OUTSIDE)
def test_the_group_itself_shows_what_is_public_and_no_number(cast: Cast, closed: Closed, who: str) -> None:
    client = cast.client(closed.person(who))
    page = client.get("/groups/reviews").text
    assert "We talk about people who can be recognised" in page
    assert "Femi Facilitator" in page
    assert "Mina Member" not in page
    assert CANARY not in page
    for text in (page, client.get("/groups?tab=a-z").text.split("Reviews", 1)[1]):
        assert "2 members" not in text
        assert "2 discussions" not in text


@pytest.mark.parametrize("who", INSIDE)
def test_members_read_it_all(cast: Cast, closed: Closed, who: str) -> None:
    client = cast.client(closed.person(who))
    for path in [closed.answered.address, "/groups/reviews", "/questions?tab=answered", "/topics/damp"]:
        assert CANARY in client.get(path).text, path
    assert CANARY in client.get("/people/mina-member").text
    assert client.get("/groups/reviews/discussions/99-nothing").status_code == 404
    assert "Mina Member" in client.get("/groups/reviews/members").text


def counts(viewer: Viewer, closed: Closed) -> list[Any]:
    """Everything that lists and home pages are made of."""
    member, facilitator = closed.person("member"), closed.person("facilitator")
    assert member
    assert facilitator
    return [
        queries.questions_page("needs", viewer, 1).total,
        queries.questions_page("answered", viewer, 1).total,
        len(queries.questions_of_person(member, viewer)),
        len(queries.answers_of_person(facilitator, viewer)),
        len(lists.groups_of_person(member, viewer)),
        len(SUBJECT.cards([closed.answered.id, closed.asked.id], viewer)),
        SUBJECT.may_read(viewer, closed.answered.id),
    ]


@pytest.mark.parametrize("who", OUTSIDE + INSIDE)
def test_queries_count_for_each_viewer(app: Flask, cast: Cast, closed: Closed, who: str) -> None:
    with app.test_request_context():
        found = counts(cast.viewer(closed.person(who)), closed)
    assert found == ([0] * 6 + [False] if who in OUTSIDE else [1, 1, 2, 1, 1, 2, True])


def test_the_public_number_of_accepted_answers_leaves_it_out(app: Flask, closed: Closed) -> None:
    with app.app_context():
        assert accepted_count(closed.person("facilitator") or 0) == 0


def test_the_index_is_told_the_audience(app: Flask, closed: Closed) -> None:
    with app.app_context():
        audiences = {entry.audience for entry in SUBJECT.entries([closed.answered.id, closed.asked.id])}
    assert audiences == {f"group:{closed.group_id}"}


def test_who_leaves_reads_no_more(cast: Cast, closed: Closed) -> None:
    client = cast.client(closed.person("member"))
    send(client, "/groups/reviews/leave")
    assert client.get(closed.answered.address).status_code == 403
    assert CANARY not in client.get("/questions").text
