"""Keeping the tables of links true to the texts: the worker follows what is written, and goes over everything nightly.

Reading a text again gives what is kept already, so that a message may come twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, select, update

from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.groups.models import Group
from network.library.collections.models import CollectionItem
from network.library.events import GUIDE
from network.library.linking.faults import AT_ONCE, recount_faults
from network.library.linking.models import OwnLink
from network.library.linking.reading import links_in, target_of
from network.library.models import Guide
from network.library.outside.keeping import keep_outside, words_of_outside
from network.library.outside.keeping import kept as kept_outside
from network.subjects.registry import AudienceChanged
from network.threads.models import Post, Thread

DISCUSSION = "discussion"
CONSUMER = "library.links"
BATCH = 50
AT_A_TIME = 100
ENDS = frozenset(("guide.published", "guide.imported", "guide.withdrawn", "guide.restored", "discussion.withdrawn"))
"""Events after which links to a row lead somewhere, or no longer do."""
TEXTS = ENDS | {"guide.changed", "discussion.started", "post.added", "post.edited", "post.withdrawn"}
"""Events after which a row has other texts, or other readers. After no other are they read again."""


class Place(NamedTuple):
    """A text: the row it belongs to, and the number of the post in it; 0 for a guide's own."""

    source: str
    source_id: int
    place: int


Row = tuple[str, int]
Texts = dict[Place, str]
Links = dict[tuple[Place, str], tuple[str, str, int | None]]
"""The words of each link, the subject that it leads to and the row of it, by where it stands and its path."""


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of all that is written."""
    rows: dict[Row, set[int] | None] = {}
    groups, ends = set(), set()
    for message in messages:
        if message.event == AudienceChanged.name:
            groups.add(message.payload["group_id"])
        elif message.payload["subject"] in (GUIDE, DISCUSSION) and message.event in TEXTS:
            row = (message.payload["subject"], message.payload["id"])
            number = message.payload.get("number")
            ends |= {row} if message.event in ENDS else set()
            numbers = rows.setdefault(row, set() if number else None)
            if numbers is not None:
                rows[row] = numbers | {number} if number else None
    for row, places in rows.items():
        keep(row, places)
    changed = {row_id for (name, row_id), places in rows.items() if name == GUIDE and places is None}
    _find_again(row_id for name, row_id in ends if name == GUIDE)
    recount_faults(changed | linking_to(ends) | _about_groups(groups))


def keep(row: Row, places: set[int] | None = None) -> None:
    """Read the texts of a row again, all of them or the posts with these numbers, and keep their links.

    Most of the time they are kept already: then nobody has to wait for anything to be written.
    """
    links = {place: links_in(html) for place, html in _texts(row, places).items()}
    targets = {path: target_of(path) for read in links.values() for path in read.own}
    found = {
        (place, path): (words, *targets[path]) for place, read in links.items() for path, words in read.own.items()
    }
    outside = None
    if row[0] == GUIDE and places is None:
        own = links.get(Place(*row, 0))
        outside = kept_outside(own.outside if own else {})
    same = found == _kept(row, places) and (outside is None or outside == words_of_outside(row[1]))
    db.session.rollback()
    if not same:
        with transaction():
            _write(row, places, found)
            if outside is not None:
                keep_outside(row[1], outside)


def _kept(row: Row, places: set[int] | None) -> Links:
    rows = db.session.scalars(select(OwnLink).where(*_of(row, places)))
    return {
        (Place(one.source, one.source_id, one.place), one.path): (one.words, one.subject, one.row_id) for one in rows
    }


def _write(row: Row, places: set[int] | None, found: Links) -> None:
    touched = set(db.session.scalars(select(OwnLink.row_id).where(*_of(row, places), OwnLink.subject == GUIDE)))
    db.session.execute(delete(OwnLink).where(*_of(row, places)))
    for (place, path), (words, subject, row_id) in found.items():
        db.session.add(OwnLink(**place._asdict(), path=path, words=words, subject=subject, row_id=row_id))
        touched |= {row_id} if subject == GUIDE else set()
    db.session.flush()
    count_links(guide_id for guide_id in touched if guide_id is not None)


def _of(row: Row, places: set[int] | None) -> list[ColumnElement[bool]]:
    """The links of a row's texts, or of these of its posts."""
    whole = [OwnLink.source == row[0], OwnLink.source_id == row[1]]
    return whole if places is None else [*whole, OwnLink.place.in_(places)]


