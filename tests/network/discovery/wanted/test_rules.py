"""Who may do what on the board: every role against every act."""

from __future__ import annotations

import pytest

from network.discovery.wanted import rules
from network.subjects.viewer import VISITOR, Viewer

MEMBER = Viewer(person_id=1, role="member")
MODERATOR = Viewer(person_id=2, role="moderator")
ADMINISTRATOR = Viewer(person_id=3, role="administrator")


@pytest.mark.parametrize(
    ("viewer", "want", "refuse", "refuse_own", "moderate"),
    [
        (VISITOR, False, False, False, False),
        (MEMBER, True, False, True, False),
        (MODERATOR, True, False, True, True),
        (ADMINISTRATOR, True, False, True, True),
    ],
)
def test_the_matrix(viewer: Viewer, *, want: bool, refuse: bool, refuse_own: bool, moderate: bool) -> None:
    assert rules.may_want(viewer, stands=True) is want
    assert rules.may_refuse(viewer, stands=True, wants=False) is refuse
    assert rules.may_refuse(viewer, stands=True, wants=True) is refuse_own
    assert rules.may_moderate(viewer, stands=True) is moderate
    assert not rules.may_want(viewer, stands=False)
    assert not rules.may_refuse(viewer, stands=False, wants=True)
    assert not rules.may_moderate(viewer, stands=False)
