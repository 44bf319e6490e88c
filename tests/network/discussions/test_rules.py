"""Roles × acts on a discussion."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from network.discussions import rules
from network.subjects.viewer import VISITOR, Viewer

GROUP, ASKER = 5, 2
MINE = frozenset({GROUP})
WHO = {
    "visitor": VISITOR,
    "outsider": Viewer(person_id=1, role="member"),
    "asker": Viewer(person_id=ASKER, role="member", group_ids=MINE),
    "asker who left": Viewer(person_id=ASKER, role="member"),
    "member": Viewer(person_id=3, role="member", group_ids=MINE),
    "facilitator": Viewer(person_id=4, role="member", group_ids=MINE, facilitated_ids=MINE),
    "moderator": Viewer(person_id=5, role="moderator"),
    "administrator": Viewer(person_id=6, role="administrator"),
}
SIGNED_IN = set(WHO) - {"visitor"}
INSIDE = {"asker", "member", "facilitator"}
KEEPERS = {"facilitator", "moderator", "administrator"}
ACTS = {
    "read": lambda viewer, openness: rules.may_read(viewer, GROUP, openness, None),
    "ask": lambda viewer, openness: rules.may_start(viewer, "question", GROUP, openness),
    "announce": lambda viewer, openness: rules.may_start(viewer, "announcement", GROUP, openness),
    "reply": lambda viewer, openness: rules.may_reply(viewer, GROUP, openness, None),
    "edit": lambda viewer, openness: rules.may_edit(viewer, ASKER, None),
    "accept": lambda viewer, openness: rules.may_accept(
        viewer, kind="question", author_id=ASKER, group_id=GROUP, openness=openness
    ),
    "accept in a discussion": lambda viewer, openness: rules.may_accept(
        viewer, kind="discussion", author_id=ASKER, group_id=GROUP, openness=openness
    ),
}
ALLOWED = {
    ("read", "open"): set(WHO),
    ("read", "closed"): INSIDE,
    ("ask", "open"): SIGNED_IN,
    ("ask", "closed"): INSIDE,
    ("announce", "open"): {"facilitator"},
    ("announce", "closed"): {"facilitator"},
    ("reply", "open"): SIGNED_IN,
    ("reply", "closed"): INSIDE,
    ("edit", "open"): {"asker", "asker who left"},
    ("edit", "closed"): {"asker", "asker who left"},  # The page itself refuses who may no longer read it.
    ("accept", "open"): KEEPERS | {"asker", "asker who left"},
    ("accept", "closed"): {"asker", "facilitator"},
    ("accept in a discussion", "open"): set(),
    ("accept in a discussion", "closed"): set(),
}


@pytest.mark.parametrize("openness", ["open", "closed"])
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(act: str, openness: str) -> None:
    assert {name for name, viewer in WHO.items() if ACTS[act](viewer, openness)} == ALLOWED[act, openness]


def test_nobody_reads_or_answers_what_was_withdrawn() -> None:
    gone = datetime(2026, 11, 1, tzinfo=UTC)
    assert not any(rules.may_read(viewer, GROUP, "open", gone) for viewer in WHO.values())
    assert not any(rules.may_reply(viewer, GROUP, "open", gone) for viewer in WHO.values())


def test_only_a_reply_that_stands_is_accepted() -> None:
    assert rules.may_be_accepted(2, None)
    assert not rules.may_be_accepted(1, None)
    assert not rules.may_be_accepted(2, datetime(2026, 11, 1, tzinfo=UTC))
