"""Which words say the same, and how fast a change is known."""

from __future__ import annotations

import pytest
from flask import Flask

from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.subjects.rules import NotAllowed
from network.vocabulary.glossary import actions
from network.vocabulary.glossary.queries import alternatives, glossary
from tests.support.cast import Cast
from tests.support.queries import count_queries


@pytest.fixture
def keeper(cast: Cast) -> int:
    return cast.person("Nadia Hussain", role="moderator")


def add(person: int, term: str, *ways: str, meaning: str = "") -> int:
    with transaction():
        return actions.add_entry(viewer=viewer_of(person), term=term, ways=ways, meaning=meaning).id


def test_every_way_says_every_other(app: Flask, keeper: int) -> None:
    with app.app_context():
        add(keeper, "FOI", "Freedom of Information", "FOIA")
        assert alternatives() == {
            "foi": ("freedom of information", "foia"),
            "freedom of information": ("foi", "foia"),
            "foia": ("foi", "freedom of information"),
        }


def test_an_acronym_of_two_things_does_not_make_them_one(app: Flask, keeper: int) -> None:
    with app.app_context():
        add(keeper, "SAR", "subject access request")
        add(keeper, "safeguarding adults review", "SAR")
        found = alternatives()
        assert set(found["sar"]) == {"subject access request", "safeguarding adults review"}
        assert found["subject access request"] == ("sar",)


def test_a_meaning_alone_is_no_other_way(app: Flask, keeper: int) -> None:
    with app.app_context():
        add(keeper, "BAU", meaning="What goes on every day.")
        assert alternatives() == {}
        assert [entry.term for entry in glossary().entries] == ["BAU"]


def test_a_change_and_a_retirement_are_known_at_once(app: Flask, keeper: int) -> None:
    with app.app_context():
        entry = add(keeper, "SLA", "service level agreement")
        assert "sla" in alternatives()
        with transaction():
            actions.change_entry(
                viewer=viewer_of(keeper), entry_id=entry, revision=1, term="SLA", ways=["service promise"], meaning=""
            )
        assert alternatives()["sla"] == ("service promise",)
        with transaction():
            actions.retire_entry(viewer=viewer_of(keeper), entry_id=entry)
        assert alternatives() == {}


def test_a_retired_term_can_be_added_again(app: Flask, keeper: int) -> None:
    with app.app_context():
        first = add(keeper, "SLA", "one")
        with transaction():
            actions.retire_entry(viewer=viewer_of(keeper), entry_id=first)
        add(keeper, "sla", "two")
        assert alternatives()["sla"] == ("two",)
        with pytest.raises(actions.TermTaken):
            add(keeper, "SLÁ", "three")


def test_it_stands_in_memory(app: Flask, keeper: int) -> None:
    with app.app_context():
        add(keeper, "SLA", "service level agreement")
        alternatives()
        with count_queries(app) as queries:
            for _ in range(20):
                alternatives()
        assert len(queries) == 0


@pytest.mark.parametrize("role", ["member", ""])
def test_others_may_not_keep_it(app: Flask, cast: Cast, role: str) -> None:
    viewer = cast.viewer(cast.person("Ann Evans") if role else None)
    with app.app_context(), transaction():
        with pytest.raises(NotAllowed):
            actions.add_entry(viewer=viewer, term="X", ways=["y"], meaning="")
        with pytest.raises(NotAllowed):
            actions.change_entry(viewer=viewer, entry_id=1, revision=1, term="X", ways=["y"], meaning="")
        with pytest.raises(NotAllowed):
            actions.retire_entry(viewer=viewer, entry_id=1)
