"""What the template writes without escaping is escaped before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from network.core.web.templating import when
from network.subjects.viewer import VISITOR
from network.threads.queries import PostRow
from network.threads.showing import shown, start_words

NASTY = '"><script>pwned()</script>'
MOMENT = datetime(2026, 11, 3, 9, 12, tzinfo=UTC)


def row(**changes: object) -> PostRow:
    """A post whose every text tries to be markup."""
    given = {
        "id": 1,
        "number": 2,
        "author_id": 7,
        "name": NASTY,
        "handle": NASTY,
        "photo": None,
        "job_title": NASTY,
        "organisation": NASTY,
        "organisation_id": 1,
        "html": "<p>fine</p>",
        "created_at": MOMENT,
        "edited_at": None,
        "version": 1,
        "withdrawn_at": None,
        "withdrawn_by": None,
        "withdrawn_by_name": NASTY,
        "withdrawn_reason": NASTY,
        **changes,
    }
    return PostRow(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize("changes", [{}, {"withdrawn_at": MOMENT, "withdrawn_by": 7}, {"withdrawn_at": MOMENT}])
def test_typed_texts_come_escaped(app: Flask, changes: dict[str, object]) -> None:
    with app.test_request_context():
        (post,) = shown([row(**changes)], VISITOR, keeps_order=False)
    texts = [post.name, post.handle, post.initials, post.sub, post.gone]
    assert not any("<script>" in text or '"' in text for text in texts)


def test_a_withdrawn_post_carries_none_of_its_words(app: Flask) -> None:
    with app.test_request_context():
        (own,) = shown([row(name="Ann", withdrawn_at=MOMENT, withdrawn_by=7)], VISITOR, keeps_order=False)
        (hid,) = shown(
            [row(withdrawn_at=MOMENT, withdrawn_by=8, withdrawn_by_name="Ben", withdrawn_reason="Off topic")],
            VISITOR,
            keeps_order=False,
        )
    assert own.html == hid.html == ""
    assert own.gone.startswith("Ann withdrew this on 3 November 2026.")
    assert hid.gone == "Hidden on 3 November 2026 by Ben. Reason: Off topic"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 20, 9, 12), "Today at 9:12am"),
        (datetime(2026, 11, 19, 14, 0), "Yesterday at 2pm"),
        (datetime(2026, 11, 16, 8, 50), "Monday at 8:50am"),
        (datetime(2026, 11, 13, 8, 50), "13 November 2026"),
        (datetime(2026, 11, 21, 8, 50), "21 November 2026"),
    ],
)
def test_times_are_relative_for_a_week(moment: datetime, words: str) -> None:
    assert start_words(moment, date(2026, 11, 20)) == words


def test_within_a_sentence_the_same_words_begin_small(app: Flask) -> None:
    with time_machine.travel(MOMENT + timedelta(hours=2)), app.test_request_context():
        assert when(MOMENT) == (
            '<time datetime="2026-11-03T09:12+00:00" title="3 November 2026 at 9:12am">today at 9:12am</time>'
        )
