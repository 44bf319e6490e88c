"""What the index is told, and the counters that follow."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.discussions.subject import LARGEST, SUBJECT
from network.groups.actions import close_group
from network.people.models import Person
from network.subjects.viewer import VISITOR
from tests.network.discussions.talk import Started, Talk, send
from tests.support.cast import Cast


def entry(app: Flask, started: Started) -> Any:
    """The discussion's entry, or None."""
    with app.app_context():
        return next(iter(SUBJECT.entries([started.id])), None)


def test_one_document_holds_all_posts_with_the_answer_first(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    topic = cast.topic("damp")
    asked = talk.start(group, ann, body="The question", topic_ids=[topic], tags=["mould"])
    talk.reply(asked, ben, "First try")
    talk.reply(asked, ben, "The **answer**")
    talk.accept(asked, 3, ann)
    found = entry(app, asked)
    assert found.body.split("\n")[:3] == ["The answer", "The question", "First try"]
    assert found.facets == {
        "kind": ("question",),
        "topic": ("damp",),
        "group": ("planning",),
        "organisation": (),
        "answered": ("yes",),
        "language": ("en",),
        "author": (str(ann), str(ben)),
    }
    assert found.tab == "question"
    assert (found.audience, found.tags) == ("public", ("mould",))


def test_a_long_thread_is_cut(app: Flask, talk: Talk, ann: int, group: int) -> None:
    asked = talk.start(group, ann, body="word " * 9_000)
    assert len(entry(app, asked).body) == LARGEST


def test_every_change_makes_a_new_revision(app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    seen = [talk.row(asked).revision]
    steps = [
        lambda: talk.reply(asked, ben),
        lambda: send(cast.client(ben), f"{asked.address}/posts/2/edit", body="other"),
        lambda: talk.accept(asked, 2, ann),
        lambda: send(cast.client(ann), f"{asked.address}/edit", title="How do you do it?", topics="x"),
        lambda: send(cast.client(ben), f"{asked.address}/posts/2/withdraw", reason=""),
    ]
    for step in steps:
        step()
        seen.append(talk.row(asked).revision)
    assert seen == sorted(set(seen))


def test_withdrawn_words_and_discussions_leave_the_index(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann, body="stays")
    talk.reply(asked, ben, "goes")
    send(cast.client(ben), f"{asked.address}/posts/2/withdraw", reason="")
    assert "goes" not in entry(app, asked).body
    send(cast.client(ann), f"{asked.address}/posts/1/withdraw", reason="")
    assert entry(app, asked) is None
    with app.app_context():
        assert asked.id not in SUBJECT.revisions()
        assert SUBJECT.cards([asked.id], VISITOR) == {}
        assert asked.id in SUBJECT.in_group(group)


def test_accepted_answers_are_counted_while_everybody_may_read_them(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int
) -> None:
    group = cast.group("housing", facilitators=(ann,), members=(ben,))
    asked = talk.start(group, ann)
    talk.reply(asked, ben)

    def counted() -> int:
        drain(app)
        with app.app_context():
            return db.session.get_one(Person, ben).accepted_count

    talk.accept(asked, 2, ann)
    assert counted() == 1
    talk.accept(asked, 2, ann)
    assert counted() == 1
    with app.app_context(), transaction():
        close_group(group_id=group, viewer=cast.viewer(ann), reason="Families")
    assert counted() == 0


def test_times_of_what_is_loaded_are_kept(app: Flask, talk: Talk, ann: int, ben: int, group: int) -> None:
    then, later = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)
    asked = talk.start(group, ann, at=then)
    talk.reply(asked, ben, at=later)
    row = talk.row(asked)
    assert (row.created_at, row.last_post_at) == (then, later)
    assert [post.created_at for post in talk.posts(asked)] == [then, later]
