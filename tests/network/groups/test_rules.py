"""Roles × acts in a group."""

from __future__ import annotations

import pytest

from network.groups import rules
from network.groups.models import ASK_ANYONE
from network.subjects.viewer import VISITOR, Viewer

GROUP = 5
WHO = {
    "visitor": VISITOR,
    "outsider": Viewer(person_id=1, role="member"),
    "member": Viewer(person_id=2, role="member", group_ids=frozenset({GROUP})),
    "facilitator": Viewer(person_id=3, role="member", group_ids=frozenset({GROUP}), facilitated_ids=frozenset({GROUP})),
    "elsewhere": Viewer(person_id=4, role="member", group_ids=frozenset({9}), facilitated_ids=frozenset({9})),
    "moderator": Viewer(person_id=5, role="moderator"),
    "administrator": Viewer(person_id=6, role="administrator"),
}
ACTS = {
    "start": lambda viewer, openness: rules.may_start(viewer),
    "see inside": lambda viewer, openness: rules.may_see_inside(viewer, GROUP, openness),
    "post": lambda viewer, openness: rules.may_post(viewer, GROUP, openness),
    "announce": lambda viewer, openness: rules.may_announce(viewer, GROUP),
    "join": lambda viewer, openness: rules.may_join(viewer, GROUP, openness),
    "request": lambda viewer, openness: rules.may_request(viewer, GROUP, openness),
    "manage": lambda viewer, openness: rules.may_manage(viewer, GROUP, openness),
    "close": lambda viewer, openness: rules.may_close(viewer, GROUP, openness, "planning"),
    "keep order": lambda viewer, openness: rules.keeps_order(viewer, GROUP, openness),
}
SIGNED_IN = {"outsider", "member", "facilitator", "elsewhere", "moderator", "administrator"}
OUTSIDE = {"outsider", "elsewhere", "moderator", "administrator"}
INSIDE = {"member", "facilitator"}
ALLOWED = {
    ("start", "open"): SIGNED_IN,
    ("start", "closed"): SIGNED_IN,
    ("see inside", "open"): SIGNED_IN | {"visitor"},
    ("see inside", "closed"): INSIDE,
    ("post", "open"): SIGNED_IN,
    ("post", "closed"): INSIDE,
    ("announce", "open"): {"facilitator"},
    ("announce", "closed"): {"facilitator"},
    ("join", "open"): OUTSIDE,
    ("join", "closed"): set(),
    ("request", "open"): set(),
    ("request", "closed"): OUTSIDE,
    ("manage", "open"): {"facilitator", "administrator"},
    ("manage", "closed"): {"facilitator"},
    ("close", "open"): {"facilitator", "administrator"},
    ("close", "closed"): set(),
    ("keep order", "open"): {"facilitator", "moderator", "administrator"},
    ("keep order", "closed"): {"facilitator"},
}


@pytest.mark.parametrize("openness", ["open", "closed"])
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(act: str, openness: str) -> None:
    found = {name for name, viewer in WHO.items() if ACTS[act](viewer, openness)}
    assert found == ALLOWED[act, openness]


def test_ask_anyone_is_never_closed() -> None:
    assert not rules.may_close(WHO["administrator"], GROUP, "open", ASK_ANYONE)
