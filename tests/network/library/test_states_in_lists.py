"""How far to trust a guide and how many use it shows wherever guides are listed, as in the library."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from network.core.db import db
from network.core.transaction import transaction
from network.library.actions.editing import edit
from network.library.actions.ending import supersede
from network.library.flags.actions import flag
from network.library.lineage.actions import set_source
from network.library.models import Guide
from tests.network.library.adoptions.uses import Town
from tests.network.library.collections.conftest import Curator
from tests.network.library.shelf import Shelf, content
from tests.support.cast import Cast

PLACES = {
    "the library": ("nia", "/library", "<main"),
    "a collection": ("nia", "/collections/first-steps", "<main"),
    "guides we use": ("nia", "/adoptions", "<main"),
    "offered for a pack": ("nia", "/packs/new", "<main"),
    "chosen for a pack": ("nia", "/packs/new?guide=bins", "In this pack"),
    "adapted by": ("nia", "/library/waste", 'id="adapted"'),
    "what links here": ("nia", "/library/waste", 'id="what-links-here"'),
}
"""Who looks, where, and what the list comes after on its page."""
MY_CHECKS = ("owner", "/checks", "<main")
"""Whose headings say the states."""
_TITLE = re.compile(r">(?:\d+\. )?Bins<")
_ROW = re.compile(r"<li(?= class=\"cp-row|><a)|<div class=\"govuk-checkboxes__item|</section>")


@pytest.fixture
def town(app: Flask, cast: Cast, shelf: Shelf) -> Town:
    """“Bins” was made of “Waste”, links to it, is used by two organisations and stands in a collection."""
    town = Town(cast, shelf)
    waste = shelf.guide(town.tom, "Waste")
    viewer = cast.viewer(town.owner)
    with app.app_context():
        words = content("Bins", body="See [waste](/library/waste).\n")
        with transaction():
            edit(viewer=viewer, guide_id=town.guide, content=words)
            bins = db.session.get_one(Guide, town.guide)
            set_source(viewer=viewer, guide=bins, source_id=waste.id)
    curator = Curator(app, cast)
    curator.add(town.tom, curator.begin(town.tom), bins)
    for person in (town.nia, town.tom):
        town.use(person)
    town.settle()
    return town


def row_of_bins(town: Town, place: tuple[str, str, str]) -> str:
    """The words of the row in which it is listed there."""
    who, address, after = place
    page = town.cast.client(getattr(town, who)).get(address).text.partition(after)[2]
    (row,) = [row for row in _ROW.split(page) if _TITLE.search(row)][:1]
    return " ".join(re.sub(r"<[^>]+>", " ", row).split())


@pytest.mark.parametrize("place", [*PLACES.values(), MY_CHECKS], ids=[*PLACES, "my checks"])
def test_lists_say_how_many_use_a_guide(town: Town, place: tuple[str, str, str]) -> None:
    assert "2 use this" in row_of_bins(town, place)


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_lists_say_that_a_guide_is_flagged_or_superseded(app: Flask, town: Town, place: tuple[str, str, str]) -> None:
    row = row_of_bins(town, place)
    assert "Superseded" not in row
    assert "Flagged" not in row
    viewer, tom = town.cast.viewer(town.owner), town.cast.viewer(town.tom)
    newer = town.shelf.guide(town.owner, "Bins by the sea")
    with app.app_context(), transaction():
        flag(viewer=tom, guide_id=town.guide, reason="Old")
    assert "Flagged as outdated" in row_of_bins(town, place)
    with app.app_context(), transaction():
        supersede(viewer=viewer, guide_id=town.guide, by_id=newer.id)
    row = row_of_bins(town, place)
    assert "Superseded" in row
    assert "Flagged" not in row
