"""Reading the topics: the tree, one topic by its address, and the choices of forms.

The curated list is short (tens of topics, not thousands), so that it is kept in memory whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.core.kept import Kept
from network.core.text.folding import folded
from network.vocabulary.models import Topic, TopicAlias

Choices = list[tuple[str, list[tuple[int, str]]]]


class TopicRow(NamedTuple):
    """A topic as lists show it; `parent_id` is None on the first level."""

    id: int
    slug: str
    name: str
    about: str
    parent_id: int | None


class Branch(NamedTuple):
    """A topic of the first level with those under it, in the order that administrators chose."""

    topic: TopicRow
    under: tuple[TopicRow, ...]


class FoundTopic(NamedTuple):
    """A topic with its place in the tree. `moved` is true when the address was an alias or an old one."""

    topic: TopicRow
    parent: TopicRow | None
    under: tuple[TopicRow, ...]
    moved: bool

    @property
    def ids(self) -> list[int]:
        """The topic and those under it: what is filed under either is about this topic."""
        return [self.topic.id, *(topic.id for topic in self.under)]


_TOPICS = select(Topic.id, Topic.slug, Topic.name, Topic.about, Topic.parent_id)


def _read() -> tuple[TopicRow, ...]:
    rows = db.session.execute(_TOPICS.order_by(Topic.position, Topic.name))
    return tuple(TopicRow._make(row) for row in rows)


TOPICS = Kept("topics", _read, Topic)


class AliasRow(NamedTuple):
    """Another word for a topic; `former` when it is what the topic, or one merged into it, was called."""

    slug: str
    name: str
    topic_id: int
    former: bool


def _read_aliases() -> tuple[AliasRow, ...]:
    rows = db.session.execute(
        select(TopicAlias.slug, TopicAlias.name, TopicAlias.topic_id, TopicAlias.former).order_by(TopicAlias.name)
    )
    return tuple(AliasRow._make(row) for row in rows)


ALIASES = Kept("topic-aliases", _read_aliases, TopicAlias)


def topic_aliases() -> tuple[tuple[str, str], ...]:
    """Other words for topics, each with the name of its topic; what is spelt as a topic is called is left out."""
    names = {topic.id: topic.name for topic in all_topics()}
    taken = {folded(name) for name in names.values()}
    return tuple(
        (alias.name, names[alias.topic_id])
        for alias in all_aliases()
        if alias.topic_id in names and folded(alias.name) not in taken
    )


def all_aliases() -> tuple[AliasRow, ...]:
    """Every other word for a topic."""
    return ALIASES.value()


def present_slugs(slugs: Iterable[str]) -> tuple[str, ...]:
    """Where these topics are now, each once: an address from before a change of name goes on meaning its topic."""
    topics = {topic.id: topic.slug for topic in all_topics()}
    others = {alias.slug: topics[alias.topic_id] for alias in all_aliases() if alias.topic_id in topics}
    own = set(topics.values())
    return tuple(dict.fromkeys(slug if slug in own else others.get(slug, slug) for slug in slugs))


def all_topics() -> tuple[TopicRow, ...]:
    """Every topic, in the order of the list."""
    return TOPICS.value()


def topic_tree() -> list[Branch]:
    """The topics in two levels."""
    return _tree(all_topics())


def topic_choices() -> Choices:
    """For forms: (name of the first level, [(id, name), …]); the topic of the first level stands first in its list."""
    return [
        (branch.topic.name, [(topic.id, topic.name) for topic in (branch.topic, *branch.under)])
        for branch in topic_tree()
    ]


def topics_by_ids(ids: Iterable[int]) -> list[TopicRow]:
    """These topics by name; ids that are no topics are left out."""
    wanted = sorted(set(ids))
    if not wanted:
        return []
    rows = db.session.execute(_TOPICS.where(Topic.id.in_(wanted)).order_by(Topic.name))
    return [TopicRow(*row) for row in rows]


def topic_by_slug(slug: str) -> FoundTopic | None:
    """The topic at an address, or the one that an alias or an old address leads to."""
    topics = all_topics()
    topic = next((topic for topic in topics if topic.slug == slug), None)
    if topic is not None:
        return _placed(topic, topics, moved=False)
    topic_id = db.session.scalar(select(TopicAlias.topic_id).where(TopicAlias.slug == slug))
    topic = next((topic for topic in topics if topic.id == topic_id), None)
    return _placed(topic, topics, moved=True) if topic else None


def topic_called(words: str) -> TopicRow | None:
    """The topic that goes by just these words, from memory: searches ask this each time."""
    return topics_named(folded).get(folded(words)) if words.strip() else None


def topics_named(spelt: Callable[[str], str] = str.casefold) -> dict[str, TopicRow]:
    """Every topic by all that it goes by: its name and address, its other words and old addresses, each as `spelt`."""
    topics = {topic.id: topic for topic in all_topics()}
    # The two lists are not of one moment: an alias may be newer than its topic here.
    aliases = [alias for alias in ALIASES.value() if alias.topic_id in topics]
    others = {spelt(said): topics[alias.topic_id] for alias in aliases for said in (alias.slug, alias.name)}
    return {**others, **{spelt(said): topic for topic in topics.values() for said in (topic.slug, topic.name)}}


def _tree(topics: Sequence[TopicRow]) -> list[Branch]:
    return [
        Branch(topic, tuple(under for under in topics if under.parent_id == topic.id))
        for topic in topics
        if topic.parent_id is None
    ]


def _placed(topic: TopicRow, topics: Sequence[TopicRow], *, moved: bool) -> FoundTopic:
    parent = next((above for above in topics if above.id == topic.parent_id), None)
    return FoundTopic(topic, parent, tuple(under for under in topics if under.parent_id == topic.id), moved)
