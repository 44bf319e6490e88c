"""The page on which an account is closed: what it says, that it asks once more, and who may do it at all."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from network.accounts.actions import account_by_email
from network.accounts.models import Account
from network.accounts.passwords import matches
from network.core.db import db
from network.core.transaction import transaction
from network.discussions.models import Discussion
from network.library.models import Guide, GuideCoAuthor, GuideVersion
from network.library.turning.models import GuideOrigin
from network.people.models import Person
from network.people.standing import suspend
from tests.network.discussions.talk import Talk
from tests.network.leaving.life import EMAIL, NAME, WORDS, Life
from tests.network.library.shelf import Shelf
from tests.support.cast import PASSWORD, Cast
from tests.support.queries import count_queries
from tests.support.sending import filled, find_form, send

PAGE = "/settings/leaving"
CHOSEN = {"posts": "stay", "credit": "former"}


def confirm(client: Any, page: Any, act: str = "close", **typed: str) -> Any:
    """Press a button of the page that asks once more."""
    fields = filled(find_form(page.get_data(as_text=True), action=PAGE))
    return client.post(PAGE, data={**fields, "act": act, **typed})


def is_there(life: Life) -> bool:
    """Does her account stand?"""
    with life.app.app_context():
        return account_by_email(EMAIL) is not None


def led(cast: Cast) -> tuple[Any, int, int]:
    """Somebody who alone facilitates a group in which Nia is: their browser, the group and Nia."""
    ann, nia = cast.person("Ann Evans"), cast.person("Nia Rees")
    return cast.client(ann), cast.group("registers", facilitators=(ann,), members=(nia,)), nia


def heirless(life: Life) -> int:
    """One guide of hers that nobody inherits."""
    with life.app.app_context(), transaction():
        guide = db.session.scalars(select(Guide).where(Guide.title == "Alone with a register")).one()
        guide.organisation_id = None
        return guide.id


def test_it_says_what_happens_names_it_once_more_and_does_it(life: Life) -> None:
    guide, client = heirless(life), life.cast.client(life.xanthe)
    page = client.get(PAGE).get_data(as_text=True)
    for said in ("/library/export/mine.zip", "Registers by two</a>: Harrowdale Council", "Registers of a group"):
        assert said in page
    assert '<a class="govuk-link" href="/drafts">draft</a> that only you have seen is deleted' in page
    assert "draft that you write with others goes to them" in page
    asked = send(client, PAGE, **CHOSEN, **{f"guide-{guide}": "hand-over", f"group-{life.group}": str(life.nia)},
                 heir="nia-rees", collections="delete")  # fmt: skip
    text = asked.get_data(as_text=True)
    assert "“Alone with a register”: handed over to Nia Rees, who gets a mail." in text
    assert "Nia Rees becomes facilitator of Registers." in text
    assert "1 collection of yours is deleted. What is in it stays." in text
    assert "What you said of 1 guide that is out of date stays, under the name “Former member”." in text
    assert "stay, under the name “Former member”" in text
    assert is_there(life)
    wrong = confirm(client, asked, current="not the right one at all")
    assert "The password is not right" in wrong.get_data(as_text=True)
    assert is_there(life)
    done = confirm(client, wrong, current=PASSWORD)
    assert (done.status_code, done.location) == (303, "/")
    assert not is_there(life)
    after = client.get("/").get_data(as_text=True)
    assert "Your account is closed" in after
    assert NAME not in after
    assert client.get("/settings").status_code == 303
    assert life.guide("Alone with a register").owner_person_id == life.nia
    assert life.cast.client().get("/collections/all-about-spoons").status_code == 404


def test_collections_and_flags_are_named_and_collections_asked_about(life: Life) -> None:
    client = life.cast.client(life.xanthe)
    page = client.get(PAGE).get_data(as_text=True)
    assert "Collections that you keep alone" in page
    assert "Where you said that a guide is out of date" in page
    missing = send(client, PAGE, **CHOSEN).get_data(as_text=True)
    assert "Choose what becomes of your collections" in missing
    stays = send(client, PAGE, **{**CHOSEN, "posts": "markers"}, collections="leave").get_data(as_text=True)
    assert "1 collection of yours stays, kept by “Former member”, for administrators to change." in stays
    assert "loses its words. What waits for an answer is taken back." in stays
    assert 'name="collections"' not in life.cast.client(life.nia).get(PAGE).get_data(as_text=True)


def test_who_has_written_no_guide_and_keeps_no_collection_is_not_asked_about_them(app: Flask, cast: Cast) -> None:
    nia = cast.person("Nia Rees")
    client = cast.client(nia)
    page = client.get(PAGE).get_data(as_text=True)
    assert "Your name on guides" not in page
    assert "that you keep alone" not in page
    assert "A former member" not in page
    asked = send(client, PAGE, posts="stay")
    assert "Guides that you wrote" not in asked.get_data(as_text=True)
    assert confirm(client, asked, current=PASSWORD).location == "/"
    with app.app_context():
        assert db.session.get_one(Person, nia).name == "Former member"


@pytest.mark.parametrize("part", ["owner", "co-author", "helped", "discussed"])
def test_whoever_a_guide_names_is_asked_about_their_name(app: Flask, cast: Cast, part: str) -> None:
    ann, nia = cast.person("Ann Evans"), cast.person("Nia Rees")
    guide = Shelf(cast).guide(nia if part == "owner" else ann, "Spoons").id
    talk = Talk(app)
    began = talk.start(cast.group("registers"), ann)
    talk.reply(began, nia, "With a list.")
    with app.app_context(), transaction():
        if part == "co-author":
            db.session.add(GuideCoAuthor(guide_id=guide, person_id=nia))
        elif part == "helped":
            db.session.execute(update(GuideVersion).values(suggested_by_id=nia))
        elif part == "discussed":
            discussion = db.session.scalars(select(Discussion)).one()
            origin = GuideOrigin(guide_id=guide, discussion_id=discussion.id, group_id=discussion.group_id)
            db.session.add(origin)
    assert "Your name on guides" in cast.client(nia).get(PAGE).get_data(as_text=True)
    assert "Your name on guides" not in cast.client(cast.person("Owen")).get(PAGE).get_data(as_text=True)


def test_every_other_session_ends_with_the_next_request(cast: Cast) -> None:
    elsewhere, client = cast.client(cast.person()), cast.client(cast.person())
    assert elsewhere.get("/drafts").status_code == 200
    confirm(client, send(client, PAGE, **CHOSEN), current=PASSWORD)
    assert elsewhere.get("/drafts").status_code == 303


def test_what_was_chosen_is_carried_back_to_be_changed(cast: Cast) -> None:
    client, group, nia = led(cast)
    Shelf(cast).guide(cast.person("Ann Evans"), "Hers")
    asked = send(client, PAGE, posts="markers", credit="name", **{f"group-{group}": str(nia)})
    back = confirm(client, asked, act="change").get_data(as_text=True)
    assert "There is a problem" not in back
    fields = filled(find_form(back))
    assert (fields["posts"], fields["credit"], fields[f"group-{group}"]) == (["markers"], ["name"], [str(nia)])
    assert "Nia Rees becomes facilitator" in client.post(PAGE, data=fields).get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({}, "Choose what becomes of your posts and comments"),
        ({"posts": "stay", "guide": "withdraw"}, "Choose whether your name stays on guides"),
        ({"posts": "burn", "credit": "former"}, "Not a valid choice"),
        ({**CHOSEN, "guide": "hand-over"}, "Enter who takes over the guides that you hand over"),
        ({**CHOSEN, "guide": "hand-over", "heir": "nobody at all"}, "We do not know this person"),
        ({**CHOSEN, "guide": "hand-over", "heir": NAME}, "We do not know this person"),
        ({**CHOSEN, "guide": "hand-over", "heir": "Two Alike"}, "Several people have this name"),
        ({**CHOSEN, "guide": "hand-over", "heir": "x" * 200}, "The name must be 100 characters or fewer"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(
    app: Flask, cast: Cast, typed: dict[str, str], error: str
) -> None:
    ann = cast.person("Ann Evans", email="ann@nowhere.example")
    for number in (1, 2):
        other = cast.person(f"Alike {number}", email=f"alike{number}@nowhere.example")
        with app.app_context(), transaction():
            db.session.get_one(Person, other).name = "Two Alike"
    life_guide = Shelf(cast).guide(ann, "Nobody inherits it").id
    given = dict(typed)
    if "guide" in given:
        given[f"guide-{life_guide}"] = given.pop("guide")
    page = send(cast.client(ann), PAGE, **given).get_data(as_text=True)
    assert error in page
    if heir := typed.get("heir"):
        assert f'value="{heir}"' in page


def test_a_choice_that_fits_no_more_is_asked_again(cast: Cast) -> None:
    client, group, nia = led(cast)
    asked = send(client, PAGE, **CHOSEN, **{f"group-{group}": str(nia)})
    send(cast.client(nia), "/groups/registers/leave")
    again = confirm(client, asked, current=PASSWORD).get_data(as_text=True)
    assert "There is a problem" in again
    assert client.get("/settings").status_code == 200


def test_an_heir_who_is_gone_when_it_is_done_is_asked_for_again(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    guide, client = heirless(life), life.cast.client(life.xanthe)
    chosen = {**CHOSEN, "collections": "leave", f"guide-{guide}": "hand-over"}
    asked = send(client, PAGE, **chosen, heir="nia-rees")

    def meanwhile(password: str, stored: str | None) -> bool:
        with life.app.app_context(), transaction():
            suspend(db.session.get_one(Account, life.viewer(life.nia).account_id), reason="Sells conservatories")
        return matches(password, stored)

    monkeypatch.setattr("network.leaving.views.matches", meanwhile)
    again = confirm(client, asked, current=PASSWORD).get_data(as_text=True)
    assert "We do not know this person" in again
    assert 'value="nia-rees"' in again
    assert is_there(life)
    assert life.guide("Alone with a register").owner_person_id == life.xanthe


def test_only_members_find_it_and_the_only_administrator_is_needed(app: Flask, cast: Cast) -> None:
    assert cast.client().get(PAGE).location == f"/sign-in?next={PAGE}"
    client = cast.client(cast.person("Ada Min", role="administrator"))
    page = client.get(PAGE).get_data(as_text=True)
    assert "Nobody else is an administrator here" in page
    assert 'name="posts"' not in page
    client.post(PAGE, data={**CHOSEN, "act": "close", "current": PASSWORD})
    with app.app_context():
        assert account_by_email("ada.min@harrowdale.example") is not None


def test_what_was_written_can_be_taken_along(life: Life) -> None:
    client = life.cast.client(life.xanthe)
    assert 'href="/library/export/mine.zip"' in client.get(PAGE).get_data(as_text=True)
    with zipfile.ZipFile(io.BytesIO(client.get("/library/export/mine.zip").data)) as archive:
        posts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("posts/")]
    assert sum(WORDS in text for text in posts) == 4  # A question, an answer, a comment, and in a closed group.


def test_the_settings_lead_there(cast: Cast) -> None:
    assert f'href="{PAGE}"' in cast.client(cast.person()).get("/settings").get_data(as_text=True)


def test_on_a_shared_computer_the_browser_is_told_to_clear_what_it_kept(cast: Cast) -> None:
    client = cast.client(cast.person())
    with client.session_transaction() as session:
        session["shared"] = 4_000_000_000
    done = confirm(client, send(client, PAGE, **CHOSEN), current=PASSWORD)
    assert done.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_page_asks_a_few_questions_however_much_is_answered_for(app: Flask, cast: Cast) -> None:
    client, shelf = cast.client(cast.person()), Shelf(cast)
    shelf.guide(cast.person(), "The first")
    client.get(PAGE)
    with count_queries(app) as few:
        client.get(PAGE)
    for number in range(5):
        shelf.guide(cast.person(), f"One more, {number}")
    with count_queries(app) as more:
        client.get(PAGE)
    assert len(more) == len(few) <= 14
