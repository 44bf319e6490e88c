"""Who may say that a guide is used and change what was said: every role against every act."""

from __future__ import annotations

import pytest

from network.library.adoptions import rules
from network.library.adoptions.like_mine import near
from network.library.adoptions.rules import Report
from network.library.rules import Owner, Standing
from network.organisations.models import SIZES
from network.subjects.viewer import VISITOR, Viewer

GROUP, NORTHMERE, TIDEWELL = 10, 20, 30
OPEN = Standing(state="published", author_id=1, owner=Owner("person", 1))
STANDINGS = {
    "open": OPEN,
    "closed": Standing(state="published", author_id=1, owner=Owner("person", 1), group_id=GROUP, openness="closed"),
    "draft": Standing(state="draft", author_id=1, owner=Owner("person", 1)),
    "withdrawn": Standing(state="withdrawn", author_id=1, owner=Owner("person", 1)),
}
REPORT = Report(NORTHMERE, None, frozenset((2, 3)))
ROLES = {
    "visitor": VISITOR,
    "stranger": Viewer(person_id=9, role="member", organisation_id=TIDEWELL),
    "reporter": Viewer(person_id=2, role="member", organisation_id=NORTHMERE, group_ids=frozenset({GROUP})),
    "reporter who works elsewhere now": Viewer(person_id=3, role="member", organisation_id=TIDEWELL),
    "colleague": Viewer(person_id=4, role="member", organisation_id=NORTHMERE),
    "administrator": Viewer(person_id=5, role="administrator"),
}
MEMBERS = set(ROLES) - {"visitor"}
INSIDE = {"reporter"}


@pytest.mark.parametrize("state", STANDINGS)
def test_matrix(state: str) -> None:
    guide = STANDINGS[state]
    may_use = {name for name, viewer in ROLES.items() if rules.may_use(viewer, guide)}
    may_amend = {name for name, viewer in ROLES.items() if rules.may_amend(viewer, guide, REPORT)}
    may_adapt = {name for name, viewer in ROLES.items() if rules.may_adapt(viewer, guide)}
    assert may_use == {"open": MEMBERS, "closed": INSIDE}.get(state, set())
    assert may_amend == ({"reporter"} if state in ("open", "closed") else set())
    assert may_adapt == (MEMBERS if state == "open" else set())


def test_whoever_reported_it_may_take_their_name_off() -> None:
    may = {name for name, viewer in ROLES.items() if rules.may_take_name_off(viewer, REPORT)}
    assert may == {"reporter", "reporter who works elsewhere now"}


def test_somebody_alone_speaks_for_themselves() -> None:
    alone = Report(None, 2, frozenset((2,)))
    assert [name for name, viewer in ROLES.items() if rules.may_amend(viewer, OPEN, alone)] == ["reporter"]


def test_a_near_size_is_the_next_one() -> None:
    bands = list(SIZES)
    assert near(bands[0]) == tuple(bands[:2])
    assert near(bands[2]) == tuple(bands[1:4])
    assert near(bands[-1]) == tuple(bands[-2:])
