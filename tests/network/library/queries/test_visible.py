"""Lists, cards and rules agree on who sees which guide."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.library import rules
from network.library.actions import ending
from network.library.models import Guide
from network.library.queries.found import guide_by_id
from network.library.queries.lists import Filters, guides, newest_guides
from network.library.queries.visible import visible_to
from network.library.subject import cards, entries, in_group, may_read, revisions
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


def test_every_spelling_of_visibility_agrees(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen, tom = cast.person(), cast.person("Owen Pritchard"), cast.person("Tom Adeyemi")
    admin = cast.person("Ann Evans", role="administrator")
    closed = cast.group("closed", closed=True, facilitators=(priya,), members=(owen,))
    opened = cast.group("open", members=(priya,))
    shelf.guide(priya, "Public")
    shelf.guide(priya, "In the open group", group_id=opened)
    shelf.guide(priya, "In the closed group", group_id=closed)
    shelf.draft(priya, "Draft", co_author_ids=[tom])
    gone = shelf.guide(priya, "Withdrawn")
    viewer = cast.viewer(priya)
    with app.app_context(), transaction():
        ending.withdraw(viewer=viewer, guide_id=gone.id, reason="Out of date")
    for person in (None, priya, owen, tom, admin):
        viewer = cast.viewer(person)
        with app.app_context():
            ids = list(db.session.scalars(select(Guide.id)))
            listed = set(db.session.scalars(select(Guide.id).where(visible_to(viewer))))
            found = {guide_id: guide_by_id(guide_id) for guide_id in ids}
            readable = {i for i, guide in found.items() if guide and rules.may_read(viewer, guide.standing)}
            published = {i for i, guide in found.items() if guide and guide.standing.state == "published"}
            assert listed == readable & published
            assert {line.id for line in guides(viewer, Filters(), limit=20)} == listed
            assert {line.id for line in newest_guides(viewer, 20)} == listed
            assert set(cards(ids, viewer)) == listed
            assert {i for i in ids if may_read(viewer, i)} == readable
            terms = {entry.id: entry.audience for entry in entries(ids)}
            assert {i for i, term in terms.items() if term in viewer.audiences} == listed
            assert set(terms) == set(revisions()) == published


def test_the_closed_groups_guides_follow_its_audience(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    closed = cast.group("closed", closed=True, facilitators=(priya,))
    guide = shelf.guide(priya, group_id=closed)
    with app.app_context():
        assert in_group(closed) == [guide.id]
        assert [entry.audience for entry in entries([guide.id])] == [f"group:{closed}"]
