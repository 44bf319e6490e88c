"""What a line of words with commas means: topics of the curated list, and free words beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.vocabulary.models import TopicAlias
from network.vocabulary.queries import TopicRow, all_topics

MAX_TOPICS = 5
MAX_TAGS = 10
LONGEST_TAG = 60


class Filing(NamedTuple):
    """Topics in the order typed, and the words that are none."""

    topics: tuple[TopicRow, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def topic_ids(self) -> tuple[int, ...]:
        """The topics' ids."""
        return tuple(topic.id for topic in self.topics)


def file_words(text: str) -> Filing:
    """Read a line such as “Open data, damp”: names, addresses and aliases of topics are topics, the rest words."""
    typed = list(split(text))
    if not typed:
        return Filing()
    topics = {topic.id: topic for topic in all_topics()}
    known = {name: topic for topic in topics.values() for name in (topic.name.lower(), topic.slug)}
    for name, slug, topic_id in db.session.execute(select(TopicAlias.name, TopicAlias.slug, TopicAlias.topic_id)):
        known.setdefault(name.lower(), topics[topic_id])
        known.setdefault(slug, topics[topic_id])
    found = [known[word.lower()] for word in typed if word.lower() in known]
    words = [word for word in typed if word.lower() not in known]
    return Filing(tuple(dict.fromkeys(found)), tuple(words))


def split(text: str) -> Iterable[str]:
    """The words between commas, without # and doubles, in the order typed."""
    seen: dict[str, str] = {}
    for part in text.replace("\n", ",").split(","):
        word = " ".join(part.replace("#", " ").split())
        if word:
            seen.setdefault(word.lower(), word)
    return seen.values()
