"""Words between commas become topics and tags."""

from __future__ import annotations

from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from network.core.db import db
from network.core.transaction import transaction
from network.groups.filing import file_words
from network.vocabulary.models import TopicAlias
from tests.support.cast import Cast


def test_names_addresses_and_aliases_are_topics_and_the_rest_words(app: Flask, cast: Cast) -> None:
    data, damp = cast.topic("open-data"), cast.topic("damp")
    with app.app_context():
        with transaction():
            db.session.add(TopicAlias(slug="mould", name="Mould", topic_id=damp))
        filing = file_words("OPEN data, mould, damp, #Letters, letters,, two  words")
    assert filing.topic_ids == (data, damp)
    assert filing.words == ("Letters", "two words")


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_line_can_be_filed(app: Flask, text: str) -> None:
    with app.app_context():
        words = file_words(text).words
    assert all(word == " ".join(word.split()) and "," not in word and "#" not in word for word in words)
    assert len({word.lower() for word in words}) == len(words)
