"""Keeping the list of topics. Inside a transaction; nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from network.admin.rules import ONLY, may_administer
from network.admin.topics import refiling
from network.admin.topics.queries import topic_words
from network.audit.actions import record
from network.core.db import db
from network.core.stale import require_unchanged
from network.core.text.folding import folded
from network.core.text.slugs import free, slugify
from network.subjects.rules import require
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic, TopicAlias

TWO_LEVELS = "The list has two levels."
SUBJECT = "topic"


class WordTaken(Exception):
    """`word` is what the topic called `name` is called, or another word for it."""

    def __init__(self, word: str, name: str) -> None:
        super().__init__(word)
        self.word, self.name = word, name


class TopicGone(Exception):
    """Somebody else merged or removed the topic meanwhile."""


class StillUsed(Exception):
    """Something is filed under the topic, or stands below it."""


def add_topic(*, viewer: Viewer, name: str, about: str, parent_id: int | None, aliases: Sequence[str]) -> Topic:
    """A new topic, the last of its level. Raises WordTaken and TopicGone."""
    require(may_administer(viewer), ONLY)
    topics = _locked()
    _require_free(topics.values(), None, [name, *aliases])
    row = Topic(slug=_free_slug(name, topics.values()), name=name, about=about)
    _place(row, parent_id, topics)
    db.session.add(row)
    db.session.flush()
    _set_aliases(row, aliases)
    record("topic.add", actor_id=viewer.person_id, subject=SUBJECT, subject_id=row.id)
    return row


def change_topic(
    *, viewer: Viewer, topic_id: int, base: str, name: str, about: str, parent_id: int | None, aliases: Sequence[str]
) -> Topic:
    """Other words for a topic, or another place. Raises ChangedMeanwhile, WordTaken and TopicGone."""
    require(may_administer(viewer), ONLY)
    topics = _locked()
    row = _standing(topics, topic_id)
    require_unchanged(base, topic_words(topic_id))
    _require_free(topics.values(), row, [name, *aliases])
    was, before = row.name, (row.name, row.slug, row.parent_id)
    if name != was:
        _rename(row, name, topics.values())
    row.about = about
    if parent_id != row.parent_id:
        require(parent_id is None or not _under(topics, topic_id), TWO_LEVELS)
        _place(row, parent_id, topics)
    _set_aliases(row, aliases)
    db.session.flush()
    if before != (row.name, row.slug, row.parent_id):
        refiling.rename(topic_id, was, name)
        refiling.tell([topic_id, *(below.id for below in _under(topics, topic_id))])
    record("topic.change", actor_id=viewer.person_id, subject=SUBJECT, subject_id=topic_id)
    return row


def move_up(*, viewer: Viewer, topic_id: int) -> bool:
    """Let a topic stand one place higher on its level; False when it is the first. Raises TopicGone."""
    require(may_administer(viewer), ONLY)
    topics = _locked()
    row = _standing(topics, topic_id)
    level = _level(topics, row.parent_id)
    place = level.index(row)
    if place == 0:
        return False
    level[place - 1], level[place] = level[place], level[place - 1]
    for position, one in enumerate(level):
        one.position = position
    record("topic.move", actor_id=viewer.person_id, subject=SUBJECT, subject_id=topic_id)
    return True


def merge_topic(*, viewer: Viewer, topic_id: int, into_id: int) -> Topic:
    """Make two topics one: what is filed under the first is filed under the other, and its words lead there.

    The topics under it come with it, which only one of the first level can take. Raises TopicGone.
    """
    require(may_administer(viewer), ONLY)
    topics = _locked()
    row, into = _standing(topics, topic_id), _standing(topics, into_id)
    below = _under(topics, topic_id)
    require(row is not into and not (below and into.parent_id is not None), TWO_LEVELS)
    for one in below:
        _place(one, into_id, topics)
    refiling.move(topic_id, into_id, row.name, into.name)
    _hand_over_words(row, into)
    db.session.delete(row)
    db.session.flush()
    refiling.tell([into_id, *(one.id for one in below)])
    record("topic.merge", actor_id=viewer.person_id, subject=SUBJECT, subject_id=topic_id, into=into_id)
    return into


def remove_topic(*, viewer: Viewer, topic_id: int) -> None:
    """Take a topic out that nothing is filed under. Raises StillUsed and TopicGone."""
    require(may_administer(viewer), ONLY)
    topics = _locked()
    row = _standing(topics, topic_id)
    if _under(topics, topic_id) or topic_id in refiling.counts():
        raise StillUsed(topic_id)
    for alias in _aliases(topic_id):
        db.session.delete(alias)
    db.session.flush()
    db.session.delete(row)
    record("topic.remove", actor_id=viewer.person_id, subject=SUBJECT, subject_id=topic_id)


def _locked() -> dict[int, Topic]:
    """Every topic, in the order of the list: two who change it at once come one after the other."""
    rows = db.session.scalars(select(Topic).order_by(Topic.position, Topic.name).with_for_update()).all()
    return {row.id: row for row in rows}


def _standing(topics: dict[int, Topic], topic_id: int) -> Topic:
    if topic_id not in topics:
        raise TopicGone(topic_id)
    return topics[topic_id]


def _under(topics: dict[int, Topic], topic_id: int) -> list[Topic]:
    return [topic for topic in topics.values() if topic.parent_id == topic_id]


def _level(topics: dict[int, Topic], parent_id: int | None) -> list[Topic]:
    return [topic for topic in topics.values() if topic.parent_id == parent_id]


def _place(row: Topic, parent_id: int | None, topics: dict[int, Topic]) -> None:
    """Put a topic at the end of a level."""
    if parent_id is not None:
        parent = _standing(topics, parent_id)
        require(parent.parent_id is None and parent is not row, TWO_LEVELS)
    others = [topic.position for topic in _level(topics, parent_id) if topic is not row]
    row.parent_id, row.position = parent_id, max(others, default=-1) + 1


def _rename(row: Topic, name: str, topics: Iterable[Topic]) -> None:
    """The address follows the name, and the old one leads on, as the old name goes on meaning this topic."""
    slug = _free_slug(name, [topic for topic in topics if topic is not row], own=row)
    if slug != row.slug:
        known = db.session.get(TopicAlias, row.slug)
        if known is None:
            db.session.add(TopicAlias(slug=row.slug, name=row.name, topic_id=row.id, former=True))
        elif known.topic_id == row.id:
            known.name, known.former = row.name, True
        again = db.session.get(TopicAlias, slug)
        if again is not None and again.topic_id == row.id:  # It is called again what it was called before.
            db.session.delete(again)
    row.name, row.slug = name, slug
    db.session.flush()


def _free_slug(name: str, topics: Iterable[Topic], own: Topic | None = None) -> str:
    """An address that leads to no other topic."""
    others = select(TopicAlias.slug).where(TopicAlias.topic_id != (own.id if own else 0))
    return free(slugify(name), {topic.slug for topic in topics} | set(db.session.scalars(others)))


def _aliases(topic_id: int) -> Sequence[TopicAlias]:
    return db.session.scalars(select(TopicAlias).where(TopicAlias.topic_id == topic_id)).all()


def _set_aliases(row: Topic, words: Sequence[str]) -> None:
    """The other words of a topic are these, and what it was called before."""
    wanted = {folded(word): word for word in words}
    for alias in _aliases(row.id):
        if folded(alias.name) in wanted:
            alias.name = wanted.pop(folded(alias.name))
        elif not alias.former:
            db.session.delete(alias)
    db.session.flush()
    used = {*db.session.scalars(select(Topic.slug)), *db.session.scalars(select(TopicAlias.slug))}
    for word in wanted.values():
        used.add(slug := free(slugify(word), used))
        db.session.add(TopicAlias(slug=slug, name=word, topic_id=row.id))
    db.session.flush()


def _require_free(topics: Iterable[Topic], own: Topic | None, words: Sequence[str]) -> None:
    """No word means two topics. A name that a topic had formerly may be given to another; its address may not."""
    names = {topic.id: topic.name for topic in topics}
    taken = {folded(topic.name): topic.id for topic in topics if topic is not own}
    for alias in db.session.scalars(select(TopicAlias)):
        if (own is None or alias.topic_id != own.id) and not alias.former:
            taken.setdefault(folded(alias.name), alias.topic_id)
    for word in words:
        if (found := taken.get(folded(word))) is not None:
            raise WordTaken(word, names[found])


def _hand_over_words(row: Topic, into: Topic) -> None:
    """Name, address and other words of a topic lead to the one that it became part of."""
    for alias in _aliases(row.id):
        alias.topic_id = into.id
    db.session.flush()
    known = db.session.get(TopicAlias, row.slug)
    if known is not None and known.topic_id == into.id:
        known.former = True
    elif known is None:
        db.session.add(TopicAlias(slug=row.slug, name=row.name, topic_id=into.id, former=True))
    db.session.flush()
