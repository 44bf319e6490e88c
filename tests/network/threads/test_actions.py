"""Posts keep their numbers, their old words and their markers."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from network.audit.models import AuditEntry
from network.core.db import db
from network.core.transaction import transaction
from network.subjects.rules import NotAllowed
from network.threads.actions import EditedMeanwhile, add_post, edit_post, start_thread, withdraw_post
from network.threads.models import Post, Thread
from network.threads.queries import post_history, posts_page
from tests.support.cast import Cast


@pytest.fixture
def author(cast: Cast) -> int:
    return cast.person("Ann Evans")


@pytest.fixture
def thread(app: Flask, author: int) -> int:
    with app.app_context(), transaction():
        return start_thread(subject="discussion", subject_id=1).id


def write(thread_id: int, author_id: int, body: str = "words") -> int:
    """A post in a transaction of its own; returns its id."""
    with transaction():
        return add_post(
            thread_id=thread_id, author_id=author_id, organisation_id=None, body=body, html=f"<p>{body}</p>"
        ).id


def test_numbers_are_not_used_again(app: Flask, cast: Cast, thread: int, author: int) -> None:
    with app.app_context():
        first, second = write(thread, author), write(thread, author)
        with transaction():
            withdraw_post(post_id=second, viewer=cast.viewer(author), keeps_order=False, reason="")
        third = write(thread, author)
        assert [db.session.get_one(Post, post).number for post in (first, second, third)] == [1, 2, 3]
        row = db.session.get_one(Thread, thread)
        assert (row.post_count, row.next_number) == (2, 4)


def test_an_edit_keeps_what_it_said_before(app: Flask, cast: Cast, thread: int, author: int) -> None:
    with app.app_context():
        post = write(thread, author, "first")
        for version, body in ((1, "second"), (2, "third")):
            with transaction():
                edit_post(post_id=post, viewer=cast.viewer(author), version=version, body=body, html=f"<p>{body}</p>")
        assert [(state.number, state.body) for state in post_history(post)] == [
            (3, "third"),
            (2, "second"),
            (1, "first"),
        ]


def test_an_edit_that_changes_nothing_makes_no_version(app: Flask, cast: Cast, thread: int, author: int) -> None:
    with app.app_context():
        post = write(thread, author, "same")
        with transaction():
            edit_post(post_id=post, viewer=cast.viewer(author), version=1, body="same", html="<p>same</p>")
        assert len(post_history(post)) == 1
        assert db.session.get_one(Post, post).edited_at is None


def test_an_edit_of_older_words_is_refused_and_loses_nothing(app: Flask, cast: Cast, thread: int, author: int) -> None:
    with app.app_context():
        post, viewer = write(thread, author, "first"), cast.viewer(author)
        with transaction():
            edit_post(post_id=post, viewer=viewer, version=1, body="mine", html="<p>mine</p>")
        with pytest.raises(EditedMeanwhile) as other, transaction():
            edit_post(post_id=post, viewer=viewer, version=1, body="late", html="<p>late</p>")
        assert (other.value.body, other.value.version) == ("mine", 2)
        assert db.session.get_one(Post, post).body == "mine"


def test_only_the_author_edits(app: Flask, cast: Cast, thread: int, author: int) -> None:
    other = cast.viewer(cast.person("Ben Price", role="administrator"))
    with app.app_context():
        post = write(thread, author)
        with pytest.raises(NotAllowed), transaction():
            edit_post(post_id=post, viewer=other, version=1, body="x", html="x")


def test_hiding_needs_a_reason_and_is_logged(app: Flask, cast: Cast, thread: int, author: int) -> None:
    keeper = cast.viewer(cast.person("Ben Price", role="moderator"))
    with app.app_context():
        post = write(thread, author)
        with pytest.raises(NotAllowed), transaction():
            withdraw_post(post_id=post, viewer=keeper, keeps_order=True, reason="")
        with transaction():
            withdraw_post(post_id=post, viewer=keeper, keeps_order=True, reason="Names a family")
        row = db.session.get_one(Post, post)
        assert (row.withdrawn_by, row.withdrawn_reason) == (keeper.person_id, "Names a family")
        acts = db.session.scalars(select(AuditEntry.act).where(AuditEntry.actor_id == keeper.person_id)).all()
        assert acts == ["post.hide"]


def test_a_page_holds_thirty_and_the_pinned_one(app: Flask, thread: int, author: int) -> None:
    with app.app_context():
        posts = [write(thread, author) for _ in range(65)]
        second = posts_page(thread, 2, pinned=posts[0])
        assert second is not None
        assert [row.number for row in second.posts] == list(range(31, 61))
        assert (second.pages, second.total) == (3, 65)
        assert second.pinned is not None
        assert second.pinned.number == 1
        assert posts_page(thread, 4) is None
