"""Who may suggest, read, answer and withdraw: every role against every act, and lists that say the same as rules."""

from __future__ import annotations

import pytest

from network.library.rules import Owner, Standing, keeps_order
from network.library.suggestions import rules
from network.library.suggestions.models import DRAFT, OPEN
from tests.network.library.test_rules import EVERYBODY, GROUP, MEMBERS, OTHER, ROLES, guide

IN_GROUP = guide(owner=Owner("group", GROUP), group_id=GROUP, openness="open")
CLOSED = guide(owner=Owner("group", GROUP), group_id=GROUP, openness="closed")
WRITERS = {"author", "co-author"}
INSIDE = {"facilitator", "group member"}
MATRIX: dict[str, tuple[Standing, set[str], set[str], set[str], set[str]]] = {
    # guide: who suggests, who reads, who answers at first, who answers when it was passed on to the group
    "a person's": (
        guide(),
        MEMBERS - WRITERS - {"owner"},
        EVERYBODY,
        WRITERS | {"owner"},
        WRITERS | {"owner", "administrator"},
    ),
    "a group's": (
        IN_GROUP,
        MEMBERS - WRITERS - {"facilitator"},
        EVERYBODY,
        WRITERS | {"facilitator"},
        WRITERS | {"facilitator", "administrator"},
    ),
    "in a group, a person's": (
        guide(group_id=GROUP, openness="open"),
        MEMBERS - WRITERS - {"owner"},
        EVERYBODY,
        WRITERS | {"owner"},
        WRITERS | {"owner", "facilitator", "administrator"},
    ),
    "in a closed group": (CLOSED, {"group member"}, INSIDE, {"facilitator"}, {"facilitator"}),
    "a draft": (guide("draft"), set(), set(), set(), set()),
    "withdrawn": (guide("withdrawn"), set(), set(), set(), set()),
}


@pytest.mark.parametrize("which", MATRIX)
def test_who_may(which: str) -> None:
    standing, suggest, read, answer, passed_on = MATRIX[which]

    def those(rule: object) -> set[str]:
        return {role for role, viewer in ROLES.items() if rule(viewer)}  # type: ignore[operator]

    assert those(lambda viewer: rules.may_suggest(viewer, standing)) == suggest
    assert those(lambda viewer: rules.may_read(viewer, standing, state=OPEN, author_id=OTHER)) == read
    assert those(lambda viewer: rules.may_answer(viewer, standing, state=OPEN, stage=0)) == answer
    assert those(lambda viewer: rules.may_answer(viewer, standing, state=OPEN, stage=1)) == answer
    assert those(lambda viewer: rules.may_answer(viewer, standing, state=OPEN, stage=2)) == passed_on
    assert those(lambda viewer: rules.may_answer(viewer, standing, state="declined", stage=2)) == set()
    mine = {"member"} & read
    assert those(lambda viewer: rules.may_read(viewer, standing, state=DRAFT, author_id=OTHER)) == mine
    assert those(lambda viewer: rules.may_withdraw(viewer, standing, state=OPEN, author_id=OTHER)) == mine
    order = those(lambda viewer: keeps_order(viewer, standing))
    assert those(lambda viewer: rules.may_hide(viewer, standing, state=OPEN, author_id=OTHER)) == order
    assert those(lambda viewer: rules.may_hide(viewer, standing, state="accepted", author_id=OTHER)) == set()
    assert "moderator" not in those(lambda viewer: rules.may_hide(viewer, standing, state=OPEN, author_id=7))
    assert those(lambda viewer: rules.may_withdraw(viewer, standing, state="accepted", author_id=OTHER)) == set()
