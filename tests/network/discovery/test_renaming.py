"""What is in a group is found by its address, also when that is another one now."""

from __future__ import annotations

from flask import Flask

from network.core.stale import fingerprint
from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.finding import find
from network.groups.actions import edit_group
from network.groups.queries import group_words
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast


def test_a_renamed_group_is_searched_by_its_new_address(app: Flask, cast: Cast, shelf: Shelf) -> None:
    priya = cast.person()
    group = cast.group("damp", facilitators=(priya,))
    shelf.guide(priya, "Wheelbarrows", group_id=group)
    drain(app)
    viewer = cast.viewer(priya)

    def found(slug: str) -> list[str]:
        drain(app)
        with app.app_context():
            return [hit.card.title for hit in find(viewer, "wheelbarrows", filters={"group": (slug,)}).found]

    assert found("damp") == ["Wheelbarrows"]
    with app.app_context():
        before = fingerprint(group_words(group))
        words = {"purpose": "We help", "about": "", "about_html": "", "topic_ids": ()}
        with transaction():
            edit_group(group_id=group, viewer=viewer, base=before, name="Dry homes", **words)
    assert found("dry-homes") == ["Wheelbarrows"]
    assert found("damp") == []
