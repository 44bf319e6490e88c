"""Who may change a post: roles × acts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from network.subjects.viewer import VISITOR, Viewer
from network.threads import rules

AUTHOR, OTHER = Viewer(person_id=1, role="member"), Viewer(person_id=2, role="member")
STANDS, GONE = None, datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("viewer", "author_id", "withdrawn_at", "keeps_order", "edit", "withdraw", "hide"),
    [
        (VISITOR, 1, STANDS, False, False, False, False),
        (VISITOR, None, STANDS, False, False, False, False),
        (VISITOR, 1, STANDS, True, False, False, False),
        (AUTHOR, 1, STANDS, False, True, True, False),
        (AUTHOR, 1, STANDS, True, True, True, False),
        (AUTHOR, 1, GONE, True, False, False, False),
        (OTHER, 1, STANDS, False, False, False, False),
        (OTHER, 1, STANDS, True, False, False, True),
        (OTHER, None, STANDS, True, False, False, True),
        (OTHER, 1, GONE, True, False, False, False),
    ],
)
def test_who_may_change_a_post(
    viewer: Viewer,
    author_id: int | None,
    withdrawn_at: datetime | None,
    keeps_order: bool,
    edit: bool,
    withdraw: bool,
    hide: bool,
) -> None:
    assert rules.may_edit(viewer, author_id, withdrawn_at) is edit
    assert rules.may_withdraw(viewer, author_id, withdrawn_at) is withdraw
    assert rules.may_hide(viewer, author_id, withdrawn_at, keeps_order=keeps_order) is hide


def test_only_its_author_sees_what_a_hidden_post_said_and_nobody_what_a_withdrawn_one_did() -> None:
    for viewer in (VISITOR, OTHER, AUTHOR):
        assert rules.may_see_history(viewer, 1, STANDS, None)
        assert not rules.may_see_history(viewer, 1, GONE, 1)
        assert not rules.may_see_history(viewer, None, GONE, None)
        assert rules.may_see_history(viewer, 1, GONE, 2) == (viewer is AUTHOR)
