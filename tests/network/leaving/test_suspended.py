"""Closing the account of somebody who is suspended, as those who run the service do."""

from __future__ import annotations

from sqlalchemy import select

from network.accounts.models import Account
from network.core.db import db
from network.core.transaction import transaction
from network.leaving.actions import close
from network.leaving.choices import DELETE, MARKERS, Choices
from network.library.collections import actions as collections
from network.library.collections.models import Collection
from network.library.flags.models import GuideFlag
from network.people.standing import suspend
from tests.network.leaving.life import Life


def test_what_was_chosen_is_done_and_nothing_of_a_group_is(life: Life) -> None:
    with life.app.app_context():
        viewer = life.viewer(life.nia)
        with transaction():
            collections.begin(viewer=viewer, title="Of all", purpose="To learn", group_id=life.group)
        account_id = life.viewer(life.xanthe).account_id
        with transaction():
            suspend(db.session.get_one(Account, account_id), reason="Sells conservatories")
        with transaction():
            assert close(account_id=account_id, choices=Choices(posts=MARKERS, collections=DELETE), by_id=None)
        assert list(db.session.scalars(select(Collection.title))) == ["Of all"]
        flags = db.session.execute(select(GuideFlag.answer, GuideFlag.reason).where(GuideFlag.person_id == life.xanthe))
        assert [tuple(row) for row in flags] == [("taken-back", "")]
    assert life.guide("Spoons in practice").flagged_at is None
