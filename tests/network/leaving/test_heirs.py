"""Who gets the guides and drafts of somebody who leaves: never the one who goes, and never at another's cost."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.leaving.actions import close, naming
from network.leaving.choices import HAND_OVER, Choices
from network.library.checking.models import GuideTurn
from network.library.models import Guide
from network.library.rules import Owner
from network.people.links import A_FORMER_MEMBER
from network.people.models import Person
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.mails import mails

PAGE = "/settings/leaving"
ONLY_SEEN_BY_YOU = "draft</a> that only you have seen is deleted"
SHARED = "draft that you write with others goes to them"


@pytest.fixture
def people(cast: Cast) -> list[int]:
    """Ann, Bea and Cyd."""
    return [cast.person(name) for name in ("Ann Evans", "Bea Jones", "Cyd Price")]


def leave(app: Flask, person: int) -> None:
    """Somebody closes their account."""
    with app.app_context():
        account = db.session.scalar(select(Person.account_id).where(Person.id == person))
        with transaction():
            assert close(account_id=account or 0, choices=Choices(), by_id=person)


def written(app: Flask, guide_id: int) -> tuple[int | None, int | None] | None:
    """Author and owner of a guide; None when it is gone."""
    with app.app_context():
        row = db.session.get(Guide, guide_id)
        return (row.author_id, row.owner_person_id) if row else None


def page_of(cast: Cast, person: int) -> str:
    """The page on which they would leave."""
    return str(cast.client(person).get(PAGE).get_data(as_text=True))


def test_a_draft_that_was_inherited_goes_on_to_others_and_never_to_who_goes(
    app: Flask, cast: Cast, shelf: Shelf, people: list[int]
) -> None:
    ann, bea, cyd = people
    alone = shelf.draft(ann, "With one", co_author_ids=[bea])
    shared = shelf.draft(ann, "With two", co_author_ids=[bea, cyd])
    leave(app, ann)
    assert written(app, alone.id) == written(app, shared.id) == (None, bea)
    page = page_of(cast, bea)
    assert ONLY_SEEN_BY_YOU in page
    assert SHARED in page
    leave(app, bea)
    assert written(app, alone.id) is None
    assert written(app, shared.id) == (None, cyd)


def test_a_guide_that_was_inherited_is_asked_about_when_nobody_else_can_take_it(
    app: Flask, cast: Cast, shelf: Shelf, people: list[int]
) -> None:
    ann, bea, cyd = people
    alone = shelf.guide(ann, "With one", co_author_ids=[bea])
    shared = shelf.guide(ann, "With two", co_author_ids=[bea, cyd])
    leave(app, ann)
    assert (written(app, alone.id) or ())[1:] == (written(app, shared.id) or ())[1:] == (bea,)
    page = page_of(cast, bea)
    assert f'name="guide-{alone.id}"' in page
    assert "With one</a>: Bea Jones" not in page
    assert "With two</a>: Cyd Price" in page
    leave(app, bea)
    assert (written(app, alone.id) or ())[1:] == (bea,)
    assert (written(app, shared.id) or ())[1:] == (cyd,)


@pytest.mark.parametrize("helped", [False, True])
def test_a_draft_of_somebody_else_goes_back_to_them(
    app: Flask, cast: Cast, shelf: Shelf, people: list[int], helped: bool
) -> None:
    """Whoever closes a group owns the drafts in it whose author was suspended at the time."""
    ann, bea, cyd = people
    draft = shelf.draft(ann, "Hers", co_author_ids=[cyd] if helped else [])
    with app.app_context(), transaction():
        db.session.execute(update(Guide).where(Guide.id == draft.id).values(owner_person_id=bea))
    page = page_of(cast, bea)
    assert ONLY_SEEN_BY_YOU not in page
    assert SHARED not in page
    leave(app, bea)
    assert written(app, draft.id) == (ann, ann)


def test_a_draft_of_a_group_goes_when_the_last_who_wrote_it_leaves(
    app: Flask, cast: Cast, shelf: Shelf, people: list[int]
) -> None:
    ann, bea, cyd = people
    group = cast.group("bins", facilitators=tuple(people))
    draft = shelf.draft(ann, "Ours", owner=Owner("group", group), group_id=group, co_author_ids=[bea, cyd])
    leave(app, ann)
    assert SHARED in page_of(cast, bea)
    leave(app, bea)
    assert written(app, draft.id) == (None, None)
    assert ONLY_SEEN_BY_YOU in page_of(cast, cyd)
    leave(app, cyd)
    assert written(app, draft.id) is None


def test_whoever_gets_several_guides_gets_one_mail(app: Flask, cast: Cast, shelf: Shelf, people: list[int]) -> None:
    ann, bea, _ = people
    guides = [shelf.guide(ann, title) for title in ("Bins", "Crews", "Rotas")]
    with app.app_context():
        account = db.session.scalar(select(Person.account_id).where(Person.id == ann))
        with transaction():
            fates = {guide.id: HAND_OVER for guide in guides}
            assert close(account_id=account or 0, choices=Choices(guides=fates, heir_id=bea), by_id=ann)
    told = [mail for mail in mails(app) if "look after" in mail.subject]
    assert [mail.subject for mail in told] == ["You look after 3 guides now"]
    assert all(
        f"/library/{slug}" in "".join(piece for piece, _ in told[0].parts) for slug in ("bins", "crews", "rotas")
    )


def test_a_former_name_leaves_the_record_also_when_closing_took_long(
    app: Flask, cast: Cast, shelf: Shelf, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bea, _ = people
    guide = shelf.guide(ann, "Bins", co_author_ids=[bea])
    unname = naming.unname
    with time_machine.travel(now(), tick=True) as clock, monkeypatch.context() as patched:

        def slowly(*given: Any, **more: Any) -> None:
            clock.shift(5)
            unname(*given, **more)

        patched.setattr(naming, "unname", slowly)
        leave(app, ann)
    with app.app_context(), transaction():
        db.session.get_one(Person, bea).name = "Beatrix Smith"
    leave(app, bea)
    with app.app_context():
        texts = db.session.scalars(select(GuideTurn.text).where(GuideTurn.guide_id == guide.id)).all()
    assert f"to {A_FORMER_MEMBER}" in texts
    assert not [text for text in texts if "Bea" in text]
