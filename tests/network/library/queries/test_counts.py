"""Numbers beside the filters: right for every viewer, counted ahead or on the spot."""

from __future__ import annotations

from itertools import product

from flask import Flask
from sqlalchemy import delete, select, update

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.listeners import recount
from network.library.models import LibraryTally
from network.library.queries.counts import counts
from network.library.queries.lists import Filters, guides
from network.library.queries.tallies import tallies
from network.people.models import Person
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.queries import count_queries


def stock(cast: Cast, shelf: Shelf) -> tuple[int, int, int]:
    """Guides of several kinds under two levels of topics, one of them in a closed group."""
    cast.organisation("harrowdale")
    priya, owen = cast.person(), cast.person("Owen Pritchard", email="owen@else.example")
    parent, child = cast.topic("data"), cast.topic("open-data")
    with cast.app.app_context(), transaction():
        db.session.get_one(Topic, child).parent_id = parent
    closed = cast.group("closed", closed=True, facilitators=(owen,))
    shelf.guide(priya, "A", kind="policy", topic_ids=(parent, child))
    shelf.guide(priya, "B", kind="policy", topic_ids=(child,), checked=False)
    shelf.guide(owen, "C", kind="template", topic_ids=(parent,))
    shelf.guide(owen, "D", kind="policy", group_id=closed, topic_ids=(child,))
    drain(cast.app)
    return parent, child, owen


def listed(viewer: Viewer, filters: Filters) -> int:
    """How many guides choosing these filters lists."""
    return len(guides(viewer, filters, limit=20))


def test_numbers_counted_ahead_follow_what_a_viewer_may_see(app: Flask, cast: Cast, shelf: Shelf) -> None:
    parent, child, owen = stock(cast, shelf)
    member = cast.viewer(owen)
    with app.app_context():
        public, inside = tallies(Viewer()), tallies(member)
    assert public["all"] == {"": 3}
    assert inside["all"] == {"": 4}
    assert public["kind"] == {"policy": 2, "template": 1}
    assert inside["kind"] == {"policy": 3, "template": 1}
    assert public["topic"] == {str(parent): 3, str(child): 2}
    assert public["check"] == {"in-date": 2, "unchecked": 1}
    assert sum(public["organisation"].values()) == 2


def test_each_field_is_counted_by_the_other_filters(app: Flask, cast: Cast, shelf: Shelf) -> None:
    _, child, _ = stock(cast, shelf)
    with app.app_context():
        found = counts(Viewer(), Filters(kinds=("policy",)))
        assert found["kind"] == {"policy": 2, "template": 1}
        assert found["check"] == {"in-date": 1, "unchecked": 1}
        assert found["all"][""] == 2
        assert counts(Viewer(), Filters(topic_ids=(child,), kinds=("template",)))["all"].get("", 0) == 0


def test_a_number_is_what_choosing_it_would_list(app: Flask, cast: Cast, shelf: Shelf) -> None:
    parent, child, owen = stock(cast, shelf)
    choices = list(product(((), ("policy",)), ((), (child,), (parent, child)), ((), ("unchecked",))))
    for viewer in (Viewer(), cast.viewer(owen)):
        with app.app_context():
            for kinds, topics, checks in choices:
                filters = Filters(kinds=kinds, topic_ids=topics, checks=checks)
                found = counts(viewer, filters)
                assert found["all"].get("", 0) == listed(viewer, filters)
                for kind, number in found["kind"].items():
                    assert number == listed(viewer, Filters(kinds=(kind,), topic_ids=topics, checks=checks))
                for topic, number in found["topic"].items():
                    under = (parent, child) if int(topic) == parent else (child,)
                    assert number == listed(viewer, Filters(kinds=kinds, topic_ids=under, checks=checks))


def test_only_numbers_that_are_others_than_before_are_written(app: Flask, cast: Cast, shelf: Shelf) -> None:
    _, _, owen = stock(cast, shelf)
    with app.app_context():
        right = tallies(cast.viewer(owen))
    with count_queries(app) as queries, app.app_context():
        recount()
    assert queries.locked == [], "all numbers are right"
    with app.app_context(), transaction() as session:
        session.execute(update(LibraryTally).where(LibraryTally.value == "policy").values(count=9))
        session.execute(delete(LibraryTally).where(LibraryTally.value == "template"))
        session.add(LibraryTally(group_id=0, facet="kind", value="research-report", count=1))
        session.execute(update(Person).values(guide_count=9))
    with count_queries(app) as queries, app.app_context():
        recount()
        assert tallies(cast.viewer(owen)) == right
        assert sorted(db.session.scalars(select(Person.guide_count))) == [1, 2]
    written = [one for one in queries.locked if not one.startswith("SELECT")]
    assert [one.split(" ")[0] for one in written] == ["DELETE", "INSERT", "INSERT", "UPDATE"], written


def test_people_are_counted_the_guides_that_everybody_may_read(app: Flask, cast: Cast, shelf: Shelf) -> None:
    _, _, owen = stock(cast, shelf)
    with app.app_context():
        assert db.session.get_one(Person, owen).guide_count == 1
