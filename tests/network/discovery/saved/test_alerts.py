"""Alerts: what is new is told once, to whoever may read it now; never empty, never twice, never to the deactivated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, update

from network.accounts.models import Account
from network.core import outbox
from network.core.clock import now
from network.core.db import db
from network.core.outbox import Message, OutboxRow
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.saved import alerts
from network.discovery.saved.actions import forget, next_morning, remember
from network.discovery.saved.alerts import CONSUMER, follow
from network.discovery.saved.models import SavedSearch
from network.discovery.saved.news import news
from network.discovery.saved.queries import Saved, my_search
from network.groups.models import Membership
from network.library.actions.editing import edit
from network.library.actions.ending import withdraw
from network.people.models import Person
from network.subjects.viewer import Viewer
from search.contract import EngineError
from tests.network.discovery.saved.conftest import Keeper
from tests.network.library.shelf import content
from tests.support.cast import Cast

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def priya(cast: Cast) -> int:
    """Who saves searches."""
    return cast.person("Priya Raman")


@pytest.fixture
def owen(cast: Cast) -> int:
    """Who writes."""
    return cast.person("Owen Pritchard")


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_at_once_means_one_mail_however_often_the_worker_runs(keeper: Keeper, priya: int, owen: int) -> None:
    keeper.save(priya, "damp letter")
    guide = keeper.shelf.guide(owen, "Letter about damp & mould")
    mails = keeper.mails()
    assert [str(mail["Subject"]) for mail in mails] == ["New for “damp letter”"]
    assert str(mails[0]["To"]) == "priya.raman@harrowdale.example"
    text = text_of(mails[0])
    assert "Letter about damp & mould" in text
    assert f"http://localhost/library/{guide.slug}" in text
    html = mails[0].get_body(("html",))
    assert html is not None
    assert "Letter about damp &amp; mould" in html.get_content()
    with keeper.app.app_context():
        follow([Message(1, "guide.published", {"subject": "guide", "id": guide.id}, now(), 2)])
    assert len(keeper.mails()) == 1, "the same event again tells nothing"


def test_what_holds_only_some_of_the_words_is_no_news(keeper: Keeper, priya: int, owen: int) -> None:
    keeper.save(priya, "damp letter")
    keeper.shelf.guide(owen, "Letter about something else")
    assert keeper.mails() == []


def test_what_was_there_when_it_was_saved_is_no_news_even_when_it_is_edited(
    keeper: Keeper, priya: int, owen: int
) -> None:
    guide = keeper.shelf.guide(owen, "Damp in flats")
    keeper.save(priya, "damp")
    viewer = keeper.cast.viewer(owen)
    with keeper.app.app_context():
        words = content("Damp in flats", summary="Said better")
        with transaction():
            edit(viewer=viewer, guide_id=guide.id, content=words, base_version=1)
    assert keeper.mails() == []


def test_a_guide_that_comes_to_hold_the_words_is_news_once(keeper: Keeper, priya: int, owen: int) -> None:
    guide = keeper.shelf.guide(owen, "Flats")
    keeper.save(priya, "damp")
    viewer = keeper.cast.viewer(owen)
    for version, title in ((1, "Damp flats"), (2, "Damp flats again")):
        with keeper.app.app_context():
            words = content(title)
            with transaction():
                edit(viewer=viewer, guide_id=guide.id, content=words, base_version=version)
        assert len(keeper.mails()) == 1


def test_filters_and_tab_count(keeper: Keeper, priya: int, owen: int) -> None:
    topic = keeper.cast.topic("housing")
    keeper.save(priya, "damp", filters={"topic": ("housing",)}, subject="guide")
    keeper.shelf.guide(owen, "Damp elsewhere")
    assert keeper.mails() == []
    keeper.shelf.guide(owen, "Damp at home", topic_ids=(topic,))
    assert len(keeper.mails()) == 1


def test_daily_and_weekly_ones_of_a_person_come_in_one_mail_on_monday(keeper: Keeper, priya: int, owen: int) -> None:
    with time_machine.travel(MONDAY - timedelta(days=3), tick=True):  # A Friday.
        for text, often in (("damp", "weekly"), ("mould", "daily"), ("rats", "weekly")):
            keeper.save(priya, text, often)
        keeper.shelf.guide(owen, "Damp and mould")
        keeper.morning()
        assert keeper.mails() == [], "nothing is due yet"
    with time_machine.travel(MONDAY, tick=True):
        keeper.morning()
        mails = keeper.mails()
        assert [str(mail["Subject"]) for mail in mails] == ["New for 2 of your saved searches"]
        assert "rats" not in text_of(mails[0]), "nothing is new for it"
        keeper.morning()
        assert len(keeper.mails()) == 1
    with time_machine.travel(MONDAY + timedelta(days=7), tick=True):
        keeper.morning()
        assert len(keeper.mails()) == 1, "never an empty mail"


def test_mornings_are_those_of_the_time_zone(app: Flask) -> None:
    with app.app_context():
        summer = datetime(2026, 7, 1, 5, 59, tzinfo=UTC)  # A Wednesday, 6:59 in London.
        assert next_morning("daily", summer) == datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
        assert next_morning("daily", summer + timedelta(minutes=2)) == datetime(2026, 7, 2, 6, 0, tzinfo=UTC)
        assert next_morning("weekly", summer) == datetime(2026, 7, 6, 6, 0, tzinfo=UTC)
        # The clocks go back in the night to 25 October: the next morning is at seven all the same.
        assert next_morning("daily", datetime(2026, 10, 24, 12, tzinfo=UTC)) == datetime(2026, 10, 25, 7, tzinfo=UTC)
        assert next_morning("none", summer) is None


@pytest.mark.parametrize("often", ["at-once", "daily"])
def test_members_of_a_closed_group_hear_of_it_and_nobody_else(
    keeper: Keeper, priya: int, owen: int, often: str
) -> None:
    closed = keeper.cast.group("cases", closed=True, facilitators=(owen,), members=(priya,))
    outside = {
        keeper.cast.person("Outside Person"),
        keeper.cast.person("Moderator Person", role="moderator"),
        keeper.cast.person("Administrator Person", role="administrator"),
    }
    for person in (priya, *outside):
        keeper.save(person, "zebrafinch", often)
    keeper.shelf.guide(owen, "Working with zebrafinch", group_id=closed)
    with time_machine.travel(now() + timedelta(days=1), tick=True):
        keeper.morning()
        assert [str(mail["To"]) for mail in keeper.mails()] == ["priya.raman@harrowdale.example"]


@pytest.mark.parametrize("how", ["left", "withdrawn", "suspended"])
def test_what_may_no_longer_be_read_is_not_told_in_the_morning(keeper: Keeper, priya: int, owen: int, how: str) -> None:
    closed = keeper.cast.group("cases", closed=True, facilitators=(owen,), members=(priya,))
    keeper.save(priya, "zebrafinch", "daily")
    guide = keeper.shelf.guide(owen, "Working with zebrafinch", group_id=closed if how == "left" else None)
    keeper.work()
    viewer = keeper.cast.viewer(owen)
    with keeper.app.app_context(), transaction():
        if how == "left":
            db.session.execute(delete(Membership).where(Membership.person_id == priya))
        elif how == "withdrawn":
            withdraw(viewer=viewer, guide_id=guide.id, reason="Wrong")
        else:
            account = db.session.get_one(Person, priya).account_id
            db.session.execute(update(Account).where(Account.id == account).values(active=False))
    with time_machine.travel(now() + timedelta(days=1), tick=True):
        keeper.morning()
        assert keeper.mails() == []


def test_what_the_index_still_holds_is_checked_against_the_database(keeper: Keeper, priya: int, owen: int) -> None:
    """The index may be a moment late: a withdrawal that it has not heard of yet must not be mailed."""
    keeper.save(priya, "zebrafinch", "daily")
    guide = keeper.shelf.guide(owen, "Working with zebrafinch")
    keeper.work()
    viewer = keeper.cast.viewer(owen)
    with time_machine.travel(now() + timedelta(days=1), tick=True), keeper.app.app_context():
        with transaction():
            withdraw(viewer=viewer, guide_id=guide.id, reason="Wrong")
        from network.discovery.saved.alerts import morning

        morning()
    assert keeper.mails() == []


def test_alerts_wait_until_the_index_has_been_fed(keeper: Keeper, priya: int, owen: int) -> None:
    keeper.save(priya, "damp")
    guide = keeper.shelf.guide(owen, "Damp")
    with keeper.app.app_context():
        with transaction():
            # Another worker holds what is meant for the index.
            leased = now() + timedelta(minutes=1)
            db.session.execute(update(OutboxRow).where(OutboxRow.consumer == "index").values(leased_until=leased))
        drain(keeper.app)
        assert CONSUMER not in outbox.ready()
        count, _ = outbox.backlog(CONSUMER)
        assert count == 1, "it comes back later"
        with transaction():
            db.session.execute(update(OutboxRow).values(leased_until=None, available_at=now()))
    assert [guide.title in text_of(mail) for mail in keeper.mails()] == [True]


def test_after_no_alerts_the_past_is_not_told(keeper: Keeper, priya: int, owen: int) -> None:
    saved = keeper.save(priya, "damp", "none")
    with time_machine.travel(now() + timedelta(days=2), tick=True):
        keeper.shelf.guide(owen, "Damp")
        keeper.work()
    from network.discovery.saved import actions

    viewer = keeper.cast.viewer(priya)
    with time_machine.travel(now() + timedelta(days=4), tick=True):
        with keeper.app.app_context(), transaction():
            actions.change(viewer=viewer, saved_id=saved, name="damp", alerts="at-once")
        keeper.shelf.guide(owen, "Rising damp")
        texts = [text_of(mail) for mail in keeper.mails()]
    assert len(texts) == 1
    assert "\nDamp\n" not in texts[0]


def test_the_link_in_the_mail_stops_it_when_it_is_sent_and_not_when_it_is_opened(
    keeper: Keeper, priya: int, owen: int
) -> None:
    saved = keeper.save(priya, "damp")
    keeper.shelf.guide(owen, "Damp")
    mail = keeper.mails()[0]
    link = str(mail["List-Unsubscribe"]).strip("<>")
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert link in text_of(mail)
    path = link.removeprefix("http://localhost")
    visitor = keeper.cast.client()
    assert "damp" in visitor.get(path).get_data(as_text=True)
    assert _alerts(keeper, saved) == "at-once"
    assert visitor.get(path[:-2]).status_code == 404
    assert visitor.post(path[:-2]).status_code == 404
    # As a mail program sends it: from nowhere, without a session or a form token.
    assert visitor.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert _alerts(keeper, saved) == "none"
    assert "These alerts are stopped" in visitor.get(path).get_data(as_text=True)
    keeper.shelf.guide(owen, "More damp")
    assert len(keeper.mails()) == 1


def test_the_link_in_an_old_mail_stops_nothing_that_got_the_same_id(keeper: Keeper, priya: int, owen: int) -> None:
    saved = keeper.save(priya, "damp")
    keeper.shelf.guide(owen, "Damp")
    link = str(keeper.mails()[0]["List-Unsubscribe"]).strip("<>").removeprefix("http://localhost")
    viewer = keeper.cast.viewer(priya)
    with keeper.app.app_context(), transaction():
        forget(viewer=viewer, saved_id=saved)
    again = keeper.save(priya, "mould")
    with keeper.app.app_context(), transaction() as session:
        session.execute(update(SavedSearch).where(SavedSearch.id == again).values(id=saved))  # As SQLite does itself.
    visitor = keeper.cast.client()
    assert "mould" not in visitor.get(link).get_data(as_text=True)
    assert visitor.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert _alerts(keeper, saved) == "at-once"


def _alerts(keeper: Keeper, saved: int) -> str:
    with keeper.app.app_context():
        return db.session.get_one(SavedSearch, saved).alerts


@pytest.mark.parametrize("how", ["left", "withdrawn", "suspended", "told"])
def test_what_changes_between_the_search_and_the_mail_counts(
    keeper: Keeper, priya: int, owen: int, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Searching takes its time, so everything is looked at once more in the transaction that makes the mail."""
    closed = keeper.cast.group("cases", closed=True, facilitators=(owen,), members=(priya,))
    saved = keeper.save(priya, "zebrafinch", "daily")
    guide = keeper.shelf.guide(owen, "Working with zebrafinch", group_id=closed if how == "left" else None)
    keeper.work()
    viewer, really = keeper.cast.viewer(owen), alerts.news

    def slowly(search: Saved, who: Viewer) -> list[str]:
        found = really(search, who)
        with transaction():
            if how == "left":
                db.session.execute(delete(Membership).where(Membership.person_id == priya))
            elif how == "withdrawn":
                withdraw(viewer=viewer, guide_id=guide.id, reason="Wrong")
            elif how == "suspended":
                account = db.session.get_one(Person, priya).account_id
                db.session.execute(update(Account).where(Account.id == account).values(active=False))
            else:
                remember(saved, found)
        return found

    monkeypatch.setattr(alerts, "news", slowly)
    with time_machine.travel(now() + timedelta(days=1), tick=True):
        keeper.morning()
        assert keeper.mails() == []


