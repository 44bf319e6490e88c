"""Mails about posts to those whom they are addressed to: whoever asked hears of an answer.

The first post is told at once. What follows within a day is gathered into one mail, unless its reader wrote there
meanwhile: who talks wants to hear the other. What somebody may no longer read, or was removed before the mail, is not
told, and nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from network.core import outbox
from network.core.clock import now
from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.mail.stopping import one_press
from network.core.once import add_once
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.people.mailing import email_of
from network.people.models import Person
from network.subjects.registry import Hearing, Named, subjects
from network.threads.addresses import post_address
from network.threads.models import Post, Thread
from network.threads.showing import FORMER_MEMBER
from network.threads.telling.models import PostNotice
from network.threads.telling.stopping import is_muted, stop_address

CONSUMER = "threads.posts"
AGAIN = "posts.again"
GATHERED = timedelta(days=1)
OLD = timedelta(days=7)
"""What was written longer ago came with an import, and is no news."""
MOST_LISTED = 10


class NewPost(NamedTuple):
    """A post as its mail tells of it."""

    number: int
    by: str
    address: str


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of new posts, and of its own reminders to look again."""
    for message in messages:
        with transaction():
            _tell(message.payload["subject"], message.payload["id"])


def mark_told(thread_id: int, person_id: int) -> bool:
    """Remember that a mail told somebody of a thread's first post. False when one did already."""
    return add_once(PostNotice, thread_id=thread_id, person_id=person_id, number=1)


def _tell(name: str, row_id: int) -> None:
    subject = subjects().get(name)
    thread = db.session.scalar(select(Thread).where(Thread.subject == name, Thread.subject_id == row_id))
    if subject is None or subject.hearing is None or subject.named is None or thread is None:
        return
    for person_id in subject.hearing.people(row_id):
        viewer = viewer_of(person_id)
        found = subject.named([row_id], viewer).get(row_id) if viewer.signed_in else None
        if found is not None and not is_muted(person_id):
            _tell_person(thread, person_id, found, subject.hearing)


def _tell_person(thread: Thread, person_id: int, about: Named, hearing: Hearing) -> None:
    add_once(PostNotice, thread_id=thread.id, person_id=person_id, number=0)
    key = (thread.id, person_id)
    notice = db.session.get_one(PostNotice, key, with_for_update=True, populate_existing=True)
    own = select(func.max(Post.number)).where(Post.thread_id == thread.id, Post.author_id == person_id)
    wrote_last = db.session.scalar(own) or 0
    posts = _new(thread.id, person_id, max(notice.number, wrote_last), about.address)
    if not posts or (notice.number > wrote_last and _is_put_off(notice, thread)):
        return
    notice.number, notice.told_at, notice.again_at = posts[-1].number, now(), None
    _mail(person_id, about, hearing, posts)


def _is_put_off(notice: PostNotice, thread: Thread) -> bool:
    """Is it too soon to write again? Then it is looked at once more when it no longer is."""
    moment = now()
    due = notice.told_at + GATHERED if notice.told_at else moment
    if due <= moment:
        return False
    if notice.again_at is None:
        notice.again_at = due
        outbox.add(CONSUMER, AGAIN, {"subject": thread.subject, "id": thread.subject_id}, after=due - moment)
    return True


def _new(thread_id: int, person_id: int, known: int, address: str) -> list[NewPost]:
    """What others wrote after a number and can still be read, in order."""
    query = (
        select(Post.number, Person.name)
        .outerjoin(Person, Person.id == Post.author_id)
        .where(
            Post.thread_id == thread_id,
            Post.number > known,
            Post.author_id.is_distinct_from(person_id),
            Post.withdrawn_at.is_(None),
            Post.created_at > now() - OLD,
        )
        .order_by(Post.number)
    )
    rows = db.session.execute(query)
    return [NewPost(number, by or FORMER_MEMBER, absolute(post_address(address, number))) for number, by in rows]


def _mail(person_id: int, about: Named, hearing: Hearing, posts: Sequence[NewPost]) -> None:
    stop = stop_address(person_id)
    one = f"{posts[0].by} {hearing.did} “{about.title}”"
    queue_mail(
        email_of(person_id),
        one if len(posts) == 1 else f"{len(posts)} {hearing.several} “{about.title}”",
        "threads/new_posts",
        headers=one_press(stop),
        posts=[post._asdict() for post in posts[:MOST_LISTED]],
        more=len(posts[MOST_LISTED:]),
        address=absolute(about.address),
        stop=stop,
    )
