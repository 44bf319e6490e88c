"""Finding what else to read beside a guide, and keeping it in the guide's row: the page then costs next to nothing.

It is looked for as the guide's widest audience would look, so that nothing is kept in a public guide's row that only
some may read; the page asks again what its reader may read. What links here is left out: the page shows that already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update

from network.core import outbox
from network.core.clock import now
from network.core.db import db
from network.core.outbox import Message
from network.core.transaction import transaction
from network.groups.models import Group
from network.library.events import GUIDE
from network.library.linking.faults import readers_of
from network.library.linking.models import OwnLink
from network.library.linking.queries import named
from network.library.models import Guide, GuideTopic
from network.library.queries.visible import visible_to
from network.subjects.finding import similar
from network.subjects.registry import subjects
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic

CONSUMER = "library.related"
LOOK = "related.look"
LATER = timedelta(seconds=15)
"""The index follows within this, when all is well: before, it does not know what was just written."""
AFTER = timedelta(days=7)
AT_A_TIME = 100
KEPT = 6
LOOKED_AT = 10
MOST_BY_WORDS = 2
SUBJECTS = ("guide", "discussion")
LINKED, TOPIC, WORDS = "linked", "topic", "words"

Key = tuple[str, int]


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of new and changed guides: looks a little later, once the index has followed."""
    with transaction():
        for message in messages:
            if message.event != LOOK:
                outbox.add(CONSUMER, LOOK, {"id": message.payload["id"]}, after=LATER)
    for guide_id in {message.payload["id"] for message in messages if message.event == LOOK}:
        make(guide_id)


def renew_some() -> None:
    """Scheduled: the library grows, so what was found a week ago, or never looked for, is looked for again."""
    moment = now()
    stale = or_(Guide.related_at.is_(None), Guide.related_at < moment - AFTER)
    query = select(Guide.id).where(Guide.state == "published", stale).order_by(Guide.related_at.nulls_first(), Guide.id)
    for guide_id in db.session.scalars(query.limit(AT_A_TIME)).all():
        make(guide_id)


def make(guide_id: int) -> None:
    """Look for what else to read beside a guide, and keep it."""
    found = _found(guide_id)
    db.session.rollback()
    if found is not None:
        with transaction() as session:
            session.execute(update(Guide).where(Guide.id == guide_id).values(related=found, related_at=now()))


def _found(guide_id: int) -> list[Any] | None:
    """Lists of subject, id, reason and the topic's name; the best first."""
    guide = db.session.execute(
        select(Guide.title, Guide.group_id, Group.openness)
        .outerjoin(Group, Group.id == Guide.group_id)
        .where(Guide.id == guide_id, Guide.state == "published")
    ).one_or_none()
    if guide is None:
        return None
    readers = readers_of(guide.group_id, guide.openness)
    filed = db.session.execute(
        select(Topic.slug, Topic.name)
        .join(GuideTopic, GuideTopic.topic_id == Topic.id)
        .where(GuideTopic.guide_id == guide_id)
    )
    topics = {row.slug: row.name for row in filed}
    linked, linking = _linked(guide_id), _linking(guide_id)
    alike = _alike(guide.title, readers)
    wanted = dict.fromkeys([*alike, *linked, *_same_topic(guide_id, readers)])
    keys = [key for key in _readable(wanted, readers) if key != (GUIDE, guide_id) and key not in linking]
    names = _shared_topics(keys, topics)
    reasons = {key: (LINKED, "") if key in linked else (TOPIC, names[key]) if key in names else None for key in keys}
    # Words alone say little: a few of those come last.
    sure, words = [key for key in keys if reasons[key]], [key for key in keys if not reasons[key]]
    return [[*key, *(reasons[key] or (WORDS, ""))] for key in [*sure[: KEPT - MOST_BY_WORDS], *words[:MOST_BY_WORDS]]]


def _alike(text: str, readers: Viewer) -> list[Key]:
    """By their words: guides and discussions in turns."""
    found = {name: [(name, card.id) for card in similar(text, [name], readers, LOOKED_AT)] for name in SUBJECTS}
    guides, discussions = found["guide"], found["discussion"]
    turns = [guides[1:2], discussions[:1], guides[2:3], guides[3:4], discussions[1:2], guides[4:]]
    return guides[:1] + [key for turn in turns for key in turn]


def _linked(guide_id: int) -> list[Key]:
    query = select(OwnLink.subject, OwnLink.row_id).where(
        OwnLink.source == GUIDE, OwnLink.source_id == guide_id, OwnLink.place == 0, OwnLink.subject.in_(SUBJECTS)
    )
    return [(name, row_id) for name, row_id in db.session.execute(query) if row_id is not None]


def _linking(guide_id: int) -> set[Key]:
    query = select(OwnLink.source, OwnLink.source_id).where(OwnLink.subject == GUIDE, OwnLink.row_id == guide_id)
    return {(name, row_id) for name, row_id in db.session.execute(query)}


def _same_topic(guide_id: int, readers: Viewer) -> list[Key]:
    """For when search is away or finds little: guides under the same topics, those in use first."""
    mine = select(GuideTopic.topic_id).where(GuideTopic.guide_id == guide_id)
    query = (
        select(Guide.id)
        .where(Guide.id.in_(select(GuideTopic.guide_id).where(GuideTopic.topic_id.in_(mine))), visible_to(readers))
        .order_by(Guide.use_count.desc(), Guide.published_at.desc())
        .limit(KEPT)
    )
    return [(GUIDE, row_id) for row_id in db.session.scalars(query)]


def _readable(keys: Iterable[Key], readers: Viewer) -> list[Key]:
    """Those that the guide's audience may read, without guides that another has replaced."""
    keys = list(keys)
    known = {
        (name, row_id)
        for name in SUBJECTS
        for row_id in named(name, [row_id for of, row_id in keys if of == name], readers)
    }
    guides = [row_id for name, row_id in keys if name == GUIDE]
    replaced = select(Guide.id).where(Guide.id.in_(guides), Guide.superseded_by_id.is_not(None))
    return [key for key in keys if key in known - {(GUIDE, row_id) for row_id in db.session.scalars(replaced)}]


def _shared_topics(keys: Sequence[Key], topics: dict[str, str]) -> dict[Key, str]:
    """The name of a topic that each has in common with the guide, for those that have one."""
    shared: dict[Key, str] = {}
    for name in SUBJECTS:
        topics_of = subjects()[name].topics
        filed = topics_of([row_id for of, row_id in keys if of == name]) if topics_of is not None else {}
        for row_id, slugs in filed.items():
            common = [topics[slug] for slug in slugs if slug in topics]
            if common:
                shared[name, row_id] = common[0]
    return shared