def test_what_was_told_is_no_news(keeper: Keeper, priya: int, owen: int) -> None:
    saved = keeper.save(priya, "damp")
    keeper.shelf.guide(owen, "Damp")
    keeper.work()
    viewer = keeper.cast.viewer(priya)
    with keeper.app.app_context():
        found = my_search(viewer, saved)
        assert found is not None
        assert news(found, viewer) == []


@pytest.mark.parametrize("alerts_", ["at-once", "daily"])
def test_alerts_wait_for_an_index_that_is_away_and_come_when_it_is_back(
    keeper: Keeper, priya: int, owen: int, alerts_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper.save(priya, "damp", alerts_)
    keeper.shelf.guide(owen, "Damp")

    def away() -> None:
        raise EngineError("away")

    tomorrow = now() + timedelta(days=1)
    with monkeypatch.context() as broken, time_machine.travel(tomorrow, tick=True):
        broken.setattr(alerts, "require_whole", away)
        keeper.morning()
        assert keeper.mails() == []
    with time_machine.travel(tomorrow + timedelta(minutes=15), tick=True):
        keeper.morning()
        assert len(keeper.mails()) == 1


@pytest.mark.parametrize("often", ["at-once", "daily"])
def test_who_joins_a_closed_group_is_not_told_its_past(keeper: Keeper, priya: int, owen: int, often: str) -> None:
    closed = keeper.cast.group("cases", closed=True, facilitators=(owen,))
    keeper.save(priya, "zebrafinch", often)
    keeper.shelf.guide(owen, "Old zebrafinch", group_id=closed)
    keeper.work()
    for days in (3, 6):
        with time_machine.travel(now() + timedelta(days=days), tick=True):
            keeper.shelf.guide(owen, f"Something else after {days} days")
            keeper.morning()
    with time_machine.travel(now() + timedelta(days=7), tick=True):
        with keeper.app.app_context(), transaction():
            db.session.add(Membership(group_id=closed, person_id=priya, role="member"))
        keeper.shelf.guide(owen, "Another thing")
    with time_machine.travel(now() + timedelta(days=8), tick=True):
        keeper.morning()
        assert keeper.mails() == []
        keeper.shelf.guide(owen, "New zebrafinch", group_id=closed)
    with time_machine.travel(now() + timedelta(days=9), tick=True):
        keeper.morning()
        assert ["Old zebrafinch" in text_of(mail) for mail in keeper.mails()] == [False]


def test_of_a_search_that_finds_very_much_only_what_is_made_later_is_news(
    keeper: Keeper, priya: int, owen: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("network.discovery.saved.news.KNOWN_AT_FIRST", 2)
    viewer = keeper.cast.viewer(owen)
    with time_machine.travel(now() - timedelta(days=1), tick=True):
        first = keeper.shelf.guide(owen, "Damp, the first")
        for number in (2, 3):
            keeper.shelf.guide(owen, f"Damp, number {number}")
    keeper.save(priya, "damp")
    with keeper.app.app_context():
        words = content("Damp, the first, said better")
        with transaction():
            edit(viewer=viewer, guide_id=first.id, content=words, base_version=1)
    assert keeper.mails() == []
    keeper.shelf.guide(owen, "Damp, the last")
    assert len(keeper.mails()) == 1
