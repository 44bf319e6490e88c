"""What a line of words with commas means: topics of the curated list, and free words beside them."""

from __future__ import annotations

from typing import NamedTuple

from network.vocabulary.queries import TopicRow, topics_named
from network.vocabulary.typed import tag_words

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
    typed = tag_words(text)
    if not typed:
        return Filing()
    known = topics_named()
    found = [known[word.casefold()] for word in typed if word.casefold() in known]
    return Filing(tuple(dict.fromkeys(found)), tuple(word for word in typed if word.casefold() not in known))
