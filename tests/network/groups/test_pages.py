"""Groups in the browser: starting, joining, managing, closing."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from network.core.db import db
from network.groups.models import Group
from tests.network.discussions.talk import hidden, send, token
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.queries import count_queries

NO_SHRINKING = (Phase.explicit, Phase.generate)  # Shrinking takes minutes where each try is several pages.
FIELDS = {"name": "Damp and mould", "purpose": "We help each other", "about": "", "topics": "", "openness": "open"}


@pytest.fixture
def ann(cast: Cast) -> int:
    return cast.person("Ann Evans")


def test_starting_a_group(cast: Cast, ann: int) -> None:
    client = cast.client(ann)
    answer = send(client, "/groups/new", **FIELDS, closed_reason="")
    assert answer.headers["Location"] == "/groups/damp-and-mould"
    page = client.get("/groups/damp-and-mould").text
    assert "You are its facilitator" in page
    assert "Joined" in page


def test_a_group_sent_twice_is_started_once(app: Flask, cast: Cast, ann: int) -> None:
    client = cast.client(ann)
    form = {**hidden(client, "/groups/new"), **FIELDS}
    addresses = {client.post("/groups/new", data=form).headers["Location"] for _ in range(3)}
    assert addresses == {"/groups/damp-and-mould"}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Group)) == 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "x" * 151}, "Name must be 150 characters or fewer"),
        ({"name": "ask ANYONE"}, "Someone already uses this group name"),
        ({"purpose": ""}, "Enter a purpose"),
        ({"purpose": "x" * 301}, "Purpose must be 300 characters or fewer"),
        ({"topics": "unheard of"}, "“unheard of” is not in our list of topics"),
        ({"openness": "closed"}, "Say why this group has to be closed"),
        ({"openness": "ajar"}, "There is a problem"),
        ({"about": "é" * 40_000}, "About must be 64 KB or smaller"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    cast: Cast, ann: int, change: dict[str, str], message: str
) -> None:
    answer = send(cast.client(ann), "/groups/new", **{**FIELDS, "closed_reason": "", "about": "kept words", **change})
    assert answer.status_code == 200
    assert message in answer.text
    assert ("kept words" if "about" not in change else "é" * 100) in answer.text


def test_a_group_like_this_is_shown(cast: Cast, ann: int) -> None:
    cast.group("damp-homes")
    answer = send(cast.client(ann), "/groups/new", **{**FIELDS, "name": "Homes that are damp"}, preview="yes")
    assert 'href="/groups/damp-homes"' in answer.text


def test_visitors_see_no_form_and_are_led_through_sign_in(cast: Cast) -> None:
    cast.group("planning")
    visitor = cast.client()
    page = visitor.get("/groups/planning").text
    assert 'method="post"' not in page
    assert visitor.get("/groups/planning/join").headers["Location"] == "/sign-in?next=/groups/planning/join"


def test_joining_and_leaving_an_open_group(cast: Cast, ann: int) -> None:
    cast.group("planning")
    client = cast.client(ann)
    client.post("/groups/planning/join", data={"csrf_token": token(client)})
    assert "You have joined" in client.get("/groups/planning").text
    assert cast.viewer(ann).group_ids
    send(client, "/groups/planning/leave")
    assert not cast.viewer(ann).group_ids


def test_the_last_one_out_is_warned_and_whoever_joins_next_looks_after_the_group(
    app: Flask, cast: Cast, ann: int
) -> None:
    cast.person("Ada Min", role="administrator", email="ada@harrowdale.example")
    ben = cast.person("Ben Price")
    group = cast.group("planning", facilitators=(ann,))
    client = cast.client(ann)
    page = client.get("/groups/planning/leave").text
    assert "You are the only member" in page
    assert "Whoever joins it next becomes its facilitator" in page
    send(client, "/groups/planning/leave")
    told = [mail for mail in mails(app) if mail.to == "ada@harrowdale.example"]
    assert [mail.subject for mail in told] == ["The group Planning has no facilitator"]
    client = cast.client(ben)
    # The button on its page leads to where that is said first.
    page = client.get("/groups/planning").text
    assert 'action="/groups/planning/join"' not in page
    assert 'href="/groups/planning/join"' in page
    assert "you become its facilitator" in client.get("/groups/planning/join").text
    send(client, "/groups/planning/join")
    assert "are its facilitator now" in client.get("/groups/planning").text
    assert cast.viewer(ben).facilitated_ids == {group}
    client = cast.client(ann)
    assert 'action="/groups/planning/join"' in client.get("/groups/planning").text
    assert "you become its facilitator" not in client.get("/groups/planning/join").text
    send(client, "/groups/planning/join")
    assert not cast.viewer(ann).facilitated_ids


def test_a_closed_group_is_marked_for_its_members_too(cast: Cast, ann: int) -> None:
    cast.group("leads", closed=True, facilitators=(ann,))
    assert "Closed group, 1 member" in cast.client(ann).get("/groups").text
    seen = cast.client(cast.person("Ben Price")).get("/groups").text
    assert "Closed group" in seen
    assert "1 member" not in seen


def test_leaving_a_closed_group_alone_says_that_nobody_can_read_it_then(cast: Cast, ann: int) -> None:
    cast.group("leads", closed=True, facilitators=(ann,))
    assert "nobody can let anybody in" in cast.client(ann).get("/groups/leads/leave").text


def test_nobody_takes_over_ask_anyone_by_joining_it(cast: Cast, ann: int) -> None:
    send(cast.client(ann), "/groups/ask-anyone/join")
    assert cast.viewer(ann).group_ids
    assert not cast.viewer(ann).facilitated_ids


def test_asking_to_join_and_being_answered(cast: Cast, ann: int) -> None:
    ben = cast.person("Ben Price")
    cast.group("reviews", closed=True, facilitators=(ben,))
    asker, keeper = cast.client(ann), cast.client(ben)
    send(asker, "/groups/reviews/join", message="I lead reviews in Tidewell")
    assert "Request sent" in asker.get("/groups/reviews").text
    page = keeper.get("/groups/reviews/members").text
    assert "I lead reviews in Tidewell" in page
    keeper.post(f"/groups/reviews/requests/{ann}", data={"csrf_token": token(keeper), "answer": "accept"})
    assert "Ask this group" in asker.get("/groups/reviews").text


def test_a_former_address_leads_to_the_same_page(cast: Cast, ann: int) -> None:
    cast.group("planning", facilitators=(ann,))
    client = cast.client(ann)
    send(client, "/groups/planning/edit", name="Plans", purpose="p", about="", topics="")
    answer = client.get("/groups/planning/members?page=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/groups/plans/members?page=1")
    assert client.get("/groups/planning/discussions/7-x").headers["Location"] == "/groups/plans/discussions/7-x"


def test_closing_hides_what_is_inside_at_once(cast: Cast, ann: int) -> None:
    cast.group("planning", facilitators=(ann,))
    visitor, keeper = cast.client(), cast.client(ann)
    assert visitor.get("/groups/planning/members").status_code == 200
    send(keeper, "/groups/planning/close", reason="We talk about families")
    refused = visitor.get("/groups/planning/members")
    assert refused.status_code == 403
    assert "You cannot see this yet" in refused.text
    outsider = cast.client(cast.person("Cai Owen")).get("/groups/planning/members")
    assert "You cannot see this yet" in outsider.text
    assert "We talk about families" in visitor.get("/groups/planning").text


@pytest.mark.parametrize("path", ["edit", "close", "members/{ann}"])
def test_pages_of_facilitators_are_refused_to_others(cast: Cast, ann: int, path: str) -> None:
    cast.group("planning", facilitators=(ann,))
    address = f"/groups/planning/{path.format(ann=ann)}"
    refused = cast.client(cast.person("Ben Price")).get(address)
    assert refused.status_code == 403
    assert "You cannot change this" in refused.text
    assert cast.client(ann).get(address).status_code == 200


@pytest.mark.parametrize("path", ["/groups/nowhere", "/groups/nowhere/members", "/groups?page=99", "/groups?page=x"])
def test_what_is_not_there_is_not_found(cast: Cast, path: str) -> None:
    assert cast.client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "most"), [("/groups", 3), ("/groups?tab=a-z", 3), ("/groups/g0", 5), ("/groups/g0/members", 4)]
)
def test_pages_need_few_queries_however_much_there_is(app: Flask, cast: Cast, path: str, most: int) -> None:
    people = tuple(cast.person(f"Person {word}") for word in ("One", "Two", "Three"))
    for number in range(12):
        cast.group(f"g{number}", facilitators=people[:1], members=people[1:])
    visitor = cast.client()
    visitor.get(path)
    with count_queries(app) as queries:
        assert visitor.get(path).status_code == 200
    assert len(queries) <= most, queries.statements


@settings(max_examples=20, phases=NO_SHRINKING)
@given(
    name=st.text(max_size=200),
    purpose=st.text(max_size=320),
    about=st.text(max_size=400),
    topics=st.text(max_size=100),
    openness=st.sampled_from(["open", "closed", "", "x"]),
    reason=st.text(max_size=20),
)
@example(name=" ", purpose="\u200b", about="", topics=",", openness="closed", reason=" ")
def test_no_input_breaks_starting_a_group(
    cast: Cast, name: str, purpose: str, about: str, topics: str, openness: str, reason: str
) -> None:
    client = cast.client(cast.person("Ann Evans"))
    answer = send(
        client,
        "/groups/new",
        name=name,
        purpose=purpose,
        about=about,
        topics=topics,
        openness=openness,
        closed_reason=reason,
    )
    unreadable = any("\0" in text for text in (name, purpose, about, topics, reason))
    assert answer.status_code in ((400,) if unreadable else (200, 303))
    if answer.status_code == 303:
        assert client.get(answer.headers["Location"]).status_code == 200
