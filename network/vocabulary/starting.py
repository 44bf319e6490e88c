"""The list of topics that a network may begin with; administrators make it their own afterwards."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml

from network.core.db import db
from network.core.text.slugs import slugify
from network.vocabulary.models import Topic, TopicAlias


def starting_topics() -> list[dict[str, Any]]:
    """Topics of public service in two levels: `slug`, `name`, `about` and `aliases`, and of the first `children`."""
    text = files("network.vocabulary").joinpath("starting_topics.yaml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = yaml.safe_load(text)
    return found


def add_starting_topics() -> dict[str, int]:
    """Add them all to a network that has none, in the open transaction; ids by slug."""
    ids: dict[str, int] = {}
    for position, row in enumerate(starting_topics()):
        parent = _add(row, None, position, ids)
        for place, child in enumerate(row["children"]):
            _add(child, parent, place, ids)
    return ids


def _add(row: dict[str, Any], parent: int | None, position: int, ids: dict[str, int]) -> int:
    topic = Topic(slug=row["slug"], name=row["name"], about=row["about"], parent_id=parent, position=position)
    db.session.add(topic)
    db.session.flush()
    for alias in row["aliases"]:
        slug = slugify(alias)
        if slug not in ids and db.session.get(TopicAlias, slug) is None:
            db.session.add(TopicAlias(slug=slug, name=alias, topic_id=topic.id))
            db.session.flush()
    ids[topic.slug] = topic.id
    return topic.id
