"""Who may do what: every role against every act, on guides of each owner, in each state."""

from __future__ import annotations

from functools import partial

import pytest

from network.library import rules
from network.library.rules import Owner, Standing
from network.subjects.viewer import VISITOR, Viewer

AUTHOR, CO_AUTHOR, OWNER, OTHER, GROUP, ORGANISATION = 1, 2, 3, 4, 10, 20

ROLES = {
    "visitor": VISITOR,
    "member": Viewer(person_id=OTHER, role="member"),
    "author": Viewer(person_id=AUTHOR, role="member", organisation_id=ORGANISATION),
    "co-author": Viewer(person_id=CO_AUTHOR, role="member", organisation_id=ORGANISATION),
    "owner": Viewer(person_id=OWNER, role="member"),
    "facilitator": Viewer(person_id=5, role="member", group_ids=frozenset({GROUP}), facilitated_ids=frozenset({GROUP})),
    "group member": Viewer(person_id=6, role="member", group_ids=frozenset({GROUP})),
    "moderator": Viewer(person_id=7, role="moderator"),
    "administrator": Viewer(person_id=8, role="administrator"),
    "colleague": Viewer(person_id=9, role="member", organisation_id=ORGANISATION),
}
EVERYBODY = set(ROLES)
MEMBERS = EVERYBODY - {"visitor"}
ACTS = {
    "know": rules.may_know,
    "read": rules.may_read,
    "edit": rules.may_edit,
    "check": rules.may_check,
    "publish": rules.may_publish,
    "hand over": rules.may_hand_over,
    "withdraw": rules.may_withdraw,
    "comment": rules.may_comment,
    "flag": rules.may_flag,
    "answer a flag": rules.may_answer_flag,
    "put back": rules.may_restore,
    "put back what an administrator withdrew": partial(rules.may_restore, by_administrator=True),
    "take over": partial(rules.may_take_over, answered_for=False),
    "take over what others answer for": partial(rules.may_take_over, answered_for=True),
    "keep order": rules.keeps_order,
}


PERSON = Owner("person", OWNER)
NOT_HERE = (
    "put back",
    "put back what an administrator withdrew",
    "take over",
    "take over what others answer for",
)


def guide(state: str = "published", owner: Owner = PERSON, **more: object) -> Standing:
    return Standing(
        state=state,
        author_id=AUTHOR,
        owner=owner,
        co_author_ids=frozenset({CO_AUTHOR}),
        **more,  # type: ignore[arg-type]
    )


PUBLIC = {
    "know": EVERYBODY,
    "read": EVERYBODY,
    "edit": {"author", "co-author", "owner"},
    "check": {"author", "co-author", "owner"},
    "publish": set(),
    "hand over": {"owner"},
    "withdraw": {"owner", "administrator"},
    "comment": MEMBERS,
    "flag": MEMBERS,
    "answer a flag": {"author", "co-author", "owner"},
    **{act: set() for act in NOT_HERE},
    "keep order": {"moderator", "administrator"},
}
MATRIX = {
    "a person's": (guide(), PUBLIC),
    "a group's": (
        guide(owner=Owner("group", GROUP), group_id=GROUP, openness="open"),
        PUBLIC
        | {
            "edit": {"author", "co-author", "facilitator"},
            "check": {"author", "co-author", "facilitator"},
            "answer a flag": {"author", "co-author", "facilitator"},
            "hand over": {"facilitator"},
            "withdraw": {"facilitator", "administrator"},
            "keep order": {"moderator", "administrator", "facilitator"},
        },
    ),
    "an organisation's": (
        guide(owner=Owner("organisation", ORGANISATION)),
        PUBLIC
        | {
            "edit": {"author", "co-author"},
            "check": {"author", "co-author"},
            "answer a flag": {"author", "co-author"},
            "hand over": {"author", "co-author"},
            "withdraw": {"author", "co-author", "administrator"},
            "take over": {"author", "co-author", "colleague"},
        },
    ),
    "in a closed group": (
        guide(owner=Owner("group", GROUP), group_id=GROUP, openness="closed"),
        {
            "know": {"facilitator", "group member"},
            "read": {"facilitator", "group member"},
            "edit": {"facilitator"},
            "check": {"facilitator"},
            "publish": set(),
            "hand over": {"facilitator"},
            "withdraw": {"facilitator"},
            "comment": {"facilitator", "group member"},
            "flag": {"facilitator", "group member"},
            "answer a flag": {"facilitator"},
            **{act: set() for act in NOT_HERE},
            "keep order": {"facilitator"},
        },
    ),
    "a draft": (
        guide("draft"),
        {
            **{act: set() for act in ACTS},
            "know": {"author", "co-author"},
            "read": {"author", "co-author"},
            "edit": {"author", "co-author"},
            "publish": {"author"},
            "hand over": {"author"},
        },
    ),
    "withdrawn": (
        guide("withdrawn"),
        {
            **{act: set() for act in ACTS},
            "know": EVERYBODY,
            "put back": {"owner", "administrator"},
            "put back what an administrator withdrew": {"administrator"},
        },
    ),
    "withdrawn in a closed group": (
        guide("withdrawn", owner=Owner("group", GROUP), group_id=GROUP, openness="closed"),
        {**{act: set() for act in ACTS}, "know": {"facilitator", "group member"}, "put back": {"facilitator"}},
    ),
}


