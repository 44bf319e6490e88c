"""Asking to join a closed group: facilitators hear of it, and whoever asked hears the answer and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.accounts.models import Account
from network.core import clock
from network.core.db import db
from network.core.mail.kept import KeptMail
from network.core.mail.message import CONSUMER
from network.core.outbox import OutboxRow
from network.core.transaction import transaction
from network.groups import actions
from network.groups.models import AskedToJoin, Membership
from tests.network.discussions.talk import send, token
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import filled, find_form

ASK, LEAVE = "/groups/reviews/join", "/groups/reviews/leave"
BEN, CAI, ANN = (f"{name}@harrowdale.example" for name in ("ben.price", "cai.owen", "ann.evans"))
REASON = "It is for leads of reviews. <b>Join</b> the open group"


@pytest.fixture
def people(cast: Cast) -> dict[str, int]:
    """Ann asks; Ben and Cai facilitate; Dee is a member."""
    found = {name.split()[0]: cast.person(name) for name in ("Ann Evans", "Ben Price", "Cai Owen", "Dee Kaur")}
    cast.group("reviews", closed=True, facilitators=(found["Ben"], found["Cai"]), members=(found["Dee"],))
    return found


def told(app: Flask) -> list[tuple[str, str]]:
    return [(mail.to, mail.subject) for mail in mails(app)]


def words(mail: KeptMail) -> str:
    return "".join(piece for piece, _ in mail.parts)


def queued(app: Flask) -> list[str]:
    """The HTML of the mails that wait to be sent."""
    with app.app_context():
        rows = db.session.scalars(
            select(OutboxRow.payload).where(OutboxRow.consumer == CONSUMER).order_by(OutboxRow.id)
        )
        return [payload["html"] for payload in rows]


def decline(client: Any, person_id: int, reason: str = REASON) -> Any:
    return send(client, f"/groups/reviews/requests/{person_id}/decline", reason=reason)


def test_every_facilitator_hears_of_a_request_and_nobody_else(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    send(cast.client(people["Ann"]), ASK, message="I lead reviews <i>here</i>")
    assert "I lead reviews &lt;i&gt;here&lt;/i&gt;" in queued(app)[0]
    assert told(app) == [(BEN, "Ann Evans asks to join Reviews"), (CAI, "Ann Evans asks to join Reviews")]
    first = mails(app)[0]
    assert "closed group “Reviews”.\n\n“I lead reviews <i>here</i>”\n\nAccept or decline:" in words(first)
    assert "/groups/reviews/members" in words(first)


def test_a_suspended_facilitator_is_not_written_to(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    with app.app_context(), transaction():
        db.session.execute(update(Account).where(Account.email == BEN).values(active=False))
    send(cast.client(people["Ann"]), ASK, message="")
    assert [to for to, _ in told(app)] == [CAI]


def test_taking_back_and_asking_again_sends_one_mail_a_day(
    app: Flask, cast: Cast, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = cast.client(people["Ann"])
    for _ in range(3):
        send(client, ASK, message="")
        send(client, ASK, message="")
        send(client, LEAVE)
    assert len(told(app)) == 2
    later = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr("network.groups.actions.requests.now", lambda: later)
    send(client, ASK, message="")
    assert len(told(app)) == 4


def test_who_is_accepted_hears_of_it(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    send(cast.client(people["Ann"]), ASK, message="")
    keeper = cast.client(people["Ben"])
    address = f"/groups/reviews/requests/{people['Ann']}"
    for said in ("Ann Evans is a member now", "This request was answered already"):
        keeper.post(address, data={"csrf_token": token(keeper), "answer": "accept"})
        assert said in keeper.get("/groups/reviews/members").text
    assert told(app)[2:] == [(ANN, "You are a member of Reviews now")]


def test_declining_needs_a_reason(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    send(cast.client(people["Ann"]), ASK, message="May I?")
    keeper = cast.client(people["Ben"])
    address = f"/groups/reviews/requests/{people['Ann']}"
    old_page = keeper.post(address, data={"csrf_token": token(keeper), "answer": "decline"})
    assert old_page.headers["Location"] == f"{address}/decline"
    page = keeper.get(f"{address}/decline").text
    assert "Decline the request of Ann Evans?" in page
    assert "May I?" in page
    for reason, message in ((" ", "Say why you decline"), ("x" * 301, "Reason must be 300 characters or fewer")):
        assert message in decline(keeper, people["Ann"], reason).text
    assert len(told(app)) == 2
    assert "Request sent" in cast.client(people["Ann"]).get("/groups/reviews").text


def test_who_is_declined_reads_why_and_can_ask_again(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    asker, keeper = cast.client(people["Ann"]), cast.client(people["Ben"])
    send(asker, ASK, message="")
    assert decline(keeper, people["Ann"]).headers["Location"] == "/groups/reviews/members"
    assert "for leads of reviews. &lt;b&gt;Join&lt;/b&gt;" in queued(app)[-1]
    assert told(app)[2:] == [(ANN, "Your request to join Reviews was declined")]
    mail = mails(app)[-1]
    assert REASON in words(mail)
    page = asker.get("/groups/reviews").text
    assert "Your request was declined on" in page
    assert "It is for leads of reviews. &lt;b&gt;Join&lt;/b&gt;" in page
    assert "Ask to join" in page
    for other in (None, cast.person("Eve Hall"), people["Ben"]):
        assert "It is for leads of reviews" not in cast.client(other).get("/groups/reviews").text
    send(asker, ASK, message="")
    page = asker.get("/groups/reviews").text
    assert "Request sent" in page
    assert "declined" not in page


def test_mails_hold_nothing_of_what_is_inside(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    send(cast.client(people["Ann"]), ASK, message="")
    decline(cast.client(people["Ben"]), people["Ann"])
    for text in (*queued(app), *(words(mail) for mail in mails(app))):
        assert "Dee Kaur" not in text
        assert "3 members" not in text


def test_only_facilitators_decline(cast: Cast, people: dict[str, int]) -> None:
    send(cast.client(people["Ann"]), ASK, message="")
    address = f"/groups/reviews/requests/{people['Ann']}/decline"
    for other in (people["Ann"], people["Dee"], cast.person("Ada Min", role="administrator")):
        assert cast.client(other).get(address).status_code == 403
    gone = cast.client(people["Ben"]).get(address.replace(str(people["Ann"]), "999"))
    assert gone.headers["Location"] == "/groups/reviews/members"


@pytest.mark.parametrize("standing", ["accepted", "member"])
def test_a_request_that_is_gone_is_not_declined(app: Flask, cast: Cast, people: dict[str, int], standing: str) -> None:
    group = next(iter(cast.viewer(people["Ben"]).facilitated_ids))
    who = people["Dee"]
    if standing == "accepted":
        who = people["Ann"]
        send(cast.client(who), ASK, message="")
        with app.app_context(), transaction():
            assert actions.accept_request(group_id=group, viewer=cast.viewer(people["Ben"]), person_id=who)
    with app.app_context(), transaction():
        viewer = cast.viewer(people["Cai"])
        assert not actions.decline_request(group_id=group, viewer=viewer, person_id=who, reason="No")
        assert db.session.get_one(Membership, (group, who)).role == "member"
        assert not db.session.scalars(select(AskedToJoin)).all()


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_of_a_request_that_is_gone_nothing_is_said_to_be_done(cast: Cast, people: dict[str, int], answer: str) -> None:
    client, address = cast.client(people["Ben"]), f"/groups/reviews/requests/{people['Ann']}"
    client.post(address, data={"csrf_token": token(client), "answer": answer})
    if answer == "decline":
        client.get(f"{address}/decline")
    page = client.get("/groups/reviews/members").text
    assert "This request was answered already, or taken back" in page
    assert 'id="banner-title">Important</h2>' in page
    send(cast.client(people["Ann"]), ASK, message="")
    client.post(address, data={"csrf_token": token(client), "answer": "accept"})
    assert 'id="banner-title">Done</h2>' in client.get("/groups/reviews/members").text


def test_who_asked_already_sees_their_message_and_changes_it_or_takes_it_back(
    app: Flask, cast: Cast, people: dict[str, int]
) -> None:
    client = cast.client(people["Ann"])
    assert "already" not in client.get(ASK).text
    send(client, ASK, message="I lead <reviews>")
    with app.app_context():
        since = db.session.scalars(select(Membership.since).where(Membership.role == "requested")).one()
    assert f'href="{ASK}"' in client.get("/groups/reviews").text
    page = client.get(ASK).text
    assert "You have asked to join Reviews already" in page
    assert filled(find_form(page))["message"] == ["I lead <reviews>"]
    assert f'href="{LEAVE}"' in page
    send(client, ASK, message="I lead reviews in Tidewell")
    assert "Your message to the facilitators is changed" in client.get("/groups/reviews").text
    page = cast.client(people["Ben"]).get("/groups/reviews/members").text
    assert "I lead reviews in Tidewell" in page
    assert "&lt;reviews&gt;" not in page
    with app.app_context():
        assert db.session.scalars(select(Membership.since).where(Membership.role == "requested")).one() == since


def test_the_tab_and_the_head_say_what_they_do(cast: Cast, people: dict[str, int]) -> None:
    asker, keeper = cast.client(people["Ann"]), cast.client(people["Ben"])
    send(asker, ASK, message="")
    head = keeper.get("/groups/reviews").text
    assert 'Members <span class="cp-tabs__count">3, 1 waiting</span>' in head
    assert ">Leave<" in head.replace("<span", "<")
    assert ">Take it back<" in asker.get("/groups/reviews").text
    assert "waiting" not in cast.client(people["Dee"]).get("/groups/reviews").text
