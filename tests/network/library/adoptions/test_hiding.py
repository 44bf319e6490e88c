"""Hiding what somebody wrote of a use: who may, what shows in its place, and that nobody reads it by a side door."""

from __future__ import annotations

import pytest

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.library.adoptions.hiding import hide
from network.library.adoptions.models import Adoption
from network.library.adoptions.rules import may_hide
from network.library.rules import Owner, Standing
from network.subjects.viewer import Viewer
from tests.network.library.adoptions.test_mails import LONG_AGO, ask, links
from tests.network.library.adoptions.uses import Town, send, words

SAID = "quillfeather"
OPEN = Standing(state="published", group_id=7, openness="open", author_id=1, owner=Owner("person", 1))


@pytest.mark.parametrize(
    ("viewer", "allowed"),
    [
        (Viewer(), False),
        (Viewer(person_id=1), False),
        (Viewer(person_id=5), False),
        (Viewer(person_id=3, group_ids=frozenset((7,))), False),
        (Viewer(person_id=3, group_ids=frozenset((7,)), facilitated_ids=frozenset((7,))), True),
        (Viewer(person_id=3, group_ids=frozenset((8,)), facilitated_ids=frozenset((8,))), False),
        (Viewer(person_id=4, role="moderator"), True),
        (Viewer(person_id=5, role="moderator"), False),
    ],
)
def test_who_may_hide(viewer: Viewer, allowed: bool) -> None:
    """Nobody hides their own: 5 wrote it. They have other means."""
    assert may_hide(viewer, OPEN, text=SAID, told_by=5) is allowed
    assert not may_hide(viewer, OPEN, text="", told_by=5)


def test_the_reason_stands_in_its_place_and_other_words_show_again(town: Town) -> None:
    number = town.use(town.nia, "worked", SAID)
    town.use(town.ned)
    moderator = town.cast.client(town.cast.person("Mod Erator", role="moderator"))
    at = f"/library/bins/adoptions/{number}/hide"
    assert at in words(moderator, "/library/bins")
    tom = town.cast.client(town.tom)
    assert at not in words(tom, "/library/bins")
    assert tom.get(at).status_code == 403
    assert moderator.get(f"/library/bins/adoptions/{number + 1}/hide").status_code == 404
    assert "Enter why it is hidden" in send(moderator, at, reason=" ").get_data(as_text=True)
    assert send(moderator, at, reason="It names a resident").location == "/library/bins/adoptions"
    assert moderator.get(at).status_code == 404
    for client in (town.cast.client(), moderator, town.cast.client(town.ned)):
        for address in ("/library/bins", "/library/bins/adoptions"):
            page = words(client, address)
            assert SAID not in page
            assert "Hidden by Mod Erator: It names a resident" in page
            assert "It worked" in page
    ned, nia = town.cast.client(town.ned), town.cast.client(town.nia)
    assert SAID not in words(ned, "/adoptions") + words(ned, "/library/bins/use/result")
    form = words(nia, "/library/bins/use/result")
    assert SAID in form
    assert "What you wrote is hidden" in form
    town.use(town.nia, "worked-after-changes", SAID)
    assert SAID not in words(tom, "/library/bins"), "the same words stay hidden"
    town.use(town.nia, "worked", "Better words")
    assert "Better words" in words(tom, "/library/bins")
    assert "Hidden by" not in words(tom, "/library/bins")
    assert town.counts() == (1, 1)


def test_no_mail_link_shows_what_is_hidden(town: Town) -> None:
    number = town.use(town.nia, "too-early", SAID, at=now() - LONG_AGO)
    town.use(town.ned)
    moderator = town.cast.viewer(town.cast.person("Mod Erator", role="moderator"))
    with town.app.app_context(), transaction():
        hide(viewer=moderator, adoption_id=number, reason="It names a resident")
        db.session.get_one(Adoption, number).ask_at = now() - LONG_AGO
    to_ned = next(mail for mail in ask(town) if mail.to.startswith("ned@"))
    assert SAID not in words(town.cast.client(), links(to_ned)["went=worked"])
