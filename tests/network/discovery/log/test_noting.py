"""The log of searches: what enters it, what never does, and that it does not know who."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import inspect, select

from network.core.clock import now
from network.core.db import db
from network.core.schedule import schedule
from network.core.transaction import transaction
from network.discovery.log import noting, sessions
from network.discovery.log.actions import forget_old, say
from network.discovery.log.keeping import loggable, only_public
from network.discovery.log.models import SearchFeedback, SearchLogRow
from network.discovery.log.noting import write
from network.subjects.viewer import Viewer
from tests.network.discussions.talk import hidden
from tests.support.canaries import DRAFT, OPEN, SECRET, Canaries
from tests.support.cast import Cast
from tests.support.queries import count_queries

ROLES = ("visitor", "outsider", "requested", "author", "member", "facilitator", "moderator", "administrator")


def kept(app: Flask) -> list[SearchLogRow]:
    """What has been written, once everything that waits is."""
    with app.app_context():
        write()
        return list(db.session.scalars(select(SearchLogRow).order_by(SearchLogRow.text)))


def test_a_search_is_logged_by_the_hour_folded_and_with_its_outcome(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    with time_machine.travel(now().replace(minute=47), tick=True):
        client.get(f"/search?q=Wörking++{OPEN}")
        client.get("/search?q=unobtainium")
        hour = now().replace(minute=0, second=0, microsecond=0)
    rows = kept(canaries.app)
    assert [(row.text, row.failed, row.found, row.hour) for row in rows] == [
        ("unobtainium", True, 0, hour),
        (f"working {OPEN}", False, 1, hour),
    ]


def test_paging_filters_and_repeats_are_one_search(canaries: Canaries) -> None:
    client = canaries.client("author")
    for address in ("q=working", "q=WORKING", "q=working&page=2", "q=working&in=guide", "q=working&kind=guide"):
        client.get(f"/search?{address}")
    assert [row.text for row in kept(canaries.app)] == ["working"]
    for address in ("q=asking&in=guide", "q=cases&page=2", "q=lanternfish&topic=open-data"):
        client.get(f"/search?{address}")
    canaries.client("outsider").get("/search?q=working")
    assert [row.text for row in kept(canaries.app)] == ["working"] * 2, "another person is another session"


def test_after_half_an_hour_it_is_another_session(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(sessions.time, "monotonic", lambda: clock[0])
    known = sessions.Sessions()
    assert known.is_new("account 1", "working")
    clock[0] += 30 * 60
    assert not known.is_new("account 1", "working")
    clock[0] += 1
    assert known.is_new("account 1", "working")
    assert len(known._by_token) == 1, "what is old is forgotten"


def test_one_session_cannot_fill_the_log() -> None:
    known = sessions.Sessions()
    assert sum(known.is_new("account 1", f"text {number}") for number in range(100)) == sessions.MOST_TEXTS
    for number in range(sessions.MOST_SESSIONS + 50):
        known.is_new(f"visitor {number}", "x")
    assert len(known._by_token) <= sessions.MOST_SESSIONS


def test_tokens_cannot_be_worked_out_by_another_process() -> None:
    one, other = sessions.Sessions(), sessions.Sessions()
    one.is_new("account 1", "x")
    other.is_new("account 1", "x")
    assert set(one._by_token).isdisjoint(other._by_token)


def test_what_was_searched_before_comes_from_the_page_before(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    client.get("/search?q=unobtainium")
    client.get("/search?q=working", headers={"Referer": "http://localhost/search?q=Unobtainium&page=1"})
    client.get("/search?q=asking", headers={"Referer": "https://elsewhere.example/search?q=abc"})
    client.get("/search?q=cases", headers={"Referer": "http://localhost/library/guide?q=abc"})
    before = {row.text: row.before for row in kept(canaries.app)}
    assert before == {"unobtainium": None, "working": "unobtainium", "asking": None, "cases": None}


def test_what_was_searched_before_cannot_be_made_up(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    client.get("/search?q=working", headers={"Referer": "http://localhost/search?q=nobody+typed+this"})
    canaries.client("author").get("/search?q=damp")
    client.get("/search?q=asking", headers={"Referer": "http://localhost/search?q=damp"})
    assert {row.text: row.before for row in kept(canaries.app)} == {"working": None, "damp": None, "asking": None}


def test_a_visitor_counts_once_whatever_browser_they_say_they_have(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    for number in range(12):
        client.get("/search?q=unobtainium", headers={"User-Agent": f"Browser {number}"})
    assert [row.text for row in kept(canaries.app)] == ["unobtainium"]


def test_all_addresses_of_one_connection_are_one_visitor(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    for address in ("2001:db8:1:1::1", "2001:db8:1:1:2::2", "2001:db8:1:2::1", "10.0.0.1", "::ffff:10.0.0.2"):
        client.get("/search?q=unobtainium", environ_base={"REMOTE_ADDR": address})
    assert len(kept(canaries.app)) == 4


def test_the_tables_have_no_column_for_who(app: Flask) -> None:
    with app.app_context():
        for table, columns in (
            (SearchLogRow, {"id", "hour", "text", "failed", "found", "before"}),
            (SearchFeedback, {"id", "hour", "text", "useful", "said"}),
        ):
            found = inspect(db.engine)
            assert {column["name"] for column in found.get_columns(table.__tablename__)} == columns
            assert found.get_foreign_keys(table.__tablename__) == []


def test_nothing_anywhere_says_who_searched(canaries: Canaries) -> None:
    """After a search every table is looked through: the text stands in the log and nowhere else."""
    for role in ("visitor", "author"):
        canaries.client(role).get("/search?q=gizmofrobnicator")
    kept(canaries.app)
    holding = set()
    with canaries.app.app_context():
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(select(table)).mappings():
                if "gizmofrobnicator" in str(dict(row)):
                    holding.add(table.name)
    assert holding == {"search_log"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("word", [SECRET, DRAFT])
def test_words_of_what_is_closed_never_enter_the_log_by_those_who_may_read_it(
    canaries: Canaries, role: str, word: str
) -> None:
    """A visitor looks for a word that is nowhere, as far as anybody knows: a failed search like any."""
    client = canaries.client(role)
    client.get(f"/search?q={word}")
    client.get("/search?q=working", headers={"Referer": f"http://localhost/search?q={word}"})
    client.get(f"/search?q=working+with+{word}s")
    told = {row.text for row in kept(canaries.app)} | {row.before for row in kept(canaries.app)}
    assert any(word in (text or "") for text in told) == (role == "visitor"), told


@pytest.mark.parametrize(
    "typed",
    ["zebrafinc", "zebrafinchx", "zebraf", "working zebrafnch", "zebra-finch", "zebra finch", "working zebra-finch"],
)
def test_nor_do_they_misspelt_cut_short_or_in_pieces(canaries: Canaries, typed: str) -> None:
    client = canaries.client("member")
    client.get("/search", query_string={"q": typed})
    client.get("/search?q=working", headers={"Referer": f"http://localhost/search?q={typed.replace(' ', '+')}"})
    assert [(row.text, row.before) for row in kept(canaries.app)] == [("working", None)]


def test_ordinary_words_that_nobody_has_written_are_kept(canaries: Canaries) -> None:
    canaries.client("member").get("/search?q=working drone allowance")
    assert [row.text for row in kept(canaries.app)] == ["working drone allowance"]


@pytest.mark.parametrize(
    "text",
    ["ann.evans@harrowdale.example", "call 07700 900123", "case 123456", "x" * 101, "ﷺ " * 50, "…", "  "],
)
def test_personal_details_and_pasted_passages_are_not_kept(text: str) -> None:
    assert loggable(text) == ""


@pytest.mark.parametrize("text", ["FOI 2026", "section 106", "form p45", "@priya"])
def test_ordinary_searches_are(text: str) -> None:
    assert loggable(text)


def test_while_the_index_is_away_only_what_visitors_typed_is_kept(
    canaries: Canaries, monkeypatch: pytest.MonkeyPatch
) -> None:
    from network.discovery.log import keeping
    from search.contract import EngineError

    class Away:
        def frequencies(self, *_args: Any) -> Any:
            raise EngineError("away")

    monkeypatch.setattr(keeping, "engine", Away)
    with canaries.app.app_context():
        assert only_public(["working"], frozenset({"public"})) == {"working"}
        assert only_public(["working"], frozenset({"public", "private:4"})) == set()


def test_searching_writes_nothing_while_it_is_answered(canaries: Canaries) -> None:
    client = canaries.client("author")
    client.get("/search?q=warm")
    with count_queries(canaries.app) as queries:
        client.get("/search?q=working")
    assert not [one for one in queries.statements if not one.lstrip().startswith("SELECT")]
    with canaries.app.app_context(), count_queries(canaries.app) as queries:
        assert write() == 2
    assert len(queries) == 1, "one statement for all of them"


def test_what_waits_is_written_by_itself(canaries: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "WRITE_AFTER", 0.01)
    monkeypatch.setitem(canaries.app.config, "TESTING", False)
    canaries.client("visitor").get("/search?q=working")
    written: list[str] = []
    until = time.monotonic() + 10
    while not written and time.monotonic() < until:
        time.sleep(0.02)
        with canaries.app.app_context():
            written = list(db.session.scalars(select(SearchLogRow.text)))
    assert written == ["working"]


def test_a_crowd_cannot_fill_the_memory(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "MOST_WAITING", 3)
    for number in range(5):
        with app.test_request_context("/search", environ_base={"REMOTE_ADDR": f"10.0.0.{number}"}):
            noting.note(Viewer(), f"text {number}", failed=True, found=0)
    assert len(kept(app)) == 3


def test_after_90_days_it_is_forgotten(app: Flask, cast: Cast) -> None:
    with app.app_context():
        for days in (89, 91):
            with time_machine.travel(now() - timedelta(days=days), tick=True), transaction():
                db.session.add(
                    SearchLogRow(hour=noting.this_hour(), text=f"{days} days", failed=True, found=0, before=None)
                )
                say(text=f"{days} days", useful=True, said="")
        forget_old()
        for table in (SearchLogRow, SearchFeedback):
            assert db.session.scalars(select(table.text)).all() == ["89 days"]
        assert schedule(app).jobs["forget-searches"].run is forget_old


def test_an_answer_is_kept_without_who(canaries: Canaries) -> None:
    client = canaries.client("author")
    page = client.get("/search?q=working")
    assert "What were you after?" in page.text
    form = {**hidden(client, "/search/feedback"), "q": "Working", "useful": "no", "said": " a  letter "}
    answer = client.post("/search/feedback", data=form)
    assert answer.headers["Location"] == "/search?q=Working"
    assert "Thank you" in client.get("/search?q=Working").text
    with canaries.app.app_context():
        row = db.session.scalars(select(SearchFeedback)).one()
        assert (row.text, row.useful, row.said) == ("working", False, "a letter")
        for table in db.metadata.sorted_tables:
            for held in db.session.execute(select(table)).mappings():
                assert "a letter" not in str(dict(held)) or table.name == "search_feedback"


def test_an_answer_does_not_carry_words_of_what_is_closed(canaries: Canaries) -> None:
    client = canaries.client("member")
    form = {**hidden(client, "/search/feedback"), "q": SECRET, "useful": "yes", "said": ""}
    assert client.post("/search/feedback", data=form).status_code == 303
    with canaries.app.app_context():
        assert db.session.scalars(select(SearchFeedback.text)).all() == [""]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, "Choose yes or no, or say what you were after"),
        ({"said": "x" * 201}, "What you were after must be 200 characters or fewer"),
        ({"useful": "perhaps"}, "There is a problem"),
    ],
)
def test_an_answer_that_says_nothing_is_asked_for_again(
    canaries: Canaries, change: dict[str, str], message: str
) -> None:
    client = canaries.client("author")
    answer = client.post("/search/feedback", data={**hidden(client, "/search/feedback"), "q": "working", **change})
    assert answer.status_code == 200
    assert message in answer.text
    assert 'name="q" value="working"' in answer.text


def test_visitors_see_no_form_and_get_no_cookie(canaries: Canaries) -> None:
    answer = canaries.client("visitor").get("/search?q=working")
    assert "What were you after?" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert canaries.client("visitor").get("/search/feedback").status_code == 303
