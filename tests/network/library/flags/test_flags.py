"""Flags: said by any member, shown until answered, told by mail, and never outside the guide's own readers."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from network.core import outbox
from network.core.db import db
from network.core.transaction import transaction
from network.core.worker import drain
from network.groups.models import Membership
from network.library.actions import checking, ending
from network.library.actions.editing import edit
from network.library.checking.inheriting import inherit_from_absent
from network.library.events import GUIDE
from network.library.flags import actions
from network.library.flags.models import GuideFlag
from network.library.flags.notices import CONSUMER
from network.library.models import Guide
from network.library.subject import entries
from tests.network.library.shelf import Shelf, content
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import filled, find_form, send

REASON = "The form moved in May"


@pytest.fixture
def priya(cast: Cast) -> int:
    """Whose guide it is."""
    return cast.person()


@pytest.fixture
def owen(cast: Cast) -> int:
    """Who flags it."""
    return cast.person("Owen Pritchard")


def text(client: Any, address: str) -> str:
    """A page."""
    return str(client.get(address, follow_redirects=True).get_data(as_text=True))


def state(app: Flask, guide_id: int) -> tuple[str, bool]:
    """Check state, and whether it is flagged."""
    with app.app_context():
        row = db.session.get_one(Guide, guide_id)
        return row.check_state, row.flagged_at is not None


def test_a_flag_shows_everywhere_until_it_is_answered(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, priya: int, owen: int
) -> None:
    guide = shelf.guide(priya, "Bins")
    assert client.get("/library/bins/flags/new").status_code == 303
    reader, writer = cast.client(owen), cast.client(priya)
    assert "Enter what is out of date" in send(reader, "/library/bins/flags/new").get_data(as_text=True)
    assert send(reader, "/library/bins/flags/new", reason=REASON).location == "/library/bins"
    assert state(app, guide.id) == ("flagged", True)
    page = text(client, "/library/bins")
    assert page.count("Flagged as outdated") == 2
    assert REASON in page
    assert "Owen Pritchard" in page
    drain(app)
    assert "Flagged as outdated" in text(client, "/library")
    assert "Bins" in text(client, "/library?check=flagged")
    assert "Bins" not in text(client, "/library?check=in-date").split("cp-rows")[-1]
    assert "Flagged as outdated" in text(client, "/search?q=bins&check=flagged")
    assert "Somebody says that it is out of date" in text(client, f"/search?q=bins&why=guide:{guide.id}")
    assert "is out of date, until you answer" in text(writer, "/")
    with app.app_context():
        due = db.session.get_one(Guide, guide.id).check_due
        flag_id = db.session.scalars(select(GuideFlag.id)).one()
    address = f"/library/bins/flags/{flag_id}/answer"
    refused = send(writer, address, how="still-right", text="").get_data(as_text=True)
    assert "Enter a sentence that says why the guide is still right" in refused
    assert send(writer, address, how="still-right", text="The form is back where it was").status_code == 303
    assert state(app, guide.id) == ("in-date", False)
    assert REASON not in text(client, "/library/bins")
    record = text(client, "/library/bins/flags")
    assert REASON in record
    assert "The form is back where it was" in record
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).check_due == due


def test_the_owner_hears_at_once_and_who_flagged_hears_of_the_answer_each_once(
    app: Flask, cast: Cast, shelf: Shelf, priya: int, owen: int
) -> None:
    guide = shelf.guide(priya, "Bins")
    reader, writer = cast.viewer(owen), cast.viewer(priya)
    with app.app_context(), transaction():
        flag_id = actions.flag(viewer=reader, guide_id=guide.id, reason=REASON).id
    said = mails(app)
    assert [(mail.to, mail.subject) for mail in said] == [("priya.raman@harrowdale.example", "Is “Bins” out of date?")]
    assert REASON in "".join(piece for piece, _ in said[0].parts)
    with app.app_context(), transaction():  # The outbox gives a message at least once.
        outbox.add(CONSUMER, "guide.flagged", {"subject": GUIDE, "id": guide.id, "flag_id": flag_id})
    assert len(mails(app)) == 1
    with app.app_context(), transaction():
        actions.answer(viewer=writer, flag_id=flag_id, mended=True)
    assert [mail.to for mail in mails(app)][1:] == ["owen.pritchard@harrowdale.example"]
    with app.app_context(), pytest.raises(actions.AlreadyAnswered), transaction():
        actions.answer(viewer=writer, flag_id=flag_id, mended=True)


def test_one_flag_a_member_and_the_guide_stays_flagged_while_any_waits(
    app: Flask, cast: Cast, shelf: Shelf, priya: int, owen: int
) -> None:
    guide = shelf.guide(priya, "Bins")
    tom = cast.person("Tom Adeyemi")
    first, second = cast.viewer(owen), cast.viewer(tom)
    with app.app_context():
        with transaction():
            one = actions.flag(viewer=first, guide_id=guide.id, reason=REASON).id
            actions.flag(viewer=second, guide_id=guide.id, reason="Another thing")
        with pytest.raises(actions.AlreadyFlagged), transaction():
            actions.flag(viewer=first, guide_id=guide.id, reason="Once more")
    again = send(cast.client(owen), "/library/bins/flags/new", reason="Once more").get_data(as_text=True)
    assert "waits for an answer" in again
    assert "Once more" in again
    assert send(cast.client(owen), f"/library/bins/flags/{one}/take-back").status_code == 303
    assert state(app, guide.id) == ("flagged", True)


def test_a_no_in_a_check_shows_that_the_guide_needs_work_until_a_check_finds_it_right(
    app: Flask, cast: Cast, shelf: Shelf, client: Any, priya: int
) -> None:
    guide = shelf.guide(priya, "Bins")
    writer = cast.client(priya)
    with app.app_context():
        before = db.session.get_one(Guide, guide.id).checked_at
    answers = {"facts": "no", "advice": "yes", "wrong": "The costs are from 2023"}
    assert send(writer, "/library/bins/check", **answers).location == "/library/bins"
    page = text(client, "/library/bins")
    assert "Needs work" in page
    assert "The costs are from 2023" in page
    assert mails(app) == []
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).checked_at == before
    assert send(writer, "/library/bins/check", facts="yes", advice="yes", months="24").status_code == 303
    assert state(app, guide.id) == ("in-date", False)
    with app.app_context():
        assert db.session.get_one(Guide, guide.id).check_months == 24
    record = text(client, "/library/bins/checks")
    assert record.count("Checked: still right") == 2
    assert record.count("something has to change") == 1


@pytest.mark.parametrize(("edited", "words"), [(False, "Found right again, without a change."), (True, "Mended.")])
def test_mended_is_only_said_when_a_new_version_lies_between(
    app: Flask, cast: Cast, shelf: Shelf, priya: int, *, edited: bool, words: str
) -> None:
    guide = shelf.guide(priya, "Bins")
    writer, viewer = cast.client(priya), cast.viewer(priya)
    send(writer, "/library/bins/check", facts="no", advice="yes", wrong="The costs are from 2023")
    if edited:
        with app.app_context():
            new = content("Bins", body="## The costs of this year\n")
            with transaction():
                edit(viewer=viewer, guide_id=guide.id, content=new, base_version=1, note="Costs")
    send(writer, "/library/bins/check", facts="yes", advice="yes", months="12")
    said = text(writer, "/library/bins/flags")
    assert [one in said for one in (words, "Mended.")] == [True, edited]


def test_a_check_answers_every_open_flag_or_is_refused(
    app: Flask, cast: Cast, shelf: Shelf, priya: int, owen: int
) -> None:
    guide = shelf.guide(priya, "Bins", checked=False)
    writer = cast.client(priya)
    send(cast.client(owen), "/library/bins/flags/new", reason=REASON)
    drain(app)
    right = {"facts": "yes", "advice": "yes", "months": "12"}
    with app.app_context():
        flag_id = db.session.scalars(select(GuideFlag.id)).one()
    how, why = f"how_{flag_id}", f"text_{flag_id}"
    assert f"Choose your answer to “{REASON}”" in send(writer, "/library/bins/check", **right).get_data(as_text=True)
    refused = send(writer, "/library/bins/check", **right, **{how: "still-right"}).get_data(as_text=True)
    assert "Enter a sentence that says why the guide is still right" in refused
    assert state(app, guide.id) == ("flagged", True)
    viewer = cast.viewer(priya)
    with app.app_context(), pytest.raises(actions.FlagsWait), transaction():  # It came while the form was open.
        checking.check(viewer=viewer, guide_id=guide.id)
    answered = {how: "still-right", why: "The form is back where it was"}
    assert send(writer, "/library/bins/check", **right, **answered).location == "/library/bins"
    assert state(app, guide.id) == ("in-date", False)
    page = text(writer, "/library/bins")
    assert "Checked by Priya Raman" in page
    assert "Flagged as outdated" not in page
    assert "The form is back where it was" in text(writer, "/library/bins/flags")
    assert [mail.subject for mail in mails(app)][1:] == ["“Bins” is still right, says its owner"]


def test_a_flag_that_came_while_the_form_was_open_is_asked_for(cast: Cast, shelf: Shelf, priya: int, owen: int) -> None:
    shelf.guide(priya, "Bins")
    writer = cast.client(priya)
    fields = filled(find_form(text(writer, "/library/bins/check")))
    send(cast.client(owen), "/library/bins/flags/new", reason=REASON)
    given = {**fields, "facts": "yes", "advice": "yes"}
    answer = writer.post("/library/bins/check", data=given)
    assert answer.status_code == 200
    assert f"Choose your answer to “{REASON}”" in answer.get_data(as_text=True)


def test_who_flagged_finds_what_became_of_it(app: Flask, cast: Cast, shelf: Shelf, priya: int, owen: int) -> None:
    closed = cast.group("safeguarding", closed=True, facilitators=(priya,), members=(owen,))
    guide, secret = shelf.guide(priya, "Bins"), shelf.guide(priya, "Secret guide", group_id=closed)
    reader, writer = cast.viewer(owen), cast.viewer(priya)
    with app.app_context(), transaction():
        flag_id = actions.flag(viewer=reader, guide_id=guide.id, reason=REASON).id
        actions.flag(viewer=reader, guide_id=secret.id, reason="Another law")
    client = cast.client(owen)
    page = text(client, "/suggestions")
    assert [page.count(words) for words in (REASON, "Waits for an answer", "Secret guide")] == [2, 2, 1]
    with app.app_context(), transaction():
        actions.answer(viewer=writer, flag_id=flag_id, mended=False, text="The form is back")
        db.session.execute(delete(Membership).where(Membership.person_id == owen))
    page = text(client, "/suggestions")
    assert "“The form is back” Priya Raman" in page
    assert "Still right" in page
    assert "Secret guide" not in page
    assert "The form is back" not in text(cast.client(priya), "/suggestions")


def test_the_way_to_flag_stands_under_the_title(cast: Cast, shelf: Shelf, client: Any, priya: int, owen: int) -> None:
    shelf.guide(priya, "Bins")
    link = 'href="/library/bins/flags/new"'
    for reader in (client, cast.client(owen)):
        page = text(reader, "/library/bins")
        assert link in page.split('class="cp-contents')[0]
    assert link not in text(cast.client(priya), "/library/bins").split('class="cp-contents')[0]


def test_notes_are_read_before_the_contents(cast: Cast, shelf: Shelf, client: Any, priya: int, owen: int) -> None:
    shelf.guide(priya, "Bins")
    send(cast.client(owen), "/library/bins/flags/new", reason=REASON)
    page = text(client, "/library/bins")
    assert page.index("<h1") < page.index(REASON) < page.index('class="cp-contents') < page.index('id="h-before-you')
    assert page.count("cp-sticky") == 1  # Only the contents: the facts may be longer than the window.


def test_the_pages_of_a_guide_name_it_on_a_narrow_screen_too(cast: Cast, shelf: Shelf, priya: int) -> None:
    shelf.guide(priya, "Bins")
    client = cast.client(priya)
    for address in ("history", "checks", "flags", "suggestions"):
        assert "govuk-breadcrumbs--collapse-on-mobile" not in text(client, f"/library/bins/{address}")
    assert "govuk-breadcrumbs--collapse-on-mobile" in text(client, "/library/bins")
    for address in ("check", "withdraw", "replaced", "flags/new"):
        assert "<strong>Bins</strong>" in text(client, f"/library/bins/{address}")


def test_too_long_is_said_with_the_name_of_the_field(cast: Cast, shelf: Shelf, priya: int, owen: int) -> None:
    shelf.guide(priya, "Bins")
    page = send(cast.client(owen), "/library/bins/flags/new", reason="x" * 301).get_data(as_text=True)
    assert "What is out of date must be 300 characters or fewer" in page


def test_a_withdrawal_answers_what_waits(app: Flask, cast: Cast, shelf: Shelf, priya: int, owen: int) -> None:
    guide = shelf.guide(priya, "Bins")
    reader, writer = cast.viewer(owen), cast.viewer(priya)
    with app.app_context():
        with transaction():
            actions.flag(viewer=reader, guide_id=guide.id, reason=REASON)
        with transaction():
            ending.withdraw(viewer=writer, guide_id=guide.id, reason="The law changed")
        assert list(entries([guide.id])) == []
    assert [mail.subject for mail in mails(app)] == ["“Bins” is withdrawn"]


ROLES = {
    "visitor": (303, 303),
    "member": (200, 403),
    "author": (200, 200),
    "co-author": (200, 200),
    "facilitator": (200, 200),
    "moderator": (200, 403),
    "administrator": (200, 403),
}


def test_who_may_flag_and_who_may_answer(app: Flask, cast: Cast, shelf: Shelf, priya: int, owen: int) -> None:
    people: dict[str, int | None] = {
        "visitor": None,
        "author": priya,
        "co-author": owen,
        **{role: cast.person(f"{role.title()} Person") for role in ("member", "facilitator")},
        **{role: cast.person(f"{role.title()} Person", role=role) for role in ("moderator", "administrator")},
    }
    group = cast.group("waste", facilitators=(people["facilitator"] or 0,), members=(priya,))
    guide = shelf.guide(priya, "Bins", group_id=group, co_author_ids=[owen])
    with app.app_context(), transaction():
        row = db.session.get_one(Guide, guide.id)
        row.owner_person_id, row.owner_group_id = None, group
    flagger = cast.viewer(cast.person("Tom Adeyemi"))
    with app.app_context(), transaction():
        flag_id = actions.flag(viewer=flagger, guide_id=guide.id, reason=REASON).id
    for role, person in people.items():
        client = cast.client(person)
        pages = ("/library/bins/flags/new", f"/library/bins/flags/{flag_id}/answer")
        assert tuple(client.get(page).status_code for page in pages) == ROLES[role], role
        if person is not None:
            assert client.get(f"/library/bins/flags/{flag_id}/take-back").status_code == 403, role


def test_a_closed_groups_flags_leak_nowhere(app: Flask, cast: Cast, shelf: Shelf, priya: int, owen: int) -> None:
    """The owner left the group: neither they nor administrators hear; the facilitator does."""
    facilitator = cast.person("Fay Facilitator")
    outsiders = {
        None,
        priya,
        cast.person("Tom Adeyemi"),
        cast.person("Mo Moderator", role="moderator"),
        cast.person("Ann Evans", role="administrator"),
    }
    closed = cast.group("closed", closed=True, facilitators=(facilitator,), members=(priya, owen))
    guide = shelf.guide(priya, "Secret zebrafinch", group_id=closed)
    with app.app_context(), transaction():
        db.session.execute(delete(Membership).where(Membership.person_id == priya))
    reader = cast.viewer(owen)
    with app.app_context(), transaction():
        flag_id = actions.flag(viewer=reader, guide_id=guide.id, reason="The zebrafinch has flown").id
    drain(app)
    assert [mail.to for mail in mails(app)] == ["fay.facilitator@harrowdale.example"]
    base = f"/library/{guide.slug}"
    places = [base, f"{base}/flags", f"{base}/checks", f"{base}/flags/new", f"{base}/flags/{flag_id}/answer"]
    places += [f"{base}/flags/{flag_id}/take-back", f"{base}/take-over", f"{base}/put-back", f"{base}/check"]
    for person in outsiders:
        client = cast.client(person)
        for address in places:
            assert client.get(address, follow_redirects=False).status_code in (303, 403, 404), (person, address)
        for address in ("/", "/checks", "/library", "/library?check=flagged", "/search?q=working&check=flagged"):
            assert "zebrafinch" not in text(client, address), (person, address)
    assert "zebrafinch has flown" in text(cast.client(owen), base)
    assert "zebrafinch" in text(cast.client(facilitator), base)
    # The group inherits the guide. Who flagged it has left too, and hears nothing of the answer.
    boss = cast.viewer(facilitator)
    with app.app_context():
        inherit_from_absent()
        with transaction():
            db.session.execute(delete(Membership).where(Membership.person_id == owen))
        with transaction():
            actions.answer(viewer=boss, flag_id=flag_id, mended=True)
    assert len(mails(app)) == 1
