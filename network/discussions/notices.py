"""The mail to whom a question asks by name: once, and only while they may read it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from network.core.clock import now
from network.core.db import db
from network.core.events import Consumer
from network.core.mail.message import queue_mail
from network.core.mail.stopping import one_press
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.addresses import absolute
from network.discussions.events import DiscussionStarted
from network.discussions.models import Discussion
from network.discussions.subject.cards import named
from network.groups.viewers import viewer_of
from network.people.mailing import email_of
from network.people.models import Person
from network.threads.showing import FORMER_MEMBER
from network.threads.telling.notices import OLD, mark_told
from network.threads.telling.stopping import is_muted, stop_address


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of new discussions."""
    for message in messages:
        if message.payload["asked_person_id"] is not None:
            with transaction():
                _ask(message.payload["id"])


def _ask(discussion_id: int) -> None:
    query = select(Discussion.asked_person_id, Discussion.thread_id, Person.name)
    query = query.outerjoin(Person, Person.id == Discussion.author_id)
    query = query.where(Discussion.id == discussion_id, Discussion.created_at > now() - OLD)
    person_id, thread_id, by = db.session.execute(query).one_or_none() or (None, None, None)
    if person_id is None or thread_id is None:
        return
    viewer = viewer_of(person_id)
    found = named([discussion_id], viewer).get(discussion_id) if viewer.signed_in else None
    if found is None or is_muted(person_id) or not mark_told(thread_id, person_id):
        return
    by, stop = by or FORMER_MEMBER, stop_address(person_id)
    queue_mail(
        email_of(person_id),
        f"{by} asks you: {found.title}",
        "discussions/asked",
        headers=one_press(stop),
        by=by,
        title=found.title,
        address=absolute(found.address),
        stop=stop,
    )


CONSUMER = Consumer("discussions.asked", follow, on=(DiscussionStarted,), batch=20)
