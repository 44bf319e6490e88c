"""Groups and memberships change only as they should."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.outbox import OutboxRow
from network.core.stale import fingerprint
from network.core.transaction import transaction
from network.groups import actions
from network.groups.models import FormerGroupSlug, Group, Membership
from network.groups.queries import group_words
from network.subjects.rules import NotAllowed
from tests.support.cast import Cast


@pytest.fixture
def ann(cast: Cast) -> int:
    return cast.person("Ann Evans")


@pytest.fixture
def ben(cast: Cast) -> int:
    return cast.person("Ben Price")


def roles(group_id: int) -> dict[int, str]:
    """Who is what in a group."""
    rows = db.session.execute(select(Membership.person_id, Membership.role).where(Membership.group_id == group_id))
    return {row.person_id: row.role for row in rows}


def start(by_id: int, name: str = "Damp and mould") -> int:
    """A group in a transaction of its own."""
    with transaction():
        return actions.start_group(name=name, purpose="We help", by_id=by_id).id


def test_who_starts_a_group_is_its_facilitator(app: Flask, ann: int) -> None:
    with app.app_context():
        group = start(ann)
        assert roles(group) == {ann: "facilitator"}
        assert db.session.get_one(Group, group).member_count == 1


@pytest.mark.parametrize("name", ["Damp and mould", "DAMP and Mould"])
def test_two_groups_never_have_one_name(app: Flask, ann: int, name: str) -> None:
    with app.app_context():
        start(ann)
        with pytest.raises(actions.NameTaken):
            start(ann, name)


def test_names_that_look_alike_get_addresses_of_their_own(app: Flask, ann: int) -> None:
    with app.app_context():
        groups = [db.session.get_one(Group, start(ann, name)).slug for name in ("A & B", "A – B", "New", "404")]
        assert groups == ["a-b", "a-b-2", "new-page", "404-page"]


def test_an_old_address_leads_on_and_is_never_given_away(app: Flask, cast: Cast, ann: int) -> None:
    with app.app_context():
        group = start(ann)
        edit = {"group_id": group, "viewer": cast.viewer(ann), "purpose": "p", "about": "", "about_html": ""}
        with transaction():
            actions.edit_group(**edit, base=fingerprint(group_words(group)), name="Dry homes", topic_ids=())
        assert db.session.get_one(Group, group).slug == "dry-homes"
        assert db.session.get_one(FormerGroupSlug, "damp-and-mould").group_id == group
        assert db.session.get_one(Group, start(ann, "Damp and mould")).slug == "damp-and-mould-2"
        with transaction():
            actions.edit_group(**edit, base=fingerprint(group_words(group)), name="Damp – and mould", topic_ids=())
        assert db.session.get_one(Group, group).slug == "damp-and-mould"


def test_closing_tells_the_index_first_and_is_for_good(app: Flask, cast: Cast, ann: int) -> None:
    with app.app_context():
        group, viewer = start(ann), cast.viewer(ann)
        with pytest.raises(NotAllowed), transaction():
            actions.close_group(group_id=group, viewer=viewer, reason="")
        with transaction():
            actions.close_group(group_id=group, viewer=viewer, reason="Families can be recognised")
        told = db.session.execute(select(OutboxRow.urgent).where(OutboxRow.event == "group.audience_changed")).all()
        assert told
        assert all(urgent for (urgent,) in told)
        with pytest.raises(NotAllowed), transaction():
            actions.close_group(group_id=group, viewer=viewer, reason="again")


def test_joining_twice_counts_once(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    with app.app_context():
        group, viewer = start(ann), cast.viewer(ben)
        for first in (True, False):
            with transaction():
                assert actions.join(group_id=group, viewer=viewer) is first
        assert db.session.get_one(Group, group).member_count == 2


def test_a_closed_group_is_joined_by_request_alone(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    group = cast.group("reviews", closed=True, facilitators=(ann,))
    with app.app_context():
        with pytest.raises(NotAllowed), transaction():
            actions.join(group_id=group, viewer=cast.viewer(ben))
        with transaction():
            actions.ask_to_join(group_id=group, viewer=cast.viewer(ben), message="May I?")
        assert cast.viewer(ben).group_ids == frozenset()
        with pytest.raises(NotAllowed), transaction():
            actions.accept_request(group_id=group, viewer=cast.viewer(ben), person_id=ben)
        with transaction():
            assert actions.accept_request(group_id=group, viewer=cast.viewer(ann), person_id=ben)
        assert cast.viewer(ben).group_ids == {group}
        with transaction():
            assert not actions.decline_request(group_id=group, viewer=cast.viewer(ann), person_id=ben, reason="No")
        assert roles(group)[ben] == "member"


def test_a_declined_request_leaves_no_membership(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    group = cast.group("reviews", closed=True, facilitators=(ann,))
    with app.app_context():
        with transaction():
            actions.ask_to_join(group_id=group, viewer=cast.viewer(ben), message="")
        with transaction():
            actions.decline_request(group_id=group, viewer=cast.viewer(ann), person_id=ben, reason="No")
        assert ben not in roles(group)


def test_the_last_facilitator_names_a_successor(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    group = cast.group("planning", facilitators=(ann,), members=(ben,))
    stranger = cast.person("Cai Owen")
    with app.app_context():
        viewer = cast.viewer(ann)
        for successor in (None, stranger, ann):
            with pytest.raises(NotAllowed), transaction():
                actions.leave(group_id=group, viewer=viewer, successor_id=successor)
        with transaction():
            actions.leave(group_id=group, viewer=viewer, successor_id=ben)
        assert roles(group) == {ben: "facilitator"}


def test_the_last_facilitator_is_neither_removed_nor_made_a_member(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    group = cast.group("planning", facilitators=(ann,), members=(ben,))
    chief = cast.viewer(cast.person("Dee Chief", role="administrator"))
    with app.app_context():
        with pytest.raises(NotAllowed), transaction():
            actions.set_role(group_id=group, viewer=chief, person_id=ann, role="member")
        with pytest.raises(NotAllowed), transaction():
            actions.remove_member(group_id=group, viewer=chief, person_id=ann)
        with transaction():
            actions.set_role(group_id=group, viewer=chief, person_id=ben, role="facilitator")
        with transaction():
            actions.remove_member(group_id=group, viewer=chief, person_id=ann)
        assert roles(group) == {ben: "facilitator"}


def test_a_request_gives_no_say(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    group = cast.group("reviews", closed=True, facilitators=(ann,))
    with app.app_context():
        with transaction():
            actions.ask_to_join(group_id=group, viewer=cast.viewer(ben), message="")
        with pytest.raises(NotAllowed), transaction():
            actions.set_role(group_id=group, viewer=cast.viewer(ann), person_id=ben, role="facilitator")
