"""Addresses that open something without signing in end with the password and with the email address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.saved.feeds import feed_address
from network.discovery.saved.models import SavedSearch
from network.discovery.saved.queries import searches
from network.feeds.keys import draw
from network.feeds.models import FeedKey
from tests.support.cast import PASSWORD, Cast
from tests.support.mails import link_in, mails
from tests.support.sending import send

OLD, NEW = "priya.raman@harrowdale.example", "priya@northmere.example"
NEW_PASSWORD = "seven quiet harbours"
TOLD = "have new addresses"


def password(app: Flask, cast: Cast) -> str:
    """Change it in the settings; gives the page that follows."""
    client = cast.client(cast.person())
    send(client, "/settings/password", current=PASSWORD, password=NEW_PASSWORD)
    return str(client.get("/settings").get_data(as_text=True))


def recovery(app: Flask, cast: Cast) -> str:
    """Set another one by mail."""
    client = cast.client()
    send(client, "/recover", email=OLD)
    send(client, link_in(mails(app)[-1]), password=NEW_PASSWORD)
    return str(client.get("/sign-in").get_data(as_text=True))


def address(app: Flask, cast: Cast) -> str:
    """Change the address."""
    client = cast.client(cast.person())
    send(client, "/settings/email", email=NEW, current=PASSWORD)
    send(client, link_in(mails(app)[-1]))
    return str(client.get("/settings").get_data(as_text=True))


CHANGES = (password, recovery, address)


@pytest.mark.parametrize("change", CHANGES)
def test_what_opens_feeds_ends_and_its_owner_is_told(
    app: Flask, cast: Cast, change: Callable[[Flask, Cast], str]
) -> None:
    people = [cast.person(), cast.person("Owen Pritchard")]
    for person in people:
        client = cast.client(person)
        send(client, "/saved/searches/new?q=damp", name="Damp")
        with app.app_context():
            viewer = cast.viewer(person)
            with transaction():
                draw(viewer)
    while drain(app):  # A feed whose index is behind says so, instead of being empty.
        pass
    before = opens(app, cast, people)
    assert [status for status, _ in before.values()] == [200] * 4
    told = change(app, cast)
    assert {who: status for who, (status, _) in opens(app, cast, people, before).items()} == {
        (people[0], "feed"): 404,
        (people[0], "key"): 404,
        (people[1], "feed"): 200,
        (people[1], "key"): 200,
    }
    assert TOLD in told
    if change is not address:  # That mail goes to an address which may be somebody else's by now.
        assert TOLD in str(mails(app)[-1].parts)


@pytest.mark.parametrize("change", CHANGES)
def test_who_has_no_feeds_hears_nothing_of_them(app: Flask, cast: Cast, change: Callable[[Flask, Cast], str]) -> None:
    cast.person()
    assert TOLD not in change(app, cast)
    assert TOLD not in str(mails(app)[-1].parts)


Opened = dict[tuple[int, str], tuple[int, str]]


def opens(app: Flask, cast: Cast, people: list[int], before: Opened | None = None) -> Opened:
    """What visitors get at everybody's addresses, those of `before` or else of now: the status, and the address."""
    found: Opened = {}
    for person in people:
        with app.app_context(), app.test_request_context():
            saved = searches(SavedSearch.person_id == person)[0]
            key = db.session.scalars(select(FeedKey.secret).where(FeedKey.person_id == person)).one()
            places = {"feed": feed_address(saved, "atom"), "key": f"/library/feed.atom?key={key}"}
        for kind, place in places.items():
            asked = before[person, kind][1] if before else place.removeprefix("http://localhost")
            app.config["OPEN_READING"] = kind == "feed"
            found[person, kind] = (cast.client().get(asked).status_code, asked)
    app.config["OPEN_READING"] = True
    return found
