"""The guides on people's and groups' pages are those that the viewer may see."""

from __future__ import annotations

from typing import Any

from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.models import Guide
from network.library.panels import of_group, of_person
from network.library.queries import my_drafts
from network.library.rules import Owner
from network.subjects.viewer import VISITOR, Viewer
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


def test_a_persons_guides_as_the_viewer_may_see_them(app: Flask, cast: Cast, shelf: Shelf, client: Any) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    closed = cast.group("closed", closed=True, facilitators=(priya,))
    shelf.guide(priya, "Bins", co_author_ids=[owen])
    shelf.guide(priya, "Secret", group_id=closed)
    shelf.draft(priya, "Half a thought")
    member = cast.viewer(priya)
    with app.app_context():
        public, inside, helped = of_person(Viewer(), priya), of_person(member, priya), of_person(Viewer(), owen)
        assert of_person(Viewer(), 999) is None
    assert public is not None
    assert len(public.context["rows"]) == 1
    assert inside is not None
    assert len(inside.context["rows"]) == 2
    assert helped is not None
    assert "Bins" in helped.context["rows"][0]
    assert "Bins" in client.get("/people/priya-raman").get_data(as_text=True)


def test_more_than_are_shown_lead_to_the_list(cast: Cast, shelf: Shelf, client: Any) -> None:
    priya = cast.person()
    for number in range(5):
        shelf.guide(priya, f"Guide {number}")
    link = '<a class="govuk-link" href="/library?by=priya-raman">'
    assert link not in client.get("/people/priya-raman").get_data(as_text=True)
    shelf.guide(priya, "One too many")
    page = client.get("/people/priya-raman").get_data(as_text=True)
    assert link in page
    assert "Guide 0" not in page


def test_a_profile_shows_first_what_others_use(cast: Cast, shelf: Shelf, app: Flask) -> None:
    priya = cast.person()
    used = shelf.guide(priya, "In use elsewhere").id
    for number in range(6):
        shelf.guide(priya, f"Guide {number}")
    with app.app_context(), transaction():
        db.session.get_one(Guide, used).use_count = 5
    page = cast.client().get("/people/priya-raman").get_data(as_text=True)
    assert page.index("In use elsewhere") < page.index("Guide 5")
    assert "All their guides</a>" in page
    assert "All your guides</a>" in cast.client(priya).get("/people/priya-raman").get_data(as_text=True)


def test_a_groups_guides_are_those_that_belong_to_it_or_are_its_own(
    app: Flask, cast: Cast, shelf: Shelf, client: Any
) -> None:
    priya = cast.person()
    group = cast.group("data-leads", facilitators=(priya,))
    shelf.guide(priya, "Belongs", group_id=group)
    shelf.guide(priya, "Owned", owner=Owner("group", group))
    shelf.guide(priya, "Neither")
    with app.app_context():
        assert len(of_group(Viewer(), group).context["rows"]) == 2
        assert not of_group(Viewer(), group).context["may_write"]
    page = client.get("/groups/data-leads/guides").get_data(as_text=True)
    assert "Belongs" in page
    assert "Owned" in page
    assert "Neither" not in page


def test_my_drafts_are_mine_and_those_i_help_with(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya, owen = cast.person(), cast.person("Owen Pritchard")
    shelf.draft(priya, "One")
    shelf.draft(owen, "Two", co_author_ids=[priya])
    shelf.draft(owen, "Three")
    with app.app_context():
        assert {draft.title for draft in my_drafts(cast.viewer(priya))} == {"One", "Two"}
        assert my_drafts(VISITOR) == []


def test_an_organisation_shows_its_guides_before_its_people_those_in_use_first(
    app: Flask, cast: Cast, shelf: Shelf
) -> None:
    cast.organisation("harrowdale")
    priya = cast.person()
    used = shelf.guide(priya, "In use elsewhere").id
    for number in range(6):
        shelf.guide(priya, f"Guide {number}")
    with app.app_context(), transaction():
        db.session.get_one(Guide, used).use_count = 5
    drain(app)
    page = cast.client().get("/organisations/harrowdale").get_data(as_text=True)
    places = [page.index(words) for words in ("Guides from here", "In use elsewhere", "Guide 5", "People</h2>")]
    assert places == sorted(places)
    assert '<a class="govuk-link" href="/library?organisation=harrowdale">All 7 guides</a>' in page
