"""From the board to a guide: a draft, told once to whoever may read it, and back on the board when it is not it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, update

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.discovery.saved.actions import remember
from network.discovery.wanted.models import WantedGuide
from network.discovery.wanted.notices import follow
from network.groups.models import Membership
from network.library.actions.drafting import discard_draft
from network.library.actions.ending import withdraw
from network.library.models import Guide
from network.people.models import Person
from tests.network.discovery.saved.conftest import Keeper
from tests.network.discovery.wanted.conftest import Board
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import send, token

TITLE = "Damp and mould letter"


@pytest.fixture
def priya(cast: Cast) -> int:
    """Who wants it."""
    return cast.person("Priya Raman")


@pytest.fixture
def owen(cast: Cast) -> int:
    """Who writes it."""
    return cast.person("Owen Pritchard")


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def told(app: Flask) -> list[str]:
    return sorted(mail.to for mail in mails(app))


def test_i_can_write_this_starts_one_draft_with_the_title(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    entry = on_board.ask(priya)
    client = cast.client(owen)
    sent = send(client, f"/wanted/{entry}", action=f"/wanted/{entry}/write")
    assert re.fullmatch(r"/drafts/\d+", sent.location)
    assert f'value="{TITLE}"' in text(client.get(sent.location))
    again = send(client, f"/wanted/{entry}", action=f"/wanted/{entry}/write")
    assert again.location == sent.location
    page = text(cast.client().get(f"/wanted/{entry}"))
    assert "Somebody is writing this" in page
    assert "Owen" not in page, "a draft is its writer's"
    assert told(on_board.app) == []
    other = send(cast.client(priya), f"/wanted/{entry}", action=f"/wanted/{entry}/write")
    assert other.location != sent.location, "several may write"


def test_a_draft_that_was_thrown_away_is_no_longer_being_written(
    on_board: Board, cast: Cast, priya: int, owen: int
) -> None:
    entry = on_board.ask(priya)
    draft = on_board.begin(owen, entry)
    viewer = cast.viewer(owen)
    with on_board.app.app_context(), transaction():
        discard_draft(viewer=viewer, guide_id=draft)
    assert "Somebody is writing this" not in text(cast.client().get(f"/wanted/{entry}"))


def test_everybody_who_wanted_it_is_told_once(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    entry = on_board.ask(priya)
    on_board.join(entry, owen, cast.person("Hannah Whitlock"))
    gone = cast.person("Gone Person")
    on_board.join(entry, gone)
    guide = on_board.begin(owen, entry)
    with on_board.app.app_context(), transaction():
        account = db.session.get_one(Person, gone).account_id
        db.session.execute(update(Account).where(Account.id == account).values(active=False))
    on_board.publish(owen, guide)
    wanted_it = ["hannah.whitlock@harrowdale.example", "priya.raman@harrowdale.example"]
    assert told(on_board.app) == wanted_it, "not the writer, not the deactivated"
    assert mails(on_board.app)[0].subject == f"Somebody has written “{TITLE}”"
    with on_board.app.app_context():
        follow([Message(1, "guide.published", {"subject": "guide", "id": guide}, now(), 2)])
    assert told(on_board.app) == wanted_it
    board = text(cast.client().get("/wanted"))
    assert TITLE not in board
    assert TITLE in text(cast.client().get("/wanted?show=written"))
    assert 'href="/library/damp-and-mould-letter"' in text(cast.client().get(f"/wanted/{entry}"))


@pytest.mark.parametrize("words", ["damp mould letter", "snow"])
def test_the_board_and_a_saved_search_do_not_tell_of_one_guide_twice(
    on_board: Board, keeper: Keeper, priya: int, owen: int, words: str
) -> None:
    entry = on_board.ask(priya)
    guide = on_board.begin(owen, entry)
    keeper.save(priya, words)
    on_board.publish(owen, guide)
    assert told(on_board.app) == ["priya.raman@harrowdale.example"]


def test_the_board_does_not_tell_what_a_saved_search_told(
    on_board: Board, keeper: Keeper, priya: int, owen: int
) -> None:
    entry = on_board.ask(priya)
    guide = on_board.begin(owen, entry)
    saved = keeper.save(priya, "damp mould letter")
    with on_board.app.app_context(), transaction():
        remember(saved, [f"guide:{guide}"])
    on_board.publish(owen, guide)
    assert told(on_board.app) == []


def test_a_guide_in_a_closed_group_is_told_to_its_members_only(
    on_board: Board, cast: Cast, priya: int, owen: int
) -> None:
    entry = on_board.ask(priya)
    member = cast.person("Member Person")
    moderator = cast.person("Moderator Person", role="moderator")
    on_board.join(entry, member, moderator)
    closed = cast.group("cases", closed=True, facilitators=(owen,), members=(member,))
    guide = on_board.begin(owen, entry)
    with on_board.app.app_context(), transaction():
        row = db.session.get_one(Guide, guide)
        row.group_id, row.title = closed, "Zebrafinch letter"
    on_board.publish(owen, guide)
    assert told(on_board.app) == ["member.person@harrowdale.example"]
    for person in (None, priya, moderator):
        client = cast.client(person)
        for address in ("/wanted", "/wanted?show=written", f"/wanted/{entry}", "/"):
            assert "Zebrafinch" not in text(client.get(address)), (person, address)
        assert TITLE in text(client.get("/wanted")), "still open to those who cannot read it"
        assert TITLE not in text(client.get("/wanted?show=written"))
    inside = cast.client(member)
    assert "Zebrafinch letter" in text(inside.get(f"/wanted/{entry}"))
    with on_board.app.app_context(), transaction():
        db.session.execute(delete(Membership).where(Membership.person_id == member))
    assert "Zebrafinch" not in text(inside.get(f"/wanted/{entry}"))
    refused = inside.post(f"/wanted/{entry}/not-it", data={"csrf_token": token(inside, "/wanted"), "guide": str(guide)})
    assert refused.status_code == 403, "what they cannot read they cannot refuse"


def test_who_wanted_it_can_say_that_this_is_not_it(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    entry = on_board.ask(priya)
    guide = on_board.begin(owen, entry)
    on_board.publish(owen, guide)
    stranger = cast.client(cast.person("Hannah Whitlock"))
    fields = {"csrf_token": token(stranger, "/wanted"), "guide": str(guide)}
    assert stranger.post(f"/wanted/{entry}/not-it", data=fields).status_code == 403
    assert "This is not what I wanted" not in text(stranger.get(f"/wanted/{entry}"))
    send(cast.client(priya), f"/wanted/{entry}", action=f"/wanted/{entry}/not-it")
    assert stranger.post(f"/wanted/{entry}/it-is", data=fields).status_code == 403
    send(cast.client(priya), f"/wanted/{entry}", action=f"/wanted/{entry}/it-is")
    assert TITLE not in text(cast.client().get("/wanted")), "taken back"
    send(cast.client(priya), f"/wanted/{entry}", action=f"/wanted/{entry}/not-it")
    assert TITLE in text(cast.client().get("/wanted"))
    second = on_board.begin(owen, entry)
    assert second != guide
    on_board.publish(owen, second)
    assert told(on_board.app) == ["priya.raman@harrowdale.example"] * 2, "another guide is told as well, once"


@pytest.mark.parametrize("guide", ["", "x", "0", "99999999999", "٣"])
def test_an_odd_guide_is_refused_and_changes_nothing(on_board: Board, cast: Cast, priya: int, guide: str) -> None:
    entry = on_board.ask(priya)
    client = cast.client(priya)
    fields = {"csrf_token": token(client, "/wanted"), "guide": guide}
    assert client.post(f"/wanted/{entry}/not-it", data=fields).status_code == 403


def test_a_withdrawn_guide_opens_the_entry_again(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    entry = on_board.ask(priya)
    guide = on_board.begin(owen, entry)
    on_board.publish(owen, guide)
    viewer = cast.viewer(owen)
    with on_board.app.app_context(), transaction():
        withdraw(viewer=viewer, guide_id=guide, reason="Wrong")
    assert TITLE in text(cast.client().get("/wanted"))
    assert 'href="/library/' not in text(cast.client().get(f"/wanted/{entry}")).split("<main")[1].split("</main")[0]


def test_nobody_is_told_through_an_entry_that_was_hidden(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    entry = on_board.ask(priya)
    guide = on_board.begin(owen, entry)
    moderator = cast.client(cast.person("Fatima Siddiqui", role="moderator"))
    send(moderator, f"/wanted/{entry}/hide", reason="It names somebody")
    on_board.publish(owen, guide)
    assert told(on_board.app) == []


def test_merging_takes_the_drafts_along(on_board: Board, cast: Cast, priya: int, owen: int) -> None:
    first, second = on_board.ask(priya), on_board.ask(owen, "Letter about mould")
    guide = on_board.begin(owen, second)
    moderator = cast.client(cast.person("Fatima Siddiqui", role="moderator"))
    send(moderator, f"/wanted/{second}/merge", into=str(first))
    with on_board.app.app_context():
        assert db.session.get(WantedGuide, (first, guide)) is not None
    on_board.publish(owen, guide)
    assert told(on_board.app) == ["priya.raman@harrowdale.example"]