@pytest.mark.parametrize("which", MATRIX)
@pytest.mark.parametrize("act", ACTS)
def test_who_may(which: str, act: str) -> None:
    standing, allowed = MATRIX[which]
    assert {role for role, viewer in ROLES.items() if ACTS[act](viewer, standing)} == allowed[act]


IN_GROUP = frozenset({GROUP})
WRITERS = {
    "author": Viewer(person_id=AUTHOR, role="member"),
    "author in the group": Viewer(person_id=AUTHOR, role="member", group_ids=IN_GROUP),
    "co-author": Viewer(person_id=CO_AUTHOR, role="member"),
    "co-author in the group": Viewer(person_id=CO_AUTHOR, role="member", group_ids=IN_GROUP),
    "facilitator": ROLES["facilitator"],
    "administrator": ROLES["administrator"],
}
INSIDE = {"author in the group", "co-author in the group"}
DRAFT_ACTS = {
    **{act: set() for act in ACTS},
    **dict.fromkeys(("know", "read", "edit"), INSIDE),
    **{act: {"author in the group"} for act in ("publish", "hand over")},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "standing",
    [guide("draft", group_id=GROUP, openness="closed"), guide("draft", said_in=GROUP)],
    ids=["in a closed group", "with words of a group that closed since"],
)
def test_who_may_with_a_draft_of_a_closed_group(standing: Standing, act: str) -> None:
    assert {role for role, viewer in WRITERS.items() if ACTS[act](viewer, standing)} == DRAFT_ACTS[act]


def test_a_co_author_publishes_a_draft_whose_author_has_left() -> None:
    left = Standing("draft", None, Owner("organisation", ORGANISATION), co_author_ids=frozenset({CO_AUTHOR}))
    assert {role for role, viewer in ROLES.items() if rules.may_publish(viewer, left)} == {"co-author"}


def test_people_own_as_themselves_their_group_or_their_organisation() -> None:
    author, facilitator, member = ROLES["author"], ROLES["facilitator"], ROLES["group member"]
    assert rules.may_own_as(author, Owner("person", AUTHOR))
    assert not rules.may_own_as(author, Owner("person", OTHER))
    assert rules.may_own_as(author, Owner("organisation", ORGANISATION))
    assert not rules.may_own_as(facilitator, Owner("organisation", ORGANISATION))
    assert rules.may_own_as(facilitator, Owner("group", GROUP))
    assert not rules.may_own_as(member, Owner("group", GROUP))
    assert rules.may_put_in(member, GROUP)
    assert rules.may_put_in(author, None)
    assert not rules.may_put_in(author, GROUP)
