"""From the button to the evidence: what is recorded, who joins, what shows, and how it ends."""

from __future__ import annotations

from datetime import date
from threading import Thread
from typing import Any

from flask import Flask
from sqlalchemy import update

from network.accounts.models import Account
from network.core.db import db
from network.core.events import publish
from network.core.transaction import transaction
from network.library.adoptions.counting import recount
from network.library.adoptions.models import Adoption
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide
from network.library.subject.using import OTHERS, users_of
from network.people.models import Person
from tests.network.library.adoptions.uses import Town, send, words
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.queries import count_queries
from tests.support.sending import filled, find_form


def test_a_visitor_signs_in_on_the_way_and_comes_back_to_a_button(town: Town) -> None:
    visitor = town.cast.client()
    page = words(visitor, "/library/bins")
    assert 'href="/library/bins/use"' in page
    assert "Nobody has told us yet" in page
    assert '<form method="post"' not in page
    answer = visitor.get("/library/bins/use")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/library/bins/use")
    assert "We use this</button>" in words(town.cast.client(town.nia), "/library/bins/use")
    assert town.counts() == (0, 0)


def test_the_press_records_at_once_and_the_rest_can_wait(town: Town) -> None:
    nia = town.cast.client(town.nia)
    assert 'action="/library/bins/use"' in words(nia, "/library/bins")
    answer = send(nia, "/library/bins/use")
    assert (answer.status_code, answer.location) == (303, "/library/bins/use/result")
    assert town.counts() == (1, 1)
    page = words(nia, "/library/bins/use/result")
    assert "Northmere Council now shows as using this guide" in page
    assert "Skip for now" in page
    empty = send(nia, "/library/bins/use/result")
    assert "Choose how it went" in empty.get_data(as_text=True)
    long = send(nia, "/library/bins/use/result", result="worked", text="x" * 301, month="2026-01")
    assert "Your sentences must be 300 characters or fewer" in long.get_data(as_text=True)
    assert "x" * 301 in long.get_data(as_text=True)
    told = send(nia, "/library/bins/use/result", result="did-not-work", text="The  lorry\nwas too <wide>")
    assert told.location == "/library/bins", "a fragment would leave what was done above the screen"
    page = words(town.cast.client(), "/library/bins")
    assert "The lorry was too &lt;wide&gt;" in page
    assert "It did not work for us" in page
    assert "The one report says what happened; for 1 it did not work." in " ".join(page.split())
    assert "Nia Northmere" in page
    assert "Ask Nia about it" not in page, "the box was left empty"
    assert town.counts() == (0, 1)


def test_an_address_in_the_words_is_asked_about_once(town: Town) -> None:
    number = town.use(town.nia)
    nia = town.cast.client(town.nia)
    fields = {"result": "worked", "text": "Write to nia@northmere.example"}
    page = send(nia, "/library/bins/use/result", **fields).get_data(as_text=True)
    assert "looks like an email address" in page
    assert town.adoption(number).text == ""
    nia.post("/library/bins/use/result", data=filled(find_form(page)))
    assert town.adoption(number).text == fields["text"]


def test_a_colleague_joins_and_amends_and_nothing_is_lost(town: Town) -> None:
    number = town.use(town.nia, "worked", "Ours is fine")
    ned = town.cast.client(town.ned)
    assert "because a colleague said so" in words(ned, "/library/bins/use")
    assert ned.get("/library/bins/use/result").location == "/library/bins/use"
    send(ned, "/library/bins/use")
    assert "Your name now stands beside theirs" in words(ned, "/library/bins/use/result")
    assert town.counts() == (1, 1)
    before = words(ned, "/library/bins/use/result")
    assert "Ours is fine" in before
    town.use(town.nia, "worked-after-changes", "Newer words of Nia")
    stale = str(town.adoption(number).revision - 1)
    answer = send(ned, "/library/bins/use/result", result="worked", text="Words of Ned", month="2026-01", base=stale)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Newer words of Nia" in page
    assert "Words of Ned" in page
    assert town.adoption(number).text == "Newer words of Nia"
    fresh = str(town.adoption(number).revision)
    send(ned, "/library/bins/use/result", result="worked", text="Words of Ned", base=fresh)
    assert town.adoption(number).text == "Words of Ned"
    taken_back = send(ned, "/library/bins/use/withdraw")
    assert taken_back.location == "/library/bins"
    assert town.counts() == (1, 1)
    send(town.cast.client(town.nia), "/library/bins/use/withdraw")
    assert town.counts() == (0, 0)