def _find_again(guide_ids: Iterable[int]) -> None:
    """Links that were written before their guide was there lead to it from now on."""
    for guide_id in guide_ids:
        slug = db.session.scalar(select(Guide.slug).where(Guide.id == guide_id))
        lost = (OwnLink.subject == "", OwnLink.row_id.is_(None), OwnLink.path == f"/library/{slug}")
        waiting = db.session.scalar(select(OwnLink.id).where(*lost).limit(1))
        db.session.rollback()
        if waiting is not None:
            with transaction() as session:
                session.execute(update(OwnLink).where(*lost).values(subject=GUIDE, row_id=guide_id))
                count_links([guide_id])


def count_links(guide_ids: Iterable[int]) -> None:
    """Count anew what links to these guides: texts other than their own, and collections. In the open transaction."""
    ids = sorted(set(guide_ids))
    own = (OwnLink.source == GUIDE) & (OwnLink.source_id == Guide.id)
    texts = (
        select(func.count()).select_from(OwnLink).where(OwnLink.subject == GUIDE, OwnLink.row_id == Guide.id, ~own)
    ).scalar_subquery()
    lists = (
        select(func.count())
        .select_from(CollectionItem)
        .where(CollectionItem.subject == GUIDE, CollectionItem.subject_id == Guide.id)
    ).scalar_subquery()
    for start in range(0, len(ids), AT_ONCE):
        db.session.execute(
            update(Guide)
            .where(Guide.id.in_(ids[start : start + AT_ONCE]))
            .values(link_count=texts + lists)
            .execution_options(synchronize_session=False)
        )


def go_over_everything() -> None:
    """Scheduled: all texts once more, against whatever was missed, and for links that broke by themselves."""
    for model, name in ((Guide, GUIDE), (Thread, DISCUSSION)):
        last: int | None = 0
        while last is not None:
            last = _some(model, name, last)


def _some(model: type[Guide] | type[Thread], name: str, after: int) -> int | None:
    query = select(model.id).where(model.id > after).order_by(model.id).limit(AT_A_TIME)
    row_ids = query if model is Guide else query.where(Thread.subject == DISCUSSION)
    ids = list(db.session.scalars(row_ids))
    if not ids:
        return None
    kept = ids if model is Guide else db.session.scalars(select(Thread.subject_id).where(Thread.id.in_(ids))).all()
    for row_id in kept:
        keep((name, row_id))
    if model is Guide:
        recount_faults(ids)
    return ids[-1]


def _texts(row: Row, places: set[int] | None) -> Texts:
    """The markup of what stands: a published guide, posts that were not withdrawn."""
    name, row_id = row
    texts: Texts = {}
    if name == GUIDE and places is None:
        html = db.session.scalar(select(Guide.html).where(Guide.id == row_id, Guide.state == "published"))
        texts |= {Place(GUIDE, row_id, 0): html} if html else {}
    posts = (
        select(Post.number, Post.html)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Thread.subject == name, Thread.subject_id == row_id, Post.withdrawn_at.is_(None))
    )
    if places is not None:
        posts = posts.where(Post.number.in_(places))
    return texts | {Place(name, row_id, number): html for number, html in db.session.execute(posts)}


def linking_to(rows: Iterable[Row]) -> set[int]:
    """The guides whose own text links to any of these rows."""
    found: set[int] = set()
    for name, row_id in rows:
        query = select(OwnLink.source_id).where(OwnLink.subject == name, OwnLink.row_id == row_id)
        found |= set(db.session.scalars(query.where(OwnLink.source == GUIDE, OwnLink.place == 0)))
    return found


def _about_groups(group_ids: Iterable[int]) -> set[int]:
    """The guides that belong to these groups or link into them: what their readers may read has changed."""
    found: set[int] = set()
    for group_id in group_ids:
        inside = select(Guide.id).where(Guide.group_id == group_id)
        slug = db.session.scalar(select(Group.slug).where(Group.id == group_id))
        linking = select(OwnLink.source_id).where(OwnLink.source == GUIDE, OwnLink.place == 0)
        found |= set(db.session.scalars(inside))
        found |= set(db.session.scalars(linking.where(OwnLink.subject == GUIDE, OwnLink.row_id.in_(inside))))
        found |= set(db.session.scalars(linking.where(OwnLink.path.startswith(f"/groups/{slug}/"))))
    return found
