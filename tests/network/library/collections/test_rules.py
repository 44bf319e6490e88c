"""Who may do what with a collection: every role against every act."""

from __future__ import annotations

import pytest

from network.library.collections import rules
from network.library.collections.rules import Standing
from network.subjects.viewer import VISITOR, Viewer

KEEPER = Viewer(person_id=1, role="member")
OTHER = Viewer(person_id=2, role="member")
MEMBER = Viewer(person_id=3, role="member", group_ids=frozenset({7}))
FACILITATOR = Viewer(person_id=4, role="member", group_ids=frozenset({7}), facilitated_ids=frozenset({7}))
MODERATOR = Viewer(person_id=5, role="moderator")
ADMINISTRATOR = Viewer(person_id=6, role="administrator")
EVERYBODY = (VISITOR, KEEPER, OTHER, MEMBER, FACILITATOR, MODERATOR, ADMINISTRATOR)

OWN = Standing(keeper_id=1)
OPEN = Standing(group_id=7, openness="open")
CLOSED = Standing(group_id=7, openness="closed")
LEFT = Standing()
NOBODY: set[Viewer] = set()


@pytest.mark.parametrize(
    ("collection", "read", "keep", "take_away", "hide"),
    [
        (OWN, set(EVERYBODY), {KEEPER}, {KEEPER}, {MODERATOR, ADMINISTRATOR}),
        (OPEN, set(EVERYBODY), {MEMBER, FACILITATOR}, {FACILITATOR}, {MODERATOR, ADMINISTRATOR}),
        (CLOSED, {MEMBER, FACILITATOR}, {MEMBER, FACILITATOR}, {FACILITATOR}, NOBODY),
        (LEFT, set(EVERYBODY), {ADMINISTRATOR}, {ADMINISTRATOR}, {MODERATOR, ADMINISTRATOR}),
    ],
)
def test_the_matrix(
    collection: Standing, read: set[Viewer], keep: set[Viewer], take_away: set[Viewer], hide: set[Viewer]
) -> None:
    for rule, allowed in (
        (rules.may_read, read),
        (rules.may_keep, keep),
        (rules.may_take_away, take_away),
        (rules.may_hide, hide),
    ):
        assert {viewer for viewer in EVERYBODY if rule(viewer, collection)} == allowed, rule.__name__


def test_nobody_does_anything_with_a_hidden_one_but_know_why() -> None:
    hidden = Standing(keeper_id=1, hidden=True)
    assert rules.may_know(VISITOR, hidden)
    for rule in (rules.may_read, rules.may_keep, rules.may_take_away, rules.may_hide):
        assert not any(rule(viewer, hidden) for viewer in EVERYBODY)


def test_a_group_is_chosen_by_its_members_only() -> None:
    assert [rules.may_begin(viewer, 7) for viewer in EVERYBODY] == [False, False, False, True, True, False, False]
    assert [rules.may_begin(viewer, None) for viewer in EVERYBODY] == [False] + [True] * 6
