"""The front page of a member: what waits, what changed, their groups and drafts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.core import clock
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.groups.models import Group, Membership
from network.home.queries import guides
from network.home.stream import by_day
from network.home.views.front import SHORT
from network.library.models import Guide
from network.vocabulary.models import Topic
from tests.network.home.conftest import Town
from tests.support.cast import Cast
from tests.support.queries import count_queries

MOST_QUERIES = 13
WAITING = re.compile(r'<section class="cp-panel cp-panel--tint".*?</section>', re.DOTALL)


def _page(client: Any, address: str = "/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.get_data(as_text=True))


def _waiting(page: str) -> str:
    found = WAITING.search(page)
    return found.group() if found else ""


@pytest.fixture
def priya(cast: Cast) -> int:
    return cast.person("Priya Raman")


@pytest.fixture
def owen(cast: Cast) -> int:
    return cast.person("Owen Pritchard")


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (11, "Good morning, Priya"),
        (12, "Good afternoon, Priya"),
        (17, "Good afternoon, Priya"),
        (18, "Good evening, Priya"),
    ],
)
def test_it_greets_by_the_clock_of_the_deployment(
    cast: Cast, priya: int, hour: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The deployment's clock is in winter, where London keeps UTC.
    monkeypatch.setattr("network.core.web.templating.now", lambda: datetime(2026, 1, 14, hour, 30, tzinfo=UTC))
    assert f'<h1 class="govuk-heading-l govuk-!-margin-bottom-4">{words}</h1>' in _page(cast.client(priya))


def test_a_new_member_sees_what_visitors_see_and_how_the_page_becomes_theirs(
    cast: Cast, town: Town, priya: int, owen: int
) -> None:
    group = cast.group("digital-planning", facilitators=(owen,))
    town.thread(group, owen, "Who counts bins?")
    town.guide(owen, "A guide for everybody")
    town.guide(owen, "A guide in confidence", group_id=cast.group("safeguarding", closed=True, facilitators=(owen,)))
    page = _page(cast.client(priya))
    main, _, aside = page.partition('id="my-groups"')
    assert "Join a group or choose your topics" in main
    choose = 'href="/settings/profile?choose=interests#interests"'
    assert all(words in main for words in ("Who counts bins?", "A guide for everybody", choose))
    assert "A guide in confidence" not in page
    assert "Waiting for you" not in page
    for address in ("/adoptions", "/suggestions", "/checks"):
        assert (main.count(f'href="{address}"'), aside.count(f'href="{address}"')) == (0, 1), address


@pytest.mark.parametrize(("threads", "around"), [(SHORT - 1, True), (SHORT, False)])
def test_a_short_stream_has_what_visitors_see_below_it_and_nothing_twice(
    cast: Cast, town: Town, priya: int, owen: int, threads: int, around: bool
) -> None:
    group = cast.group("digital-planning", facilitators=(owen,), members=(priya,))
    for number in range(threads):
        town.thread(group, owen, f"Question {number}")
    town.guide(owen, "A guide for everybody")
    client = cast.client(priya)
    page = _page(client)
    assert ("A guide for everybody" in page, "There is little here yet" in page) == (around, around)
    assert page.count(">Question 0</a>") == 1
    assert "A guide for everybody" not in _page(client, "/?show=questions")


def test_a_question_that_waits_for_a_new_member_is_not_among_the_open_ones_as_well(
    cast: Cast, town: Town, priya: int, owen: int
) -> None:
    group = cast.group("digital-planning", facilitators=(owen,))
    town.thread(group, owen, "Priya, how did you?", asked_person_id=priya)
    town.thread(group, owen, "Anybody, how did you?")
    page = _page(cast.client(priya))
    assert "Priya, how did you?" in _waiting(page)
    assert page.count(">Priya, how did you?</a>") == page.count(">Anybody, how did you?</a>") == 1


def test_an_asker_sees_that_they_were_answered(cast: Cast, town: Town, priya: int, owen: int) -> None:
    group = cast.group("digital-planning", facilitators=(owen,))
    asked = [town.thread(group, priya, f"Mine {number}") for number in range(7)]
    town.thread(group, owen, "Not mine")
    town.thread(cast.group("planners", facilitators=(owen,), members=(priya,)), priya, "No question", "discussion")
    for _ in range(2):
        town.reply(asked[0], owen)
    town.reply(asked[1], owen)
    town.answer(asked[2], owen, priya)
    page = _page(cast.client(priya))
    mine = page.partition('id="my-questions"')[2].partition("</section>")[0]
    assert re.findall(r">(Mine \d|Not mine|No question)</a>", mine) == [
        "Mine 1",
        "Mine 0",
        "Mine 6",
        "Mine 5",
        "Mine 4",
    ]
    assert re.findall(r"\d repl\w+|No reply yet", mine) == ["1 reply", "2 replies", *["No reply yet"] * 3]
    assert "Your questions" not in _page(cast.client(owen), "/?page=2")
    assert "Your questions" not in _page(cast.client(cast.person("Nia Rees")))


def test_a_question_in_a_closed_group_that_one_left_is_not_told(
    app: Flask, cast: Cast, town: Town, priya: int, owen: int
) -> None:
    closed = cast.group("safeguarding", closed=True, facilitators=(owen,), members=(priya,))
    town.thread(closed, priya, "Asked in confidence")
    assert "Your questions" in _page(cast.client(priya))
    with app.app_context(), transaction():
        db.session.delete(db.session.get_one(Membership, (closed, priya)))
    assert "Asked in confidence" not in _page(cast.client(priya))


def test_groups_and_topics_fill_the_stream(cast: Cast, town: Town, priya: int, owen: int) -> None:
    mine = cast.group("digital-planning", facilitators=(owen,), members=(priya,))
    other = cast.group("service-desk", facilitators=(owen,))
    topic, elsewhere = cast.topic("open-data"), cast.topic("housing")
    town.can_help(priya, topic)
    town.thread(mine, owen, "In my group", "discussion")
    town.thread(other, owen, "On my topic", "discussion", topic_ids=(topic,))
    town.thread(other, owen, "Neither of mine", "discussion", topic_ids=(elsewhere,))
    town.guide(owen, "Guide on my topic", topic_ids=(topic,))
    town.guide(owen, "Guide on another", topic_ids=(elsewhere,))
    page = _page(cast.client(priya)).partition("There is little here yet")[0]
    assert all(words in page for words in ("In my group", "On my topic", "Guide on my topic"))
    assert not any(words in page for words in ("Neither of mine", "Guide on another"))


def test_a_topic_brings_those_below_it(app: Flask, cast: Cast, town: Town, priya: int, owen: int) -> None:
    parent, child = cast.topic("data"), cast.topic("open-data")
    with app.app_context(), transaction():
        db.session.execute(update(Topic).where(Topic.id == child).values(parent_id=parent))
    town.can_help(priya, parent, "Data")
    town.guide(owen, "Guide below my topic", topic_ids=(child,))
    assert "Guide below my topic" in _page(cast.client(priya))


@pytest.mark.parametrize(
    ("show", "seen"),
    [
        ("", {"A question", "A talk", "A notice", "A guide"}),
        ("questions", {"A question"}),
        ("discussions", {"A talk", "A notice"}),
        ("guides", {"A guide"}),
    ],
)
def test_tabs_tell_the_kinds_apart(cast: Cast, town: Town, priya: int, owen: int, show: str, seen: set[str]) -> None:
    group = cast.group("digital-planning", facilitators=(owen,), members=(priya,))
    town.thread(group, owen, "A question", "question")
    town.thread(group, owen, "A talk", "discussion")
    town.thread(group, owen, "A notice", "announcement")
    town.guide(owen, "A guide", owner=None, group_id=group)
    page = _page(cast.client(priya), f"/?show={show}" if show else "/")
    everything = {"A question", "A talk", "A notice", "A guide"}
    assert {title for title in everything if f">{title}</a>" in page} == seen


def test_an_unknown_tab_or_page_is_not_there(cast: Cast, priya: int) -> None:
    client = cast.client(priya)
    assert client.get("/?show=likes").status_code == 404
    assert client.get("/?page=26").status_code == 404
    assert client.get("/?page=nought").status_code == 404


@pytest.mark.parametrize("few", [guides.FEW, 2], ids=["read by id", "walked by date"])
def test_older_pages_hold_the_rest_once_and_in_order(
    cast: Cast, town: Town, priya: int, owen: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guides, "FEW", few)
    guides._some_of_mine.cache_clear()
    group = cast.group("digital-planning", facilitators=(owen,), members=(priya,))
    base = now()
    for number in range(15):
        at, checked = base - timedelta(hours=2 * number), number % 3 != 0
        town.guide(owen, f"Guide no {number:02}", group_id=group, at=at, checked=checked)
        thread = town.thread(group, owen, f"Thread no {number:02}", "discussion")
        town.move(thread, at - timedelta(hours=1))
    client = cast.client(priya)
    first, second = _page(client), _page(client, "/?page=2")
    guides._some_of_mine.cache_clear()
    titles = re.compile(r">((?:Guide|Thread) no \d\d)</a></h4>")
    expected = [f"{kind} no {number:02}" for number in range(15) for kind in ("Guide", "Thread")]
    assert titles.findall(first) + titles.findall(second) == expected
    assert 'href="/?page=2"' in first
    assert "page=3" not in second


def test_days_are_named_as_people_name_them(
    app: Flask, town: Town, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Half past eleven on a Wednesday night in UTC; in London it is Thursday already, and three days before is Monday.
    here = datetime(2026, 7, 15, 23, 30, tzinfo=UTC)
    owen = cast.person("Owen Pritchard")
    made = [
        town.guide(owen, f"Guide {n}", at=here - timedelta(days=days)) for n, days in enumerate((0, 1, 2, 3, 9, 17))
    ]
    monkeypatch.setattr("network.home.stream.now", lambda: here)
    with app.test_request_context():
        lines = sorted(guides.front_guides().new, key=lambda line: line.published_at, reverse=True)
        assert len(lines) == len(made)
        found = [(name, [line.title for line in under]) for name, under in by_day(lines)]
    assert found == [
        ("Today", ["Guide 0"]),
        ("Earlier this week", ["Guide 1", "Guide 2", "Guide 3"]),
        ("Last week", ["Guide 4"]),
        ("June 2026", ["Guide 5"]),
    ]


def test_checks_that_are_due_wait(app: Flask, cast: Cast, town: Town, priya: int, owen: int) -> None:
    today = clock.today(app_zone(app))
    town.guide(priya, "Mine and overdue", check_due=today - timedelta(days=2))
    town.guide(priya, "Mine and due", check_due=today + timedelta(days=2))
    town.guide(priya, "Mine and fresh", check_due=today + timedelta(days=200))
    town.guide(owen, "Not mine", check_due=today - timedelta(days=2))
    waiting = _waiting(_page(cast.client(priya)))
    assert "Mine and overdue</a> is overdue for a check." in waiting
    assert "Mine and due</a> needs a check." in waiting
    assert "Mine and fresh" not in waiting
    assert "Not mine" not in waiting


def test_requests_to_join_wait_for_facilitators_only(app: Flask, cast: Cast, priya: int, owen: int) -> None:
    asking = [cast.person("Tom Adeyemi"), cast.person("Ruth Ellison")]
    closed = cast.group("safeguarding", closed=True, facilitators=(priya,), members=(owen,))
    cast.group("digital-planning", facilitators=(owen,))
    for count, person in enumerate(asking, start=1):
        with app.app_context(), transaction():
            db.session.add(Membership(group_id=closed, person_id=person, role="requested", message="I would like to"))
        waiting = _waiting(_page(cast.client(priya)))
        assert ("Tom Adeyemi asks to join" if count == 1 else "2 people ask to join") in waiting
        assert 'href="/groups/safeguarding/members"' in waiting
    assert _waiting(_page(cast.client(owen))) == ""


def test_questions_that_they_could_answer_wait(cast: Cast, town: Town, priya: int, owen: int) -> None:
    group, topic = cast.group("digital-planning", facilitators=(owen,)), cast.topic("open-data")
    tom = cast.person("Tom Adeyemi")
    town.can_help(priya, topic, "Open data")
    town.thread(group, owen, "Nobody replied", topic_ids=(topic,))
    town.reply(town.thread(group, owen, "Somebody replied", topic_ids=(topic,)), tom)
    town.thread(group, owen, "Another topic", topic_ids=(cast.topic("housing"),))
    town.thread(group, priya, "My own question", topic_ids=(topic,))
    town.thread(group, owen, "No question", "discussion", topic_ids=(topic,))
    waiting = _waiting(_page(cast.client(priya)))
    assert "No one has answered" in waiting
    assert "Nobody replied" in waiting
    assert "You said you can help with Open data." in waiting
    assert not [t for t in ("Somebody replied", "Another topic", "My own question", "No question") if t in waiting]


def test_a_question_put_to_them_waits_until_they_reply(cast: Cast, town: Town, priya: int, owen: int) -> None:
    group = cast.group("digital-planning", facilitators=(owen,))
    thread = town.thread(group, owen, "Priya, how did you?", asked_person_id=priya)
    town.reply(thread, cast.person("Tom Adeyemi"))
    assert "You were asked" in _waiting(_page(cast.client(priya)))
    town.reply(thread, priya)
    assert _waiting(_page(cast.client(priya))) == ""


def test_no_more_than_five_things_wait(app: Flask, cast: Cast, town: Town, priya: int, owen: int) -> None:
    group, topic = cast.group("digital-planning", facilitators=(owen,)), cast.topic("open-data")
    town.can_help(priya, topic)
    for number in range(4):
        town.guide(priya, f"Overdue {number}", check_due=clock.today(app_zone(app)) - timedelta(days=2))
        town.thread(group, owen, f"Question {number}", topic_ids=(topic,))
    assert _waiting(_page(cast.client(priya))).count("<li>") == 5


def test_own_groups_and_drafts_stand_at_the_side(cast: Cast, town: Town, priya: int, owen: int) -> None:
    cast.group("digital-planning", members=(priya,))
    cast.group("service-desk", members=(owen,))
    town.draft(priya, "My draft")
    town.draft(owen, "Draft of another")
    page = _page(cast.client(priya))
    assert 'href="/groups/digital-planning"' in page
    assert 'href="/groups/service-desk"' not in page
    assert "My draft" in page
    assert "Draft of another" not in page


def test_a_withdrawn_guide_leaves_the_stream(app: Flask, cast: Cast, town: Town, priya: int, owen: int) -> None:
    group = cast.group("digital-planning", members=(priya, owen))
    town.guide(owen, "Soon gone", group_id=group)
    assert "Soon gone" in _page(cast.client(priya))
    with app.app_context(), transaction():
        db.session.execute(update(Guide).values(state="withdrawn"))
    assert "Soon gone" not in _page(cast.client(priya))


def test_leaving_a_closed_group_ends_seeing_it(app: Flask, cast: Cast, town: Town, priya: int, owen: int) -> None:
    closed = cast.group("safeguarding", closed=True, facilitators=(owen,), members=(priya,))
    topic = cast.topic("open-data")
    town.can_help(priya, topic)
    town.thread(closed, owen, "Said in confidence", topic_ids=(topic,))
    assert "Said in confidence" in _page(cast.client(priya))
    with app.app_context(), transaction():
        assert db.session.scalar(select(Group.openness).where(Group.id == closed)) == "closed"
        db.session.delete(db.session.get_one(Membership, (closed, priya)))
    assert "Said in confidence" not in _page(cast.client(priya))


def test_a_full_page_costs_few_queries(app: Flask, cast: Cast, town: Town, priya: int, owen: int) -> None:
    group, topic = cast.group("digital-planning", facilitators=(priya,), members=(owen,)), cast.topic("open-data")
    town.can_help(priya, topic)
    for number in range(6):
        town.thread(group, owen, f"Question {number}", topic_ids=(topic,))
        town.guide(priya, f"Guide {number}", topic_ids=(topic,), check_due=clock.today(app_zone(app)))
        town.draft(priya, f"Draft {number}")
    client = cast.client(priya)
    with count_queries(app) as queries:
        _page(client)
    assert len(queries) <= MOST_QUERIES, queries.statements


def test_home_says_how_much_more_waits_and_leads_to_all(app: Flask, cast: Cast, town: Town, priya: int) -> None:
    client = cast.client(priya)
    for number in range(3):
        town.guide(priya, f"Overdue {number}", check_due=clock.today(app_zone(app)) - timedelta(days=9 - number))
    assert "See all" not in _waiting(_page(client))
    town.guide(priya, "Overdue 3", check_due=clock.today(app_zone(app)) - timedelta(days=2))
    waiting = _waiting(_page(client))
    assert "Overdue 3" not in waiting
    assert '<a class="govuk-link" href="/waiting">See all 4</a>' in waiting
    everything = _page(client, "/waiting")
    assert all(f"Overdue {number}" in everything for number in range(4))
    assert "Nothing is waiting for you" in _page(cast.client(cast.person("Tom Adeyemi")), "/waiting")
    assert cast.client().get("/waiting").location == "/sign-in?next=/waiting"


def test_very_much_that_waits_is_counted_to_a_bound(
    app: Flask, cast: Cast, town: Town, priya: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("network.home.waiting.MOST_COUNTED", 4)
    for number in range(5):
        town.guide(priya, f"Overdue {number}", check_due=clock.today(app_zone(app)) - timedelta(days=9 - number))
    client = cast.client(priya)
    assert "See all, more than 4<" in _waiting(_page(client))
    assert "There is more." in _page(client, "/waiting")


def test_a_new_members_page_costs_no_more(app: Flask, cast: Cast, town: Town, priya: int, owen: int) -> None:
    group = cast.group("digital-planning", facilitators=(owen,))
    for number in range(6):
        town.thread(group, priya, f"Question {number}")
        town.guide(owen, f"Guide {number}")
    client = cast.client(priya)
    with count_queries(app) as queries:
        _page(client)
    assert len(queries) <= MOST_QUERIES, queries.statements


def app_zone(app: Flask) -> Any:
    """The zone of the deployment."""
    from zoneinfo import ZoneInfo

    return ZoneInfo(app.config["TIME_ZONE"])
