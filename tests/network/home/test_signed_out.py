"""The front page for visitors: real content that everybody may read, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.models import Guide
from tests.network.home.conftest import Town
from tests.support.app import make_app
from tests.support.cast import Cast
from tests.support.queries import count_queries

MOST_QUERIES = 5
SECRETS = ("Secret guide", "Secret question", "Secret answer", "Secret draft", "Unpublished")


def _page(client: Any, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.get_data(as_text=True))


@pytest.fixture
def open_group(cast: Cast) -> int:
    return cast.group("digital-planning", facilitators=(cast.person("Owen Pritchard"),))


def test_an_empty_network_still_says_what_it_is_and_what_to_do(client: Any) -> None:
    page = _page(client)
    assert "See how others did it" in page
    assert "No guides yet" in page
    assert 'href="/join"' in page
    assert 'href="/ask"' in page


def test_what_was_done_is_told_above_everything(client: Any) -> None:
    with client.session_transaction() as session:
        session["_flashes"] = [("message", "You are signed out")]
    page = _page(client)
    assert page.index('class="cp-hero"') > page.index("You are signed out")


def test_it_shows_guides_questions_groups_and_topics(client: Any, town: Town, cast: Cast, open_group: int) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    town.guide(owen, "Moving a planning register", topic_ids=(cast.topic("planning"),))
    town.thread(open_group, owen, "Who has a bin form?")
    answered = town.thread(open_group, owen, "How do you record consent?")
    town.answer(answered, priya, by=owen)
    page = _page(client)
    for words in (
        "Moving a planning register",
        "Who has a bin form?",
        "Answered this week",
        "How do you record consent?",
    ):
        assert words in page
    assert 'href="/topics/planning"' in page
    assert "Digital planning" in page
    assert 'href="/library/moving-a-planning-register"' in page


def test_answers_of_long_ago_are_not_called_this_week(client: Any, town: Town, cast: Cast, open_group: int) -> None:
    owen = cast.person("Owen Pritchard")
    old = town.thread(open_group, owen, "How do you record consent?")
    town.answer(old, cast.person("Priya Raman"), by=owen, at=now() - timedelta(days=8))
    page = _page(client)
    assert "Answered this week" not in page
    assert "Answered lately" in page


def test_an_answered_question_does_not_need_an_answer(client: Any, town: Town, cast: Cast, open_group: int) -> None:
    owen = cast.person("Owen Pritchard")
    thread = town.thread(open_group, owen, "How do you record consent?")
    town.answer(thread, cast.person("Priya Raman"), by=owen)
    assert _page(client).count("How do you record consent?") == 1


def test_a_guide_that_needs_no_reader_is_left_out(client: Any, app: Flask, town: Town, cast: Cast) -> None:
    """Overdue guides are not put forward while there are others."""
    owen = cast.person("Owen Pritchard")
    town.guide(owen, "Long overdue", check_due=(now() - timedelta(days=3)).date())
    town.guide(owen, "In good order")
    page = _page(client)
    assert "In good order" in page
    assert "Long overdue" not in page


def test_without_checked_guides_the_newest_stand_there(client: Any, town: Town, cast: Cast) -> None:
    town.guide(cast.person("Owen Pritchard"), "Brought from elsewhere", checked=False)
    assert "Brought from elsewhere" in _page(client)


def test_guides_in_use_stand_first_and_the_newest_below(app: Flask, client: Any, town: Town, cast: Cast) -> None:
    """New ones need no check to be among the new."""
    owen = cast.person("Owen Pritchard")
    used = town.guide(owen, "Used by three", at=now() - timedelta(days=90)).id
    for number in range(5):
        town.guide(owen, f"Old {number}", at=now() - timedelta(days=30 + number))
    town.guide(owen, "Of today", checked=False)
    with app.app_context(), transaction():
        db.session.get_one(Guide, used).use_count = 3
    page = _page(client)
    assert page.index("Tried and used</h2>") < page.index("Used by three") < page.index("New guides</h2>")
    assert page.index("New guides</h2>") < page.index("Of today") < page.index("Old 0")
    assert page.count("Used by three</a>") == 1


def test_one_import_does_not_fill_the_page(client: Any, town: Town, cast: Cast) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    town.guide(priya, "By somebody else", at=now() - timedelta(days=3))
    for number in range(12):
        town.guide(owen, f"Imported {number:02}", checked=False)
    page = _page(client)
    assert "By somebody else" in page
    titles = [f"Imported {number:02}</a>" for number in (11, 10, 9)]
    assert page.index(titles[0]) < page.index(titles[1]) < page.index("By somebody else</a>") < page.index(titles[2])


def test_numbers_count_what_everybody_may_read(app: Flask, client: Any, town: Town, cast: Cast) -> None:
    owen = cast.person("Owen Pritchard")
    closed = cast.group("safeguarding", closed=True, facilitators=(owen,))
    for number in range(3):
        town.guide(owen, f"Open guide {number}")
    town.guide(owen, "Secret guide", group_id=closed)
    drain(app)
    assert "All 3 guides" in _page(client)


def test_nothing_of_a_closed_group_or_of_drafts_shows(app: Flask, client: Any, town: Town, cast: Cast) -> None:
    owen, priya, outsider = (cast.person(name) for name in ("Owen Pritchard", "Priya Raman", "Tom Adeyemi"))
    closed = cast.group("safeguarding", closed=True, facilitators=(owen,), members=(priya,))
    topic = cast.topic("open-data")
    town.guide(owen, "Secret guide", group_id=closed, topic_ids=(topic,))
    town.draft(owen, "Secret draft", topic_ids=(topic,))
    town.thread(closed, owen, "Secret question", topic_ids=(topic,), asked_person_id=priya)
    town.answer(town.thread(closed, owen, "Secret answer", topic_ids=(topic,)), priya, by=owen)
    town.can_help(outsider, topic)
    drain(app)
    for viewer in (None, outsider):
        page = _page(cast.client(viewer))
        assert not [words for words in SECRETS if words in page]
        assert "2 members" not in page
    inside = _page(cast.client(priya))
    assert "Secret guide" in inside
    assert "Secret question" in inside


def test_words_that_people_wrote_are_escaped(client: Any, town: Town, cast: Cast, open_group: int) -> None:
    owen = cast.person("Owen Pritchard")
    town.guide(owen, "<b>Bold</b> guide")
    town.thread(open_group, owen, "<i>Odd</i> question")
    page = _page(client)
    assert "<b>Bold" not in page
    assert "<i>Odd" not in page
    assert "&lt;b&gt;Bold" in page


def test_a_full_page_costs_few_queries(app: Flask, town: Town, cast: Cast, open_group: int) -> None:
    owen, priya = cast.person("Owen Pritchard"), cast.person("Priya Raman")
    for number in range(5):
        town.guide(owen, f"Guide {number}")
        town.thread(open_group, owen, f"Question {number}")
        town.answer(town.thread(open_group, owen, f"Answered {number}"), priya, by=owen)
    with count_queries(app) as queries:
        _page(cast.client())
    assert len(queries) <= MOST_QUERIES, queries.statements


def test_a_closed_front_door_leads_to_sign_in(tmp_path: Any) -> None:
    app = make_app(tmp_path, OPEN_READING="no", JOIN_DOMAINS="council.example")
    response = app.test_client().get("/")
    assert response.status_code == 303
    assert response.location.startswith("/sign-in")
