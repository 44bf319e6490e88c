"""What a person asked and answered, as far as the viewer may read it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.discussions.models import Discussion
from network.discussions.queries.lists import COLUMNS, DiscussionRow, rows, visible_to
from network.groups.models import Group
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.threads.addresses import post_address
from network.threads.models import Post

LOOKED_AT = 5  # How many times more replies than questions are read, because several may be in one thread.


class Answer(NamedTuple):
    """A person's newest reply to a question."""

    question: DiscussionRow
    number: int
    accepted: bool

    @property
    def address(self) -> str:
        """Where the reply is. An accepted answer stands on the first page."""
        if self.accepted:
            return f"{self.question.address}#post-{self.number}"
        return post_address(self.question.address, self.number)


def questions_of_person(person_id: int, viewer: Viewer, limit: int = 5) -> list[DiscussionRow]:
    """What they asked, the newest first."""
    query = (
        select(*COLUMNS)
        .select_from(Discussion)
        .join(Group, Group.id == Discussion.group_id)
        .outerjoin(Person, Person.id == Discussion.author_id)
        .where(Discussion.author_id == person_id, Discussion.kind == "question", Discussion.withdrawn_at.is_(None))
        .where(visible_to(viewer))
    )
    return rows(query.order_by(Discussion.created_at.desc(), Discussion.id.desc()).limit(limit))


def answers_of_person(person_id: int, viewer: Viewer, limit: int = 5) -> list[Answer]:
    """Questions of others that they replied to, each once, the newest reply first."""
    query = (
        select(*COLUMNS, Post.number, Post.id)
        .select_from(Post)
        .join(Discussion, Discussion.thread_id == Post.thread_id)
        .join(Group, Group.id == Discussion.group_id)
        .outerjoin(Person, Person.id == Discussion.author_id)
        .where(Post.author_id == person_id, Post.withdrawn_at.is_(None), Post.number > 1)
        .where(Discussion.kind == "question", Discussion.withdrawn_at.is_(None))
        .where(Discussion.author_id.is_distinct_from(person_id), visible_to(viewer))
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(limit * LOOKED_AT)
    )
    found: dict[int, Answer] = {}
    for *columns, number, post_id in db.session.execute(query):
        question = DiscussionRow._make(columns)
        accepted = question.accepted_post_id == post_id
        if question.id not in found or accepted:
            found[question.id] = Answer(question, number, accepted)
    return list(found.values())[:limit]
