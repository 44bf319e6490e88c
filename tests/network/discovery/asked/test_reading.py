"""What the address of the search page asks: filters typed and chosen, and what of it has no effect."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, g
from hypothesis import given, settings
from hypothesis import strategies as st

from network.core.db import db
from network.core.transaction import transaction
from network.discovery.asked.asked import Asked, Unknown
from network.discovery.asked.names import FACETS, MOST_OF_ONE
from network.discovery.asked.reading import asked_for
from network.subjects.viewer import VISITOR, Viewer
from network.vocabulary.models import TopicAlias
from search.query import FILTER_NAMES
from tests.support.canaries import Canaries
from tests.support.cast import Cast
from tests.support.queries import count_queries


def ask(app: Flask, *, viewer: Viewer = VISITOR, **args: Any) -> Asked:
    with app.test_request_context("/search", query_string=args):
        g.viewer = viewer
        return asked_for(viewer)


@pytest.mark.parametrize(
    ("typed", "facet", "value"),
    [
        ("topic:open-data", "topic", "open-data"),
        ('topic:"Open Data"', "topic", "open-data"),
        ("TOPIC:OPEN-DATA", "topic", "open-data"),
        ("topic:od", "topic", "open-data"),
        ("type:guide", "kind", "guide"),
        ("type:Guides", "kind", "guide"),
        ('type:"case study"', "kind", "case-study"),
        ("type:questions", "kind", "question"),
        ("type:people", "kind", "person"),
        ("org:harrowdale", "organisation", "harrowdale"),
        ('org:"harrowdale COUNCIL"', "organisation", "harrowdale"),
        ("org:Harrow", "organisation", "harrow-hill"),
        ("group:open-cases", "group", "open-cases"),
        ('group:"Open cases"', "group", "open-cases"),
    ],
)
def test_typed_filters_are_found_by_slug_name_or_alias(
    canaries: Canaries, cast: Cast, typed: str, facet: str, value: str
) -> None:
    cast.organisation("harrowdale")
    cast.organisation("harrow-hill", "Harrow Hill Trust")
    for name in ("One Valley", "One Hill"):
        cast.organisation(name.lower().replace(" ", "-"), name)
    topic = cast.topic("open-data")
    with canaries.app.app_context(), transaction():
        db.session.add(TopicAlias(slug="od", name="OD", topic_id=topic))
    asked = ask(canaries.app, q=f"leave {typed} policy")
    assert asked.filters == {facet: (value,)}
    assert asked.words == "leave policy"
    assert asked.typed == f"leave {typed} policy"
    assert not asked.unknown


def test_the_same_filter_is_looked_up_once_and_few_of_one_kind(canaries: Canaries) -> None:
    with count_queries(canaries.app) as once:
        ask(canaries.app, q="by:a")
    with count_queries(canaries.app) as often:
        assert not ask(canaries.app, q="by:a by:A " * 50).ignored
    assert len(often) == len(once)
    ask(canaries.app, q="topic:open-data")  # The topics are in memory from now on.
    with count_queries(canaries.app) as many:
        asked = ask(canaries.app, q=" ".join(f"by:a{number}" for number in range(60)) + ' by:"a b" topic:open-data')
    assert len(many) <= MOST_OF_ONE * len(once) + 2
    assert asked.ignored == (*(f"by:a{number}" for number in range(MOST_OF_ONE, 60)), 'by:"a b"')
    assert asked.filters == {"topic": ("open-data",)}, "another kind is still read"


@pytest.mark.parametrize("typed", ["by:author-person", "by:@author-person", 'by:"author person"', "by:Author"])
def test_people_are_found_by_handle_or_name(canaries: Canaries, typed: str) -> None:
    assert ask(canaries.app, q=f"x {typed}").filters == {"author": (str(canaries.roles["author"]),)}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("topic:nonsense", "topic"),
        ("type:nonsense", "kind"),
        ("org:nonsense", "organisation"),
        ("org:One", "organisation"),
        ("by:nonsense", "author"),
        ("group:nonsense", "group"),
        ("in:nonsense", "in"),
        ("before:nonsense", "before"),
        ("after:2024-13", "after"),
    ],
)
def test_an_unknown_value_is_named_and_left_out(canaries: Canaries, typed: str, name: str) -> None:
    asked = ask(canaries.app, q=f"working {typed}")
    assert asked.unknown == (Unknown(name, typed.partition(":")[2]),)
    assert asked.words == "working"
    assert not asked.narrowed
    page = canaries.client("visitor").get("/search", query_string={"q": f"working {typed}"}).get_data(as_text=True)
    assert "We left it out." in page
    assert f"“{typed.partition(':')[2]}”" in page or f"“in:{typed.partition(':')[2]}”" in page


def test_a_closed_group_can_be_named_by_its_members_only(canaries: Canaries) -> None:
    cast = Cast(canaries.app)
    for role, known in (("visitor", False), ("outsider", False), ("requested", False), ("member", True)):
        viewer = cast.viewer(canaries.roles[role])
        asked = ask(canaries.app, viewer=viewer, q="group:serious-cases")
        assert bool(asked.filters) is known, role


def test_every_filter_of_the_language_is_understood(app: Flask) -> None:
    assert {*FACETS, "in", "before", "after"} == set(FILTER_NAMES)


def test_dates_titles_and_other_words_with_colons(app: Flask) -> None:
    asked = ask(app, q="http://x re:leave in:title after:2024 before:2025-05-17")
    assert (asked.titles_only, asked.after, asked.before) == (True, "2024", "2025-05-17")
    assert asked.words == "http://x re:leave"


def test_what_was_understood_is_the_same_at_its_own_address(canaries: Canaries) -> None:
    """A state that was typed and the state that links of its page lead to ask the same."""
    typed = ask(canaries.app, q='"data sharing" -old topic:open-data in:title after:2020 leav*', sort="newest")
    with canaries.app.test_request_context(typed.address):
        again = asked_for(VISITOR)
    assert again.address == typed.address
    assert (again.words, again.filters, again.after, again.titles_only, again.sort) == (
        typed.words, typed.filters, typed.after, typed.titles_only, typed.sort,
    )  # fmt: skip
    assert typed.words == '"data sharing" -old leav*'


def test_without_filters_the_words_stay_as_they_were_typed(app: Flask) -> None:
    assert ask(app, q='  a  “b c”   -d  "e ').words == 'a “b c” -d "e'


def test_chips_take_away_one_value_each(app: Flask) -> None:
    asked = ask(app, q="x", topic=["a", "b"], kind="guide")
    left = asked.without("topic", "a")
    assert left.filters == {"topic": ("b",), "kind": ("guide",)}
    assert left.without("topic", "b").filters == {"kind": ("guide",)}
    assert asked.cleared().address == "/search?q=x"


@settings(max_examples=150)
@given(
    text=st.lists(
        st.sampled_from(["topic:", "by:", "in:", "before:", "type:", "group:", "org:", '"', "-", "+", "*", " ", ":"])
        | st.text(max_size=12)
    ).map("".join)
)
def test_any_text_is_read_and_read_alike_again(canaries: Canaries, text: str) -> None:
    with canaries.app.app_context():
        asked = ask(canaries.app, q=text)
        again = ask(canaries.app, q=asked.words)
    assert not again.filters or not asked.filters
    assert len(asked.typed) <= 500
