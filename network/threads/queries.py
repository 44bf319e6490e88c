"""Reading posts: a page of a thread is one query, with everything that is shown of its people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from network.core.clock import now
from network.core.db import db
from network.core.prepared import Prepared
from network.organisations.models import Organisation
from network.people.models import Person
from network.threads.addresses import PER_PAGE
from network.threads.models import Post, PostVersion, Thread

_Hider = aliased(Person)
SAME_WITHIN = timedelta(minutes=10)
"""So long the same words of the same person are the same post."""


class PostRow(NamedTuple):
    """A post as a page shows it. Person and organisation are None for those who left."""

    id: int
    number: int
    author_id: int | None
    name: str | None
    handle: str | None
    photo: str | None
    job_title: str | None
    organisation: str | None
    organisation_id: int | None
    html: str
    created_at: datetime
    edited_at: datetime | None
    version: int
    withdrawn_at: datetime | None
    withdrawn_by: int | None
    withdrawn_by_name: str | None
    withdrawn_reason: str


class WrittenPost(NamedTuple):
    """A post with its source, for editing, quoting and its history."""

    row: PostRow
    body: str


class Version(NamedTuple):
    """One state of a post, newest being what it says now."""

    number: int
    body: str
    html: str
    written_at: datetime


@dataclass(frozen=True)
class PostsPage:
    """Posts of one page in order. `pinned` is the one that was asked for beside them."""

    posts: Sequence[PostRow]
    number: int
    total: int
    pinned: PostRow | None = None

    @property
    def pages(self) -> int:
        """How many pages the thread has; an empty one has one."""
        return max(1, -(-self.total // PER_PAGE))


_COLUMNS = (
    Post.id,
    Post.number,
    Post.author_id,
    Person.name,
    Person.handle,
    Person.photo,
    Person.job_title,
    Organisation.name,
    Post.organisation_id,
    Post.html,
    Post.created_at,
    Post.edited_at,
    Post.version,
    Post.withdrawn_at,
    Post.withdrawn_by,
    _Hider.name,
    Post.withdrawn_reason,
)


def _with_people(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Post)
        .outerjoin(Person, Person.id == Post.author_id)
        .outerjoin(Organisation, Organisation.id == Post.organisation_id)
        .outerjoin(_Hider, _Hider.id == Post.withdrawn_by)
    )


# Built once: putting these statements together costs more than running them.
_PAGE = Prepared(
    _with_people(select(*_COLUMNS, Thread.next_number))
    .join(Thread, Thread.id == Post.thread_id)
    .where(
        Post.thread_id == bindparam("thread_id"),
        or_(
            and_(Post.number > bindparam("after"), Post.number <= bindparam("last")),
            Post.id == bindparam("pinned"),
        ),
    )
    .order_by(Post.number)
)
_ONE = Prepared(
    _with_people(select(*_COLUMNS, Post.body)).where(
        Post.thread_id == bindparam("thread_id"), Post.number == bindparam("number")
    )
)


def posts_page(thread_id: int, page: int, pinned: int | None = None) -> PostsPage | None:
    """The posts of a page from 1, and beside them the one with the id `pinned`. None past the last page."""
    after = (page - 1) * PER_PAGE
    found = _PAGE.rows(thread_id=thread_id, after=after, last=after + PER_PAGE, pinned=pinned)
    rows = [PostRow(*row[:-1]) for row in found]
    here = [row for row in rows if after < row.number <= after + PER_PAGE]
    if not here and page > 1:
        return None
    total = found[0][-1] - 1 if found else 0
    return PostsPage(here, page, total, next((row for row in rows if row.id == pinned), None))


def single_post(thread_id: int, number: int) -> WrittenPost | None:
    """One post of a thread by its number, withdrawn ones too."""
    row = _ONE.first(thread_id=thread_id, number=number)
    return WrittenPost(PostRow(*row[:-1]), row[-1]) if row else None


def just_said(thread_id: int | None, author_id: int | None, body: str) -> int | None:
    """The number of the post in which somebody said this here, word for word, minutes ago. A browser's Back brings a
    page that was sent once more, with a new key and the old words.
    """
    query = select(Post.number).where(
        Post.thread_id == thread_id,
        Post.author_id == author_id,
        Post.body == body,
        Post.created_at > now() - SAME_WITHIN,
        Post.withdrawn_at.is_(None),
    )
    return db.session.scalar(query.order_by(Post.number.desc()).limit(1))


def left_by_their_authors(thread_id: int, numbers: Collection[int]) -> frozenset[int]:
    """Which of these posts of a thread were written by people who left since."""
    query = (
        select(Post.number)
        .outerjoin(Person, Person.id == Post.author_id)
        .where(Post.thread_id == thread_id, Post.number.in_(numbers), Person.account_id.is_(None))
    )
    return frozenset(db.session.scalars(query))


def post_history(post_id: int) -> list[Version]:
    """Every state of a post, the newest first."""
    old = db.session.execute(
        select(PostVersion.version, PostVersion.body, PostVersion.html, PostVersion.written_at)
        .where(PostVersion.post_id == post_id)
        .order_by(PostVersion.version.desc())
    ).all()
    written_at = func.coalesce(Post.edited_at, Post.created_at, type_=Post.created_at.type)
    current = db.session.execute(select(Post.version, Post.body, Post.html, written_at).where(Post.id == post_id)).one()
    return [Version(*row) for row in (current, *old)]


class StandingPost(NamedTuple):
    """A post that was not withdrawn, with who wrote it; None for those who left."""

    thread_id: int
    id: int
    number: int
    html: str
    author_id: int | None
    author: str | None


def standing_posts(thread_ids: Sequence[int]) -> list[StandingPost]:
    """The posts that stand in these threads, in order, for the search index and its results."""
    query = (
        select(Post.thread_id, Post.id, Post.number, Post.html, Post.author_id, Person.name)
        .outerjoin(Person, Person.id == Post.author_id)
        .where(Post.thread_id.in_(thread_ids), Post.withdrawn_at.is_(None))
        .order_by(Post.thread_id, Post.number)
    )
    return [StandingPost._make(row) for row in db.session.execute(query)]


def participants(thread_id: int) -> tuple[int, int]:
    """How many people and how many organisations wrote what still stands in a thread."""
    people, organisations = db.session.execute(
        select(func.count(Post.author_id.distinct()), func.count(Post.organisation_id.distinct())).where(
            Post.thread_id == thread_id, Post.withdrawn_at.is_(None)
        )
    ).one()
    return people, organisations
