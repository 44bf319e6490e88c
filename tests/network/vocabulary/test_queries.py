"""The topics as pages and forms read them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.vocabulary import queries
from network.vocabulary.models import Topic, TopicAlias


@pytest.fixture
def topics(app: Flask) -> Iterator[dict[str, int]]:
    """Two branches, put in out of order, and an alias."""
    with app.app_context():
        with transaction():
            data = Topic(slug="data", name="Data", position=2)
            services = Topic(slug="services", name="Services", position=1)
            db.session.add_all([data, services])
            db.session.flush()
            open_data = Topic(slug="open-data", name="Open data", parent_id=data.id, position=2)
            sharing = Topic(slug="sharing", name="Sharing", parent_id=data.id, position=1)
            db.session.add_all([open_data, sharing])
            db.session.flush()
            db.session.add(TopicAlias(slug="opendata", name="Opendata", topic_id=open_data.id))
        yield {topic.slug: topic.id for topic in (data, services, open_data, sharing)}


def test_choices_group_by_first_level_in_the_administrators_order(topics: dict[str, int]) -> None:
    assert queries.topic_choices() == [
        ("Services", [(topics["services"], "Services")]),
        ("Data", [(topics["data"], "Data"), (topics["sharing"], "Sharing"), (topics["open-data"], "Open data")]),
    ]


def test_a_topic_is_found_with_its_place(topics: dict[str, int]) -> None:
    found = queries.topic_by_slug("data")
    assert found is not None
    assert found.parent is None
    assert not found.moved
    assert found.ids == [topics["data"], topics["sharing"], topics["open-data"]]
    below = queries.topic_by_slug("sharing")
    assert below is not None
    assert below.parent is not None
    assert below.parent.slug == "data"


def test_an_alias_leads_to_its_topic(topics: dict[str, int]) -> None:
    found = queries.topic_by_slug("opendata")
    assert found is not None
    assert found.moved
    assert found.topic.slug == "open-data"
    assert queries.topic_by_slug("nothing") is None


def test_topics_by_ids_come_by_name_without_what_is_none(topics: dict[str, int]) -> None:
    rows = queries.topics_by_ids([topics["sharing"], 999_999, topics["data"]])
    assert [row.slug for row in rows] == ["data", "sharing"]
    assert queries.topics_by_ids([]) == []
