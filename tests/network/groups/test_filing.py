"""Words between commas become topics and tags."""

from __future__ import annotations

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from network.core.db import db
from network.core.transaction import transaction
from network.groups.filing import file_words
from network.vocabulary.models import Topic, TopicAlias
from tests.support.cast import Cast


def test_names_addresses_and_aliases_are_topics_and_the_rest_words(app: Flask, cast: Cast) -> None:
    data, damp = cast.topic("open-data"), cast.topic("damp")
    with app.app_context():
        with transaction():
            db.session.add(TopicAlias(slug="mould", name="Mould", topic_id=damp))
        filing = file_words("OPEN data, mould, damp, #Letters, letters,, two  words")
    assert filing.topic_ids == (data, damp)
    assert filing.words == ("Letters", "two words")


def test_another_word_that_is_newer_than_the_list_in_memory_is_a_word(app: Flask, cast: Cast) -> None:
    cast.topic("open-data")
    with app.app_context():
        assert file_words("damp").topic_ids == ()  # From now on the list is in memory, for a second.
        db.session.rollback()
        with db.engine.connect() as elsewhere, elsewhere.begin():
            damp = insert(Topic).values(slug="damp", name="Damp", position=1)
            damp_id = elsewhere.execute(damp.returning(Topic.id)).scalar_one()
            elsewhere.execute(insert(TopicAlias).values(slug="mould", name="Mould", topic_id=damp_id))
        assert file_words("mould") == ((), ("mould",))


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_line_can_be_filed(app: Flask, text: str) -> None:
    with app.app_context():
        words = file_words(text).words
    assert all(word == " ".join(word.split()) and "," not in word and "#" not in word for word in words)
    assert len({word.lower() for word in words}) == len(words)
