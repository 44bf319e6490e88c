"""What somebody suggested stays theirs when the guide is withdrawn: named in their lists, to be read and copied."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import delete, select, update

from network.core.db import db
from network.core.transaction import transaction
from network.groups.models import Membership
from network.library.actions.ending import restore_withdrawn, withdraw
from network.library.models import Guide
from network.library.suggestions import actions
from network.library.suggestions.actions import Proposal
from network.library.suggestions.models import Suggestion
from tests.network.library.suggestions.conftest import NEW, Desk


def withdrawn(desk: Desk) -> None:
    viewer = desk.cast.viewer(desk.owen)
    with desk.app.app_context(), transaction():
        withdraw(viewer=viewer, guide_id=desk.guide, reason="The law changed")


def draft(desk: Desk) -> None:
    """Fatima begins a suggestion and does not send it."""
    proposal = Proposal(1, "Moving a register", "How we did it", f"{NEW}\n\nCount <them> first.\n", "Too short")
    viewer = desk.cast.viewer(desk.fatima)
    with desk.app.app_context(), transaction():
        actions.keep(viewer=viewer, guide_id=desk.guide, proposal=proposal, seen="")


def address(desk: Desk, page: str, who: int | None = None) -> str:
    """Where the words are read that a list names; empty when it names none."""
    found = re.search(r'href="(/suggestions/\d+)"', desk.cast.client(who or desk.fatima).get(page).text)
    return found[1] if found else ""


def test_a_draft_and_what_was_sent_are_named_and_show_what_is_their_writers(desk: Desk) -> None:
    desk.suggest(why="Half of it is missing")
    draft(desk)
    fatima = desk.cast.client(desk.fatima)
    assert address(desk, "/drafts") == address(desk, "/suggestions") == ""
    withdrawn(desk)
    for page in ("/drafts", "/suggestions"):
        assert "The guide was withdrawn" in fatima.get(page).text, page
    assert fatima.get("/suggestions").text.count("The guide was withdrawn") == 2
    page = fatima.get(address(desk, "/drafts")).text
    for words in ("Too short", "Moving a register", "Ask everybody who will read it.", "Count &lt;them&gt; first."):
        assert words in page, words
    assert "How we did it" not in page, "the summary is the guide's"
    assert "## Before you start" not in page
    assert 'href="/library/moving-a-planning-register"' in page


def test_nobody_else_reads_them_and_who_left_the_closed_group_reads_nothing_of_it(app: Flask, desk: Desk) -> None:
    group = desk.cast.group("cases", closed=True, facilitators=(desk.owen,), members=(desk.fatima,))
    with app.app_context(), transaction():
        db.session.execute(update(Guide).where(Guide.id == desk.guide).values(group_id=group))
    draft(desk)
    withdrawn(desk)
    words = address(desk, "/drafts")
    assert desk.cast.client(desk.owen).get(words).status_code == 404
    assert desk.cast.client().get(words).status_code == 303
    with app.app_context(), transaction():
        db.session.execute(delete(Membership).where(Membership.person_id == desk.fatima))
    fatima = desk.cast.client(desk.fatima)
    assert fatima.get(words).status_code == 404
    for page in ("/drafts", "/suggestions"):
        assert "Moving a planning register" not in fatima.get(page).text


def test_a_hidden_suggestion_is_not_shown_again(desk: Desk) -> None:
    desk.suggest()
    viewer = desk.cast.viewer(desk.cast.person("Mo Keeper", role="moderator"))
    with desk.app.app_context():
        with transaction():
            actions.hide(viewer=viewer, guide_id=desk.guide, number=1, reason="Be kind")
        number = db.session.scalars(select(Suggestion.id)).one()
    withdrawn(desk)
    assert address(desk, "/suggestions") == ""
    assert desk.cast.client(desk.fatima).get(f"/suggestions/{number}").status_code == 404


def test_once_the_guide_is_put_back_the_draft_goes_on_where_it_was(desk: Desk) -> None:
    draft(desk)
    withdrawn(desk)
    words, viewer = address(desk, "/drafts"), desk.cast.viewer(desk.owen)
    with desk.app.app_context(), transaction():
        restore_withdrawn(viewer=viewer, guide_id=desk.guide)
    fatima = desk.cast.client(desk.fatima)
    assert fatima.get(words).location == f"{desk.address}/suggest"
    assert address(desk, "/drafts") == ""
