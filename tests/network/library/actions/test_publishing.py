"""Publishing: address, first version, and the day of the first check."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.outbox import OutboxRow
from network.core.transaction import transaction
from network.library.actions import publishing
from network.library.checking.models import GuideCheck
from network.library.checks import add_months, today
from network.library.models import Guide, GuideVersion
from network.library.rules import Owner
from network.subjects.rules import NotAllowed
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


def test_a_published_guide_has_address_and_version_and_is_not_checked_yet(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    guide = shelf.guide(priya, "Moving a planning register to open data", note="First", checked=False)
    assert guide.slug == "moving-a-planning-register-to-open-data"
    assert (guide.state, guide.version) == ("published", 1)
    assert (guide.checked_at, guide.checked_by, guide.check_state) == (None, None, "unchecked")
    assert guide.check_due == add_months(today_in(app), 12)
    with app.app_context():
        versions = db.session.execute(select(GuideVersion.number, GuideVersion.note, GuideVersion.author_id)).all()
        assert [tuple(row) for row in versions] == [(1, "First", priya)]
        assert db.session.scalars(select(GuideCheck)).all() == []


def today_in(app: Flask) -> date:
    with app.app_context():
        return today()


def test_policies_are_checked_twice_a_year(app: Flask, cast: Cast, shelf: Shelf) -> None:
    guide = shelf.guide(cast.person(), kind="policy", checked=False)
    assert guide.check_due == add_months(today_in(app), 6)


def test_an_earlier_moment_dates_everything(cast: Cast, shelf: Shelf) -> None:
    at = datetime(2025, 3, 31, 9, tzinfo=UTC)
    guide = shelf.guide(cast.person(), at=at, kind="policy", checked=False)
    assert (guide.created_at, guide.published_at) == (at, at)
    assert guide.check_due == date(2025, 9, 30)
    assert guide.check_state == "overdue"


def test_what_was_written_elsewhere_is_not_checked_here_yet(cast: Cast, shelf: Shelf) -> None:
    guide = shelf.guide(cast.person(), checked=False, elsewhere=True)
    assert (guide.checked_at, guide.check_due, guide.check_state) == (None, None, "unchecked")


def test_same_titles_get_addresses_of_their_own(cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    slugs = [shelf.guide(priya, "Bins").slug for _ in range(3)]
    assert slugs == ["bins", "bins-2", "bins-3"]
    assert shelf.guide(priya, "New").slug == "new-page"
    long = [shelf.guide(priya, "word " * 29).slug for _ in range(2)]
    assert len(set(long)) == 2
    assert all(slug and len(slug) <= 80 for slug in long)


def test_only_the_author_publishes_a_draft(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen, tom = cast.person(), cast.person("Owen Pritchard"), cast.person("Tom Adeyemi")
    draft = shelf.draft(priya, co_author_ids=[owen])
    for other in (owen, tom):
        viewer = cast.viewer(other)
        with app.app_context(), pytest.raises(NotAllowed), transaction():
            publishing.publish_draft(viewer=viewer, guide_id=draft.id)
    with app.app_context():
        assert db.session.scalars(select(Guide.state)).all() == ["draft"]


def test_an_owner_must_be_somebody_the_writer_acts_for(cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    mine, theirs = cast.group("mine", facilitators=(priya,)), cast.group("theirs", members=(priya,))
    assert shelf.guide(priya, owner=Owner("group", mine)).owner_group_id == mine
    for owner in (Owner("group", theirs), Owner("person", owen), Owner("organisation", cast.organisation("else"))):
        with pytest.raises(NotAllowed):
            shelf.guide(priya, owner=owner)
    with pytest.raises(NotAllowed):
        shelf.guide(owen, group_id=mine)


def test_publishing_tells_those_who_follow_and_a_draft_tells_nobody(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()

    def told() -> set[str]:
        with app.app_context():
            return {name for name in db.session.scalars(select(OutboxRow.event)) if name.startswith("guide.")}

    shelf.draft(priya)
    assert told() == set()
    shelf.guide(priya, checked=False)
    assert told() == {"guide.published"}
