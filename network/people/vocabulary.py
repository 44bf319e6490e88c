"""Words in which people say what they can help with: topics of the curated list, or words of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.people.seeking import folded
from network.vocabulary.models import Topic, TopicAlias

HELP, INTEREST = "help", "interest"
MOST, LONGEST = 20, 60


class Word(NamedTuple):
    """A topic with its name, or a word of somebody's own (no topic)."""

    topic_id: int | None
    word: str


def words_of(text: str | None) -> list[str]:
    """What is between commas, semicolons and line ends, each once, as it was first written."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;\n]", text or ""):
        if word := " ".join(part.split()):
            found.setdefault(folded(word), word)
    return list(found.values())


def topics_by_word(words: Sequence[str]) -> dict[str, Word]:
    """The topics that these words mean, by the folded word: a topic's name, its slug, or one of its aliases."""
    if not words:
        return {}
    topics = db.session.execute(select(Topic.id, Topic.slug, Topic.name)).all()
    found = {folded(spelling): Word(one, name) for one, slug, name in topics for spelling in (slug, name)}
    names = {one: name for one, _, name in topics}
    aliases = db.session.execute(select(TopicAlias.slug, TopicAlias.name, TopicAlias.topic_id))
    for slug, name, topic_id in aliases:
        for spelling in (slug, name):
            found.setdefault(folded(spelling), Word(topic_id, names[topic_id]))
    return {folded(word): found[folded(word)] for word in words if folded(word) in found}
