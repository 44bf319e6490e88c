"""What is filed under a topic follows it: merged, renamed, moved."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from network.admin.topics import actions
from network.admin.topics.queries import topic_words
from network.admin.topics.refiling import Counts, counts
from network.core.db import db
from network.core.stale import fingerprint
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.saved.models import SavedSearch
from network.discussions.models import DiscussionTopic
from network.groups.actions.standing import file_under
from network.library.models import Guide, GuideTopic
from network.library.queries.tallies import tallies
from network.people.actions import set_skills
from network.people.models import PersonSkill
from network.subjects.viewer import VISITOR
from network.vocabulary.models import Topic
from tests.network.discussions.talk import Talk
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


class Filed:
    """A network where something of every kind is filed under “Housing”, by people who know “Homes” as well."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast = app, cast
        self.housing, self.homes = cast.topic("housing"), cast.topic("homes")
        self.keeper = cast.viewer(cast.person("Nadia Hussain", role="administrator"))
        self.priya, self.tom = cast.person("Priya Raman"), cast.person("Tom Reed")
        shelf = Shelf(cast)
        self.guide = shelf.guide(self.priya, "Answering the telephone", topic_ids=(self.housing,)).id
        self.both = shelf.guide(self.priya, "Opening letters", topic_ids=(self.housing, self.homes)).id
        self.draft = shelf.draft(self.priya, "Not yet", topic_ids=(self.housing,))
        group = cast.group(facilitators=(self.priya,))
        Talk(app).start(group, self.priya, topic_ids=[self.housing])
        with app.app_context(), transaction():
            file_under(group, [self.housing])
            set_skills(self.priya, can_help_with=["Housing"], interests=["housing", "homes"])
            set_skills(self.tom, can_help_with=["repairs"], interests=["homes"])
            for person, topic in ((self.priya, self.housing), (self.priya, self.homes), (self.tom, self.housing)):
                name = "Housing" if topic == self.housing else "Homes"
                db.session.add(SavedSearch(person_id=person, name=name, topic_id=topic))
        drain(app)

    def merge(self) -> None:
        """Make “Housing” part of “Homes”, and let the index follow."""
        with self.app.app_context(), transaction():
            actions.merge_topic(viewer=self.keeper, topic_id=self.housing, into_id=self.homes)
        drain(self.app)

    def change(self, topic: int, **changes: Any) -> None:
        """Save a topic with other words, and let the index follow."""
        with self.app.app_context():
            stored = topic_words(topic)
            given = {"name": stored["name"], "about": "", "parent_id": stored["parent"] or None, "aliases": []}
            with transaction():
                actions.change_topic(
                    viewer=self.keeper, topic_id=topic, base=fingerprint(stored), **{**given, **changes}
                )
        drain(self.app)

    def all(self, query: Any) -> list[Any]:
        """What the database has."""
        with self.app.app_context():
            return list(db.session.scalars(query))

    def found(self, address: str) -> str:
        """A page as a visitor sees it."""
        return str(self.cast.client().get(address, follow_redirects=True).text)


@pytest.fixture
def filed(app: Flask, cast: Cast) -> Filed:
    return Filed(app, cast)


def test_merging_takes_everything_along_once(filed: Filed) -> None:
    filed.merge()
    assert sorted(filed.all(select(GuideTopic.guide_id).where(GuideTopic.topic_id == filed.homes))) == sorted(
        [filed.guide, filed.both, filed.draft.id]
    )
    assert filed.all(select(DiscussionTopic.topic_id)) == [filed.homes]
    with filed.app.app_context():
        assert counts() == {filed.homes: Counts(guides=3, discussions=1, groups=1, people=2, followers=2)}
    assert filed.all(select(Topic.id)) == [filed.homes]
    assert set(filed.all(select(SavedSearch.name))) == {"Homes"}


def test_merging_keeps_each_skill_once_and_says_it_in_the_topics_words(filed: Filed) -> None:
    filed.merge()
    rows = select(PersonSkill.kind, PersonSkill.word).where(PersonSkill.person_id == filed.priya)
    with filed.app.app_context():
        assert sorted((kind, word) for kind, word in db.session.execute(rows)) == [
            ("help", "Homes"),
            ("interest", "Homes"),
        ]
    assert "Priya Raman" in filed.found("/people?q=homes")


def test_merging_redirects_and_search_knows_at_once(filed: Filed) -> None:
    filed.merge()
    page = filed.found("/topics/housing")
    assert "<h1" in page
    assert "Homes" in page
    assert "Answering the telephone" in page
    for asked in ("topic=homes", "topic=housing", "q=topic:housing"):
        assert "Answering the telephone" in filed.found(f"/search?{asked}"), asked


def test_merging_counts_the_library_anew(filed: Filed) -> None:
    filed.merge()
    with filed.app.app_context():
        assert tallies(VISITOR)["topic"] == {str(filed.homes): 2}


def test_what_somebody_writes_meanwhile_can_still_be_saved(filed: Filed) -> None:
    """The editor of a draft saves by its revision, which is nothing of the topic's."""
    before = filed.all(select(Guide.revision).where(Guide.id == filed.draft.id))
    filed.merge()
    assert filed.all(select(Guide.revision).where(Guide.id == filed.draft.id)) == before


def test_topics_under_a_merged_one_come_with_it(filed: Filed) -> None:
    damp = filed.cast.topic("damp")
    filed.change(damp, parent_id=filed.housing)
    filed.merge()
    assert filed.all(select(Topic.parent_id).where(Topic.id == damp)) == [filed.homes]


def test_a_new_name_is_what_search_and_profiles_say(filed: Filed) -> None:
    filed.change(filed.housing, name="Dwellings")
    for asked in ("topic=dwellings", "topic=housing", "q=dwellings"):
        assert "Answering the telephone" in filed.found(f"/search?{asked}"), asked
    assert filed.all(select(PersonSkill.word).where(PersonSkill.kind == "help")).count("Dwellings") == 1
    assert "Priya Raman" in filed.found("/people?q=dwellings")
    assert filed.all(select(SavedSearch.name).where(SavedSearch.person_id == filed.tom)) == ["Dwellings"]


def test_a_topic_that_moves_is_found_and_counted_under_the_one_above_it(filed: Filed) -> None:
    place = filed.cast.topic("place")
    filed.change(filed.housing, parent_id=place)
    assert "Answering the telephone" in filed.found("/search?topic=place")
    assert "2 guides" in filed.found("/topics/place")


def test_a_saved_search_goes_on_meaning_the_topic(filed: Filed) -> None:
    with filed.app.app_context(), transaction():
        db.session.add(SavedSearch(person_id=filed.tom, name="Letters", text="letters", filters={"topic": ["housing"]}))
    filed.merge()
    page = filed.cast.client(filed.tom).get("/saved/searches").text
    assert "topic=homes" in page
    assert "topic=housing" not in page
