"""A small network for the front pages: a shelf of guides, groups and their threads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import update

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.discussions.actions import starting
from network.discussions.actions.accepting import accept
from network.discussions.actions.replying import reply_as
from network.discussions.models import Discussion
from network.people.models import PersonSkill
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


class Town(Shelf):
    """Guides from the shelf, and threads."""

    def thread(self, group_id: int, person: int, title: str, kind: str = "question", **given: Any) -> int:
        """A thread; its id."""
        with self.app.app_context(), transaction():
            return starting.start_as(
                viewer=self.viewer(person),
                group_id=group_id,
                kind=kind,
                title=title,
                body="Please tell",
                html="<p>Please tell</p>",
                **given,
            ).id

    def reply(self, thread: int, person: int) -> int:
        """A reply; the post's id."""
        viewer = self.viewer(person)
        with self.app.app_context(), transaction():
            return reply_as(viewer=viewer, discussion_id=thread, body="Yes", html="<p>Yes</p>").id

    def answer(self, thread: int, person: int, by: int, at: datetime | None = None) -> None:
        """A reply that is accepted."""
        post = self.reply(thread, person)
        with self.app.app_context(), transaction():
            accept(discussion_id=thread, post_id=post, by_id=by, at=at or now())

    def can_help(self, person: int, topic_id: int, word: str = "Open data") -> None:
        """Put a topic on somebody's profile."""
        with self.app.app_context(), transaction():
            db.session.add(PersonSkill(person_id=person, kind="help", topic_id=topic_id, word=word))

    def move(self, thread: int, at: datetime) -> None:
        """Pretend that the last post of a thread was written then."""
        with self.app.app_context(), transaction():
            db.session.execute(update(Discussion).where(Discussion.id == thread).values(last_post_at=at))


@pytest.fixture
def town(cast: Cast) -> Town:
    """Guides and threads in one application."""
    return Town(cast)
