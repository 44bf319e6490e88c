"""How many accepted answers somebody has, for their profile. Kept by the worker, counted anew each time.

Only questions that everybody may read count, because the number is shown to everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select, update

from network.core.db import db
from network.core.events import Consumer
from network.core.outbox import Message
from network.core.transaction import transaction
from network.discussions.events import AnswerAccepted, AnswerUnaccepted, DiscussionWithdrawn
from network.discussions.models import Discussion
from network.people.models import Person
from network.subjects.registry import AudienceChanged
from network.subjects.visibility import in_public_group
from network.threads.models import Post


def follow(messages: Sequence[Message]) -> None:
    """Count for everybody whom these events touch."""
    people: set[int] = set()
    for message in messages:
        people.update(_people(message))
    for person_id in sorted(people):
        with transaction() as session:
            session.execute(
                update(Person).where(Person.id == person_id).values(accepted_count=accepted_count(person_id))
            )


def accepted_count(person_id: int) -> int:
    """Public questions whose accepted answer they wrote."""
    query = (
        select(func.count())
        .select_from(Post)
        .join(Discussion, Discussion.accepted_post_id == Post.id)
        .where(Post.author_id == person_id, Discussion.withdrawn_at.is_(None), in_public_group(Discussion.group_id))
    )
    return db.session.scalar(query) or 0


def _people(message: Message) -> Iterable[int]:
    payload = message.payload
    if message.event == AudienceChanged.name:
        return _answerers(Discussion.group_id == payload["group_id"])
    if message.event == DiscussionWithdrawn.name:
        return _answerers(Discussion.id == payload["id"])
    return [person for key in ("author_id", "former_author_id") if (person := payload.get(key))]


def _answerers(condition: ColumnElement[bool]) -> Iterable[int]:
    query = select(Post.author_id).distinct().join(Discussion, Discussion.accepted_post_id == Post.id)
    return [person for person in db.session.scalars(query.where(condition)) if person]


CONSUMER = Consumer(
    "accepted-answers", follow, on=(AnswerAccepted, AnswerUnaccepted, DiscussionWithdrawn, AudienceChanged), batch=50
)
