"""Results that moderators put on top or leave out of a search: for whom, how long, and never more than one may read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from network.audit.models import AuditEntry
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.discovery.finding import Answer, find
from network.discovery.pins import actions
from network.discovery.pins.addresses import found_at
from network.discovery.pins.queries import decided
from network.groups.viewers import viewer_of
from network.subjects.rules import NotAllowed
from network.subjects.viewer import VISITOR, Viewer
from tests.network.discussions.talk import hidden, send, token
from tests.support.canaries import OPEN, SECRET, Canaries
from tests.support.queries import count_queries

ROLES = ("visitor", "outsider", "member", "moderator", "administrator")
DECIDERS = {"moderator", "administrator"}
PLACE = "/admin/searches/pins"


def who(canaries: Canaries, role: str) -> Viewer:
    person = canaries.roles[role]
    return viewer_of(person) if person else VISITOR


def decide(canaries: Canaries, address: str, kind: str = "first", phrase: str = "asking", **more: Any) -> int:
    """A decision of the moderator about what stands at an address, read with the eyes of whoever may."""
    key = next(found[0] for role in ("moderator", "member") if (found := found_at(address, who(canaries, role))))
    with transaction():
        return actions.decide(
            viewer=who(canaries, "moderator"),
            phrase=phrase,
            key=key,
            kind=kind,
            reason=more.pop("reason", "The one most people need"),
            ends_at=more.pop("ends_at", now() + timedelta(days=90)),
        ).id


def titles(answer: Answer) -> list[str]:
    return [hit.card.title for hit in answer.found]


GUIDE = f"/library/working-with-{OPEN}"


def test_a_pinned_result_comes_first_and_says_why(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert f"Working with {OPEN}" not in titles(find(VISITOR, "asking"))
        decide(canaries, GUIDE)
        answer = find(VISITOR, "ASKING ")
        assert titles(answer)[0] == f"Working with {OPEN}"
        assert [hit.pinned for hit in answer.found][:2] == ["The one most people need", ""]
        assert not any(hit.pinned for hit in find(VISITOR, f"asking {OPEN}").found), "only the whole search counts"
    page = canaries.client("visitor").get("/search?q=asking").text
    assert "Put on top by the moderators: The one most people need" in page
    assert PLACE not in page


def test_a_result_that_is_left_out_is_said_to_be(canaries: Canaries) -> None:
    with canaries.app.app_context():
        decide(canaries, GUIDE, "without", phrase="Working", reason="Older than the law")
        answer = find(VISITOR, "working")
        assert f"Working with {OPEN}" not in titles(answer)
        assert [(card.title, reason) for card, reason in answer.left_out] == [
            (f"Working with {OPEN}", "Older than the law")
        ]
    page = canaries.client("visitor").get("/search?q=working").text
    assert "Left out of this search by the moderators" in page
    assert "Older than the law" in page


@pytest.mark.parametrize("kind", ["first", "without"])
@pytest.mark.parametrize("role", ["visitor", "outsider", "requested", "author", "moderator", "administrator"])
def test_nobody_sees_by_a_decision_what_they_may_not_read(canaries: Canaries, role: str, kind: str) -> None:
    app = canaries.app
    with app.app_context():
        before = find(who(canaries, role), "working")
        decide(canaries, canaries.guide, kind, phrase="working", reason="Because of the inquiry")
        answer = find(who(canaries, role), "working")
        assert titles(answer) == titles(before)
        assert (answer.total, answer.tabs, answer.failed) == (before.total, before.tabs, before.failed)
        assert answer.facets == before.facets
    page = canaries.client(role).get("/search?q=working").text
    for words in (SECRET, "Because of the inquiry", "by the moderators"):
        assert words not in page, (role, words)
    if role in DECIDERS:
        for address in (PLACE, PLACE + ".csv"):
            page = canaries.client(role).get(address).text
            assert SECRET not in page
            assert "Because of the inquiry" not in page
            assert "Something that you may not read" in page


def test_those_who_may_read_it_see_it_on_top(canaries: Canaries) -> None:
    with canaries.app.app_context():
        decide(canaries, canaries.guide, phrase="asking")
        assert titles(find(who(canaries, "member"), "asking"))[0] == f"Working with {SECRET}"


def test_a_decision_ends_with_its_last_day(canaries: Canaries) -> None:
    with canaries.app.app_context():
        decide(canaries, GUIDE, ends_at=now() + timedelta(days=3))
        assert decided("asking").first
        with time_machine.travel(now() + timedelta(days=2, hours=23), tick=True):
            assert decided("asking").first
        with time_machine.travel(now() + timedelta(days=3, minutes=1), tick=True):
            assert decided("asking") == ((), frozenset(), {})


def test_ending_early_holds_at_once(canaries: Canaries) -> None:
    with canaries.app.app_context():
        pin = decide(canaries, GUIDE)
        assert decided("asking").first
        with transaction():
            assert actions.end(viewer=who(canaries, "moderator"), pin_id=pin)
        assert not decided("asking").first
        with transaction():
            assert not actions.end(viewer=who(canaries, "moderator"), pin_id=pin)


def test_pinned_results_stand_in_order_and_can_be_moved(canaries: Canaries) -> None:
    with canaries.app.app_context():
        first, second = decide(canaries, GUIDE), decide(canaries, "/groups/open-cases")
        assert decided("asking").first[0].startswith("guide:")
        with transaction():
            assert actions.move_up(viewer=who(canaries, "moderator"), pin_id=second)
            assert not actions.move_up(viewer=who(canaries, "moderator"), pin_id=second)
        assert [key.split(":")[0] for key in decided("asking").first] == ["group", "guide"]
        assert first != second


def test_one_result_is_decided_about_once_a_search_and_not_without_end(canaries: Canaries) -> None:
    with canaries.app.app_context():
        decide(canaries, GUIDE)
        with pytest.raises(actions.DecidedAlready):
            decide(canaries, GUIDE, "without")
        for number in range(4):
            with transaction():
                actions.decide(
                    viewer=who(canaries, "moderator"),
                    phrase="asking",
                    key=f"guide:{1000 + number}",
                    kind="first",
                    reason="r",
                    ends_at=now() + timedelta(days=1),
                )
        with pytest.raises(actions.TooMany):
            decide(canaries, "/groups/open-cases")


@pytest.mark.parametrize("role", ["visitor", "outsider", "member", "facilitator"])
def test_others_may_not_decide(canaries: Canaries, role: str) -> None:
    with canaries.app.app_context(), transaction():
        viewer = who(canaries, role)
        with pytest.raises(NotAllowed):
            actions.decide(viewer=viewer, phrase="x", key="guide:1", kind="first", reason="r", ends_at=now())
        with pytest.raises(NotAllowed):
            actions.end(viewer=viewer, pin_id=1)
        with pytest.raises(NotAllowed):
            actions.move_up(viewer=viewer, pin_id=1)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_open_the_pages(canaries: Canaries, role: str) -> None:
    with canaries.app.app_context():
        pin = decide(canaries, GUIDE)
    client = canaries.client(role)
    wanted = 200 if role in DECIDERS else 303 if role == "visitor" else 403
    for path in ("", ".csv", "/new", f"/{pin}/end"):
        assert client.get(PLACE + path).status_code == wanted, (role, path)
    if role in ("outsider", "member"):
        for path in ("/new", f"/{pin}/end", f"/{pin}/up"):
            assert client.post(PLACE + path, data={"csrf_token": token(client)}).status_code == 403
    assert ("Pin or leave out" in client.get("/search?q=working").text) == (role in DECIDERS)
    assert (f'href="{PLACE.removesuffix("/searches/pins")}"' in client.get("/").text) == (role in DECIDERS)


def fields(**change: str) -> dict[str, str]:
    usual = {"phrase": "Asking", "address": GUIDE, "kind": "first", "reason": "It answers most of them"}
    return {**usual, "until": (now() + timedelta(days=30)).date().isoformat(), **change}


def test_from_the_result_to_the_pin_and_back(canaries: Canaries) -> None:
    client = canaries.client("moderator")
    page = client.get("/search?q=asking").text
    thread = f"/groups/open-cases/discussions/1-asking-about-{OPEN}"
    assert f'href="{PLACE}/new?text=asking&amp;address={thread}"' in page
    form = client.get(f"{PLACE}/new?text=asking&address={GUIDE}").text
    assert 'value="asking"' in form
    assert f'value="{GUIDE}"' in form
    assert (now() + timedelta(days=91)).date().isoformat() in form
    assert send(client, f"{PLACE}/new", **fields(address="http://localhost" + GUIDE + "?x#how")).status_code == 303
    listed = client.get(PLACE).text
    for words in ("Asking", f"Working with {OPEN}", "It answers most of them", "Decided by Moderator Person"):
        assert words in listed
    with canaries.app.app_context():
        pin = db.session.scalars(select(AuditEntry.subject_id).where(AuditEntry.act == "search.pin")).one()
    assert "End this decision?" in client.get(f"{PLACE}/{pin}/end").text
    send(client, f"{PLACE}/{pin}/end")
    assert "Ended early by Moderator Person" in client.get(PLACE).text
    assert client.get(f"{PLACE}/{pin}/end").status_code == 404
    with canaries.app.app_context():
        acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.subject == "search_pin")).all()
        assert acts == ["search.pin", "search.pin_end"]


def test_sent_twice_it_is_one_decision(canaries: Canaries) -> None:
    client = canaries.client("moderator")
    form = {**hidden(client, f"{PLACE}/new"), **fields()}
    assert {client.post(f"{PLACE}/new", data=form).status_code for _ in range(3)} == {303}
    with canaries.app.app_context():
        assert len(decided("asking").first) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"phrase": "…"}, "Enter the search, with letters or digits in it"),
        ({"phrase": "x" * 101}, "Search must be 100 characters or fewer"),
        ({"phrase": "ﷺ " * 50}, "Enter a search with fewer joined letters"),
        ({"address": ""}, "Enter the address of something on this site"),
        ({"address": "https://elsewhere.example/library/a"}, "Enter the address of something on this site"),
        ({"address": "/library/no-such-guide"}, "Enter the address of something on this site"),
        ({"address": f"/library/working-with-{SECRET}"}, "Enter the address of something on this site"),
        ({"address": "/groups/serious-cases/discussions/1"}, "Enter the address of something on this site"),
        ({"kind": "both"}, "There is a problem"),
        ({"reason": " "}, "Enter a reason"),
        ({"reason": "x" * 301}, "Reason must be 300 characters or fewer"),
        ({"until": ""}, "Enter the last day in the correct format, like 2027-02-25"),
        ({"until": "soon"}, "Enter the last day in the correct format, like 2027-02-25"),
        ({"until": "2020-01-01"}, "Last day must be today or later"),
        ({"until": "2999-01-01"}, "Last day must be within a year from today"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    canaries: Canaries, change: dict[str, str], message: str
) -> None:
    answer = send(canaries.client("moderator"), f"{PLACE}/new", **fields(**change))
    assert answer.status_code == 200
    assert answer.text.count(message) >= 1
    assert "It answers most of them" in answer.text or "reason" in change


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        (GUIDE, "guide"),
        (f"http://localhost{GUIDE}/", "guide"),
        ("/groups/open-cases", "group"),
        ("/groups/open-cases/discussions/1-anything", "discussion"),
        ("/groups/serious-cases", "group"),
        ("/people/author-person", "person"),
    ],
)
def test_addresses_of_all_kinds_are_understood(canaries: Canaries, address: str, subject: str) -> None:
    with canaries.app.app_context():
        found = found_at(address, VISITOR)
        assert found
        assert found[0].startswith(subject + ":")


def test_decisions_cost_the_search_page_no_query(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    client.get("/search?q=working")
    with count_queries(canaries.app) as plain:
        client.get("/search?q=working")
    with canaries.app.app_context():
        decide(canaries, GUIDE, "without", phrase="working")
    client.get("/search?q=working")
    with count_queries(canaries.app) as queries:
        client.get("/search?q=working")
    assert len(queries) <= len(plain) + 2, queries.statements
