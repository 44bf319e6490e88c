"""Reading the list of topics as administrators keep it."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import select

from network.admin.topics.refiling import Counts, counts
from network.core.db import db
from network.vocabulary.models import Topic, TopicAlias
from network.vocabulary.queries import TopicRow, all_aliases, topic_tree


class Line(NamedTuple):
    """A topic with its other words and how much is filed under it; `under` is the name of the one above it."""

    topic: TopicRow
    under: str
    aliases: tuple[str, ...]
    former: tuple[str, ...]
    counts: Counts
    first: bool
    below: int

    @property
    def empty(self) -> bool:
        """Nothing is filed under it, and no topic stands below it."""
        return not any(self.counts) and not self.below


def lines() -> list[Line]:
    """All topics, in the order of the list, those of the second level behind the one above them."""
    filed, words = counts(), all_aliases()
    found = []
    for place, branch in enumerate(topic_tree()):
        level = [(branch.topic, "", place == 0, len(branch.under))]
        level += [(topic, branch.topic.name, below == 0, 0) for below, topic in enumerate(branch.under)]
        for topic, under, first, below in level:
            mine = [alias for alias in words if alias.topic_id == topic.id]
            found.append(
                Line(
                    topic,
                    under,
                    tuple(alias.name for alias in mine if not alias.former),
                    tuple(alias.name for alias in mine if alias.former),
                    filed.get(topic.id, Counts()),
                    first,
                    below,
                )
            )
    return found


def topic_words(topic_id: int) -> dict[str, Any]:
    """A topic as its form has it, as the database has it now."""
    row = db.session.execute(select(Topic.name, Topic.parent_id, Topic.about).where(Topic.id == topic_id)).one()
    words = db.session.scalars(
        select(TopicAlias.name)
        .where(TopicAlias.topic_id == topic_id, TopicAlias.former.is_(False))
        .order_by(TopicAlias.name)
    )
    return {"name": row.name, "parent": row.parent_id or 0, "about": row.about, "aliases": "\n".join(words)}