def test_two_presses_at_one_time_are_one_adoption(app: Flask, town: Town) -> None:
    clients = [town.cast.client(person) for person in (town.nia, town.ned, town.nia, town.ned)]
    answers: list[int] = []

    def press(client: Any) -> None:
        answers.append(send(client, "/library/bins/use").status_code)

    threads = [Thread(target=press, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(answers) <= {302, 303}
    assert town.counts() == (1, 1)


def test_stopping_is_shown_and_not_counted_and_can_be_taken_up_again(town: Town) -> None:
    town.use(town.nia, "worked", "Fewer calls")
    nia = town.cast.client(town.nia)
    assert "We stopped using this" in words(nia, "/library/bins")
    late = send(nia, "/library/bins/use/stop", stopped_on="2099-01-01")
    assert "must be today or before" in late.get_data(as_text=True)
    assert "You will no longer be counted" in words(nia, "/library/bins/use/stop")
    with town.app.app_context(), transaction():
        db.session.execute(update(Adoption).values(month=date(2026, 2, 1)))
    for early in ("0001-01-01", "2026-01-31"):
        text = send(nia, "/library/bins/use/stop", stopped_on=early).get_data(as_text=True)
        assert "must be in February 2026, when you began, or after" in text
    stopped = send(nia, "/library/bins/use/stop", stopped_on="2026-03-04")
    assert stopped.location == "/library/bins"
    page = words(town.cast.client(), "/library/bins/adoptions")
    assert "Stopped using it in March 2026" in page
    assert "Fewer calls" in page
    assert town.counts() == (0, 1)
    assert "We use this again</a>" in words(nia, "/library/bins")
    send(nia, "/library/bins/use")
    assert town.counts() == (1, 1)
    assert "Stopped" not in words(nia, "/library/bins/adoptions")


def test_who_is_counted(app: Flask, town: Town) -> None:
    colleague = town.cast.person("Cara Harrowdale")
    town.use(town.nia)
    town.use(colleague, "worked", "We wrote it")
    town.use(town.lone, "worked", "By myself")
    assert town.counts() == (1, 3)
    page = words(town.cast.client(), "/library/bins/adoptions")
    assert "The guide is theirs, so they are not counted" in page
    assert "their organisation is not known here" in page
    lone = town.cast.client(town.lone)
    assert "By myself" in words(lone, "/adoptions")
    former = lone.get("/library/used?page=2")
    assert (former.status_code, former.location) == (301, "/adoptions?page=2")
    with app.app_context(), transaction():
        db.session.get_one(Person, town.lone).organisation_id = town.cast.viewer(town.tom).organisation_id
    town.use(town.lone)
    assert town.counts() == (2, 3), "what they said alone is their organisation's now"


def test_search_finds_as_used_by_others_what_the_figure_counts(app: Flask, town: Town) -> None:
    town.use(town.nia)
    tidewell = town.cast.viewer(town.tom).organisation_id
    with app.app_context(), transaction():
        guide = db.session.get_one(Guide, town.guide)
        guide.owner_person_id, guide.owner_organisation_id = None, tidewell
    with app.app_context():
        assert OTHERS in users_of([town.guide])[town.guide]
    with app.app_context(), transaction():
        db.session.get_one(Guide, town.guide).owner_organisation_id = town.cast.viewer(town.nia).organisation_id
    with app.app_context():
        assert users_of([town.guide]) == {}, "its owner uses it, and nobody else"


def test_a_guide_that_changes_hands_is_counted_anew(app: Flask, town: Town) -> None:
    town.use(town.nia)
    town.use(town.tom)
    assert town.counts() == (2, 2)
    northmere = town.cast.viewer(town.nia).organisation_id
    with app.app_context(), transaction():
        guide = db.session.get_one(Guide, town.guide)
        guide.owner_person_id, guide.owner_organisation_id = None, northmere
        revision = guide.revision
    with app.app_context():
        recount()
        guide = db.session.get_one(Guide, town.guide)
        assert (guide.use_count, guide.revision) == (1, revision + 1)
        db.session.rollback()
        recount()
        assert db.session.get_one(Guide, town.guide).revision == revision + 1, "what is right is left alone"


def test_the_worker_puts_the_figure_right_and_comes_to_rest(app: Flask, town: Town) -> None:
    town.use(town.nia)
    with app.app_context(), transaction():
        db.session.get_one(Guide, town.guide).use_count = 7
        publish(GuideChanged(GUIDE, town.guide))
    town.settle()
    assert town.counts() == (1, 1)


def test_lists_say_how_many_use_it_and_follow_it(town: Town, shelf: Shelf) -> None:
    second = shelf.guide(town.owner, "Apples").id
    small = town.worker("littleton", "Lil", size="under-250")
    hospital = town.worker("infirmary", "Hal", kind="nhs")
    town.use(town.nia)
    town.use(town.tom, guide=second)
    town.use(small, guide=second)
    third = shelf.guide(town.owner, "Cranes").id
    town.use(hospital, guide=third)
    town.use(town.nia, "did-not-work", "No", guide=third)
    town.settle()
    visitor, nia, hal = town.cast.client(), town.cast.client(town.nia), town.cast.client(hospital)

    def titles(client: Any, query: str = "") -> list[str]:
        page = words(client, f"/library{query}")
        return [part.split("</a>")[0].rpartition(">")[2] for part in page.split('<h3 class="cp-row__title')[1:]]

    assert titles(visitor) == ["Apples", "Cranes", "Bins"]
    assert "<b>2</b> <span>use this</span>" in words(visitor, "/library")
    assert titles(visitor, "?used=others&sort=title") == ["Apples", "Bins", "Cranes"]
    assert titles(visitor, "?used=ten") == []
    assert "like mine" not in words(visitor, "/library")
    assert titles(visitor, "?used=like-mine") == ["Apples", "Cranes", "Bins"], "a visitor has no organisation"
    assert titles(nia, "?used=like-mine") == ["Apples"], "their own use is not another’s, and Tidewell is like them"
    assert titles(hal, "?used=like-mine") == []
    assert "Used by an organisation like mine" in words(nia, "/library?used=like-mine")


def test_the_page_asks_nothing_more_until_somebody_uses_it(app: Flask, town: Town) -> None:
    visitor = town.cast.client()
    words(visitor, "/library/bins")
    with count_queries(app) as unused:
        words(visitor, "/library/bins")
    for number in range(6):
        town.use(town.worker(f"council{number}", "Pat"), "worked", f"Words {number}")
    with count_queries(app) as used:
        page = words(visitor, "/library/bins")
    assert len(used) == len(unused) + 1
    assert page.count('class="cp-evidence__text"') == 2
    assert "Show all 6" in page
    assert words(visitor, "/library/bins/adoptions").count('class="cp-evidence__text"') == 6


def test_names_of_the_gone_are_left_out(app: Flask, town: Town, cast: Cast) -> None:
    town.use(town.nia, "worked", "Fewer calls")
    with app.app_context(), transaction():
        account = cast.viewer(town.nia).account_id
        db.session.get_one(Account, account).active = False
    page = words(cast.client(), "/library/bins")
    assert "Fewer calls" in page
    assert "Northmere Council" in page
    assert "Nia" not in page


def test_an_organisation_lists_what_it_uses(town: Town, shelf: Shelf) -> None:
    town.use(town.nia)
    failed = shelf.guide(town.owner, "Apples").id
    town.use(town.nia, "did-not-work", "No", guide=failed)
    page = words(town.cast.client(), "/organisations/northmere")
    assert "Guides it uses" in page
    assert "/library/bins" in page
    assert "/library/apples" not in page
    assert "/adoptions" in words(town.cast.client(town.nia), "/people/nia-northmere")
    assert "/adoptions" not in words(town.cast.client(town.tom), "/people/nia-northmere")
