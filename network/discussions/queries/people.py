"""What a person asked and answered, as far as the viewer may read it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import BindParameter, Integer, bindparam, or_, select

from network.core.prepared import Prepared
from network.discussions.models import Discussion
from network.discussions.queries.lists import COLUMNS, DiscussionRow, visible_to
from network.groups.models import Group
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.threads.addresses import post_address
from network.threads.models import Post

KEPT = 500  # Queries kept ready, one for each set of groups that somebody is in.
LOOKED_AT = 3  # How many times more replies than questions are read, because several may be in one thread.


class Answer(NamedTuple):
    """A person's reply to a question: the accepted one, else their newest."""

    question: DiscussionRow
    number: int
    at: datetime
    accepted: bool

    @property
    def address(self) -> str:
        """Where the reply is. An accepted answer stands on the first page."""
        if self.accepted:
            return f"{self.question.address}#post-{self.number}"
        return post_address(self.question.address, self.number)


def questions_of_person(person_id: int, viewer: Viewer, limit: int = 5) -> list[DiscussionRow]:
    """What they asked, the newest first."""
    asked = _questions(viewer.group_ids).rows(person_id=person_id, limit=limit)
    return [DiscussionRow._make(row) for row in asked]


@lru_cache(KEPT)
def _questions(group_ids: frozenset[int]) -> Prepared:
    return Prepared(
        select(*COLUMNS)
        .select_from(Discussion)
        .join(Group, Group.id == Discussion.group_id)
        .outerjoin(Person, Person.id == Discussion.author_id)
        .where(Discussion.author_id == bindparam("person_id"), Discussion.kind == "question")
        .where(Discussion.withdrawn_at.is_(None), visible_to(Viewer(group_ids=group_ids)))
        .order_by(Discussion.created_at.desc(), Discussion.id.desc())
        .limit(bindparam("limit", type_=Integer))
    )


def answers_of_person(person_id: int, viewer: Viewer, limit: int = 5) -> list[Answer]:
    """Questions of others that they replied to, each once, the newest of these replies first."""
    found: dict[int, Answer] = {}
    replies = _replies(viewer.group_ids).rows(person_id=person_id, limit=limit * LOOKED_AT)
    for *columns, number, at, post_id in replies:
        question = DiscussionRow._make(columns)
        accepted = question.accepted_post_id == post_id
        if question.id not in found or accepted:
            found[question.id] = Answer(question, number, at, accepted)
    return sorted(found.values(), key=lambda answer: answer.at, reverse=True)[:limit]


@lru_cache(KEPT)
def _replies(group_ids: frozenset[int]) -> Prepared:
    person_id: BindParameter[int] = bindparam("person_id")
    return Prepared(
        select(*COLUMNS, Post.number, Post.created_at, Post.id)
        .select_from(Post)
        .join(Discussion, Discussion.thread_id == Post.thread_id)
        .join(Group, Group.id == Discussion.group_id)
        .outerjoin(Person, Person.id == Discussion.author_id)
        .where(Post.author_id == person_id, Post.withdrawn_at.is_(None), Post.number > 1)
        .where(Discussion.kind == "question", Discussion.withdrawn_at.is_(None))
        .where(or_(Discussion.author_id.is_(None), Discussion.author_id != person_id))
        .where(visible_to(Viewer(group_ids=group_ids)))
        .order_by(Post.created_at.desc(), Post.id.desc())
        .limit(bindparam("limit", type_=Integer))
    )
