"""What threads and lists show, and what that costs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from network.core.db import db
from network.core.transaction import transaction
from network.threads.models import Post
from tests.network.discussions.talk import Talk
from tests.support.cast import Cast
from tests.support.html import parsed_page
from tests.support.pages import text_of
from tests.support.queries import count_queries


def test_posts_and_their_links_are_told_apart(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    for words in ("One way", "Another"):
        talk.reply(asked, ben, words)
    page = parsed_page(cast.client(ann).get(asked.address).text)
    assert [text_of(each) for each in page.iter("h3")] == ["Ann Evans #1", "Ben Price #2", "Ben Price #3"]
    assert "Your reply" in [text_of(each) for each in page.iter("h2")]
    links = [text_of(each) for each in page.iter("a") if each.get("href", "").startswith("#post-")]
    assert [(link[:9], link[-9:]) for link in links] == [
        ("#1 Today ", "Ann Evans"),
        ("#2 Today ", "Ben Price"),
        ("#3 Today ", "Ben Price"),
    ]
    named = [text_of(each) for each in page.iter("button")]
    assert "Reply to post #2 by Ben Price" in named
    assert "Accept this answer in post #3 by Ben Price" in named


def test_a_page_of_many_says_which_replies_it_holds_and_where_it_stands(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    for number in range(33):
        talk.reply(asked, ben, f"Reply {number}")
    first, second = (parsed_page(cast.client().get(f"{asked.address}?page={page}").text) for page in (1, 2))
    assert "Replies #2 to #30" in [text_of(each) for each in first.iter("h2")]
    assert "Replies #31 to #34" in [text_of(each) for each in second.iter("h2")]
    (trail,) = [each for each in first.iter("nav") if each.get("aria-label") == "Breadcrumb"]
    assert trail.get("class") == "govuk-breadcrumbs", "a narrow screen leaves the group out"


@pytest.mark.parametrize("address", ["/questions", "/groups/planning"])
def test_lists_hold_the_exact_time(cast: Cast, talk: Talk, ann: int, group: int, address: str) -> None:
    with time_machine.travel(datetime(2026, 11, 3, 9, 12, tzinfo=UTC), tick=False):
        talk.start(group, ann)
        page = parsed_page(cast.client().get(address).text)
    times = {(each.get("title"), text_of(each)) for each in page.iter("time")}
    assert ("3 November 2026 at 9:12am", "Today at 9:12am") in times


def test_a_profile_has_the_newest_answers_first_with_their_days(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    """Of two replies to one question the accepted one counts; what others said there later moves nothing."""
    early, late = (talk.start(group, ann, title=f"{when} question") for when in ("Early", "Late"))
    posts = [(early, talk.reply(early, ben), "2026-03-02"), (late, talk.reply(late, ben), "2026-05-04")]
    posts.append((early, talk.reply(early, ben), "2026-06-05"))
    talk.accept(early, posts[0][1], ann)
    talk.reply(early, ann)
    with app.app_context(), transaction():
        for started, number, day in posts:
            of_it = update(Post).where(Post.thread_id == started.thread_id, Post.number == number)
            db.session.execute(of_it.values(created_at=datetime.fromisoformat(f"{day}T10:00+00:00")))
    page = cast.client().get("/people/ben-price").text
    assert page.index("Late question") < page.index("Early question")
    told = [(each.get("title"), text_of(each)) for each in parsed_page(page).iter("time")]
    assert ("4 May 2026 at 11am", "Answered 4 May 2026") in told
    assert ("2 March 2026 at 10am", "Answered 2 March 2026") in told


def test_a_thread_is_few_queries_and_no_form_for_visitors(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann, tags=["one", "two"])
    for _ in range(29):
        number = talk.reply(asked, ben, "words")
    talk.accept(asked, number, ann)
    visitor, member = cast.client(), cast.client(ann)
    visitor.get(asked.address)
    with count_queries(app) as queries:
        page = visitor.get(asked.address)
    assert page.text.count("<article") == 30
    assert 'method="post"' not in page.text
    assert len(queries) <= 3, queries.statements
    with count_queries(app) as queries:
        member.get(asked.address)
    assert len(queries) <= 4, queries.statements


def test_lists_are_few_queries(app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    for number in range(25):
        talk.reply(talk.start(group, ann, title=f"Question {number}"), ben)
    visitor = cast.client()
    for path, most in (("/questions", 2), ("/groups/planning", 5), ("/questions?page=2", 2)):
        with count_queries(app) as queries:
            assert visitor.get(path).status_code == 200
        assert len(queries) <= most, queries.statements


def test_a_list_says_of_what_its_time_is(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    assert "Last reply" not in cast.client().get("/groups/planning").text
    talk.reply(asked, ben)
    assert "Last reply today at" in cast.client().get("/groups/planning").text


def test_a_group_in_which_nobody_said_anything_says_nothing_of_answers(cast: Cast, ann: int, group: int) -> None:
    client = cast.client(ann)
    assert "Nothing is asked or said here yet" in client.get("/groups/planning").text
    assert "accepted answer" not in client.get("/groups/planning?show=needs").text
