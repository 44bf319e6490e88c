"""Colleagues who say that they use the same guide: whose words are whose, and who says that it ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.leaving.actions import close
from network.leaving.choices import Choices
from network.library.adoptions.actions import answer
from network.library.adoptions.models import Adoption, AdoptionEarlier
from network.library.adoptions.showing import together
from network.people.models import Person
from tests.network.library.adoptions.test_mails import LONG_AGO, ask, links
from tests.network.library.adoptions.uses import Town, send, words
from tests.support.mails import mails


def plain(client: Any, address: str) -> str:
    """A page with its spaces as they are read."""
    return " ".join(words(client, address).split())


def nia_then_ned(town: Town) -> int:
    """Nia says that it is too early; Ned joins her and says how it went."""
    number = town.use(town.nia, "too-early", "")
    return max(number, town.use(town.ned, "worked-after-changes", "We cut the form in half"))


def test_words_stand_under_the_name_of_who_said_them(town: Town) -> None:
    nia_then_ned(town)
    page = plain(town.cast.client(), "/library/bins")
    assert 'reported by <a class="govuk-link" href="/people/ned-northmere">Ned Northmere</a>' in page
    assert "also used by Nia Northmere" in page
    assert "Ask Ned about it" in page
    assert "Ask Nia" not in page
    nia, ned = town.cast.client(town.nia), town.cast.client(town.ned)
    assert "Ned Northmere said: It worked after changes." in plain(nia, "/library/bins")
    assert "You said: It worked after changes." in plain(ned, "/library/bins")
    assert "Said by Ned Northmere" in words(nia, "/adoptions")
    assert "Said by" not in words(ned, "/adoptions")


def test_nobody_is_given_the_words_of_another_to_sign(town: Town) -> None:
    nia_then_ned(town)
    form = plain(town.cast.client(town.nia), "/library/bins/use/result")
    assert "Ned Northmere said" in form
    assert "takes its place, under your name" in form
    assert " checked>" not in form.split("When did you begin")[0]
    assert "We cut the form in half</textarea>" not in form
    assert "We cut the form in half</textarea>" in plain(town.cast.client(town.ned), "/library/bins/use/result")


def test_who_withdraws_takes_their_words_along(town: Town) -> None:
    number = nia_then_ned(town)
    ned = town.cast.client(town.ned)
    assert "What you said about it goes with your name" in words(ned, "/library/bins/use/withdraw")
    send(ned, "/library/bins/use/withdraw")
    left = town.adoption(number)
    assert (left.result, left.text, left.told_by) == ("", "", None)
    assert left.ask_at is not None, "who is left is asked once more"
    page = plain(town.cast.client(town.nia), "/library/bins")
    assert "We cut the form in half" not in page
    assert "Ned" not in page
    assert "You said" not in page
    assert town.counts() == (1, 1)


def test_who_withdraws_leaves_the_words_of_others(town: Town) -> None:
    number = nia_then_ned(town)
    assert "What you said" not in words(town.cast.client(town.nia), "/library/bins/use/withdraw")
    send(town.cast.client(town.nia), "/library/bins/use/withdraw")
    assert town.adoption(number).text == "We cut the form in half"
    assert "also used by" not in words(town.cast.client(), "/library/bins")


def test_words_of_the_gone_are_given_to_nobody(app: Flask, town: Town) -> None:
    number = nia_then_ned(town)
    with app.app_context(), transaction():
        db.session.get_one(Account, town.cast.viewer(town.ned).account_id).active = False
    page = plain(town.cast.client(), "/library/bins")
    assert "We cut the form in half" in page
    assert "also used by Nia Northmere" in page
    assert ", reported by a former member, also used by" in page
    with app.app_context(), transaction():
        db.session.get_one(Adoption, number).told_by = None
    assert ", reported by" not in plain(town.cast.client(), "/library/bins")


def test_what_a_colleague_said_before_stays_with_their_name(app: Flask, town: Town) -> None:
    """The first one's result is told to all, the words to those who work there, and no words change hands."""
    town.use(town.nia, "worked-after-changes", "We cut the form in half")
    number = town.use(town.ned, "did-not-work", "Nobody filled it in")
    for address in ("/library/bins", "/library/bins/adoptions"):
        page = plain(town.cast.client(), address)
        assert 'reported by <a class="govuk-link" href="/people/ned-northmere">Ned Northmere</a>' in page
        assert "Nia Northmere said before: It worked after changes" in page
        assert "We cut the form in half" not in page
    for person in (town.nia, town.ned):
        form = plain(town.cast.client(person), "/library/bins/use/result")
        assert "Nia Northmere: It worked after changes: We cut the form in half" in form
    leave(town, town.ned)
    page = plain(town.cast.client(), "/library/bins")
    assert "reported by a former member, also used by Nia Northmere" in page
    assert "A former member said" in plain(town.cast.client(town.nia), "/library/bins/use/result")
    leave(town, town.nia)
    page = plain(town.cast.client(), "/library/bins")
    assert "A former member said before: It worked after changes" in page
    assert "Nia" not in page
    assert town.adoption(number).text == "Nobody filled it in"


def test_of_each_the_last_words_are_kept_and_go_when_they_take_them_back(town: Town) -> None:
    for person, text in ((town.nia, "First"), (town.ned, "Second"), (town.nia, "Third"), (town.ned, "Fourth")):
        number = town.use(person, "worked", text)
    assert before(town, number) == [(town.nia, "Third")]
    town.use(town.ned, "worked", "Fifth")
    assert before(town, number) == [(town.nia, "Third")], "who changes their own words keeps none"
    send(town.cast.client(town.nia), "/library/bins/use/withdraw")
    assert before(town, number) == []


def test_hidden_words_are_not_kept_for_colleagues(app: Flask, town: Town) -> None:
    number = town.use(town.nia, "worked", "It names a resident")
    with app.app_context(), transaction():
        db.session.get_one(Adoption, number).hidden_reason = "A name"
    town.use(town.ned, "worked", "Fewer calls")
    assert before(town, number) == [(town.nia, "")]


def leave(town: Town, person: int) -> None:
    """They close their account."""
    with town.app.app_context(), transaction():
        account = town.cast.viewer(person).account_id
        assert account is not None
        assert close(account_id=account, choices=Choices(), by_id=person)
    town.settle()


def before(town: Town, number: int) -> list[tuple[int | None, str]]:
    """Whose earlier words are kept."""
    with town.app.app_context():
        mine = select(AdoptionEarlier).where(AdoptionEarlier.adoption_id == number)
        return [(row.person_id, row.text) for row in db.session.scalars(mine)]


def test_an_answer_by_mail_takes_the_place_of_a_colleagues_words(app: Flask, town: Town) -> None:
    number = town.use(town.nia, "too-early", "Ask in spring", at=now() - LONG_AGO)
    town.use(town.ned)
    with app.app_context(), transaction():
        db.session.get_one(Adoption, number).ask_at = now() - LONG_AGO
    to_ned = next(mail for mail in ask(town) if mail.to.startswith("ned@"))
    assert "“Ask in spring”" in words(town.cast.client(), links(to_ned)["went=worked"])
    asked_at = town.adoption(number).asked_at
    assert asked_at is not None
    with app.app_context(), transaction():
        assert answer(adoption_id=number, person_id=town.ned, asked_at=asked_at, result="worked")
    told = town.adoption(number)
    assert (told.told_by, told.result, told.text) == (town.ned, "worked", "")
    assert before(town, number) == [(town.nia, "Ask in spring")]


def test_who_stops_for_all_is_told_so_and_the_others_hear_of_it_once(town: Town) -> None:
    nia_then_ned(town)
    with town.app.app_context(), transaction():
        db.session.execute(update(Adoption).values(month=date(2026, 2, 1)))
    ned = town.cast.client(town.ned)
    page = plain(ned, "/library/bins/use/stop")
    assert "This speaks for everyone at Northmere Council: Nia Northmere said too" in page
    assert "Take only my name away" in page
    for day in ("2026-03-04", "2026-03-05"):
        send(ned, "/library/bins/use/stop", stopped_on=day)
    town.settle()
    (mail,) = mails(town.app)
    assert (mail.to, mail.subject) == (
        "nia@northmere.example",
        "Ned Northmere says that you stopped using “Bins”",
    )
    still = next(path for path in links(mail).values() if path.endswith("/use"))
    nia = town.cast.client(town.nia)
    assert "Ned Northmere said that Northmere Council stopped using it." in plain(nia, "/library/bins")
    assert "You stopped using it." in plain(ned, "/library/bins")
    assert "Ned Northmere said that Northmere Council stopped using this guide in March 2026" in words(nia, still)
    assert "says Ned Northmere" not in words(town.cast.client(), "/library/bins"), "the words are Ned’s as well"
    assert town.counts() == (0, 1)
    send(nia, still)
    assert "shows as using this guide again" in words(nia, "/library/bins/use/result")
    assert town.counts() == (1, 1)
    assert "Stopped using it" not in words(town.cast.client(), "/library/bins")


def test_who_stopped_the_mails_or_works_elsewhere_hears_of_no_end(app: Flask, town: Town) -> None:
    number = nia_then_ned(town)
    tidewell = town.cast.viewer(town.tom).organisation_id
    with app.app_context(), transaction():
        db.session.get_one(Person, town.nia).organisation_id = tidewell
    town.stop(town.ned, number)
    town.settle()
    assert mails(town.app) == []


def test_that_it_ended_goes_with_who_said_so(town: Town) -> None:
    number = nia_then_ned(town)
    town.stop(town.nia, number)
    assert ", says Nia Northmere" in words(town.cast.client(), "/library/bins")
    town.stop(town.ned, number)
    assert "What you said about its end goes too." in words(town.cast.client(town.ned), "/library/bins/use/withdraw")
    send(town.cast.client(town.ned), "/library/bins/use/withdraw")
    assert town.adoption(number).stopped_on is None
    assert town.counts() == (1, 1)


def test_who_takes_their_name_off_an_ended_use_is_told_how_it_shows_then(town: Town) -> None:
    number = nia_then_ned(town)
    assert "still shows as using this guide" in words(town.cast.client(town.ned), "/library/bins/use/withdraw")
    town.stop(town.nia, number)
    page = words(town.cast.client(town.ned), "/library/bins/use/withdraw")
    assert "still shows as using" not in page
    assert "still says that Northmere Council used it and stopped" in page
    send(town.cast.client(town.ned), "/library/bins/use/withdraw")
    assert "Stopped using it" in words(town.cast.client(), "/library/bins")


def test_a_figure_of_none_says_of_what(town: Town) -> None:
    """Who owns the guide and uses it is not counted."""
    town.use(town.cast.person("Cara Harrowdale"), "worked", "We wrote it")
    cara = town.cast.client(town.cast.person("Cara Harrowdale"))
    assert "<b>0</b> <span>elsewhere</span>" in plain(cara, "/adoptions")
    words_of_none = '<b>0</b> <span><span class="govuk-visually-hidden">use this </span>so far</span>'
    assert words_of_none in plain(town.cast.client(), "/library")
    assert words_of_none in plain(town.cast.client(), "/")


def test_what_comes_next_is_first_to_say_how_it_went(town: Town) -> None:
    nia = town.cast.client(town.nia)
    town.use(town.nia)
    page = plain(nia, "/library/bins")
    assert '<a class="govuk-button" href="/library/bins/use/result">Say how it went</a>' in page
    assert '<a class="govuk-link" href="/library/bins/use/stop">We stopped using this</a>' in page
    town.use(town.nia, "worked", "Fewer calls")
    assert "You use this. Change what you said</a>" in plain(nia, "/library/bins")


def test_names_are_few_enough_to_read() -> None:
    assert together([]) == ""
    assert together(["Ann"]) == "Ann"
    assert together(["Ann", "Ben", "Cy"]) == "Ann, Ben and Cy"
    assert together(["Ann", "Ben", "Cy", "Di", "Ed"]) == "Ann, Ben, Cy and 2 more"


def test_the_sentence_counts_each_set_as_what_it_is(town: Town) -> None:
    colleague = town.cast.person("Cara Harrowdale")
    town.use(colleague, "worked", "We wrote it")
    town.use(town.nia, "did-not-work", "No")
    town.use(town.tom)
    fenland = town.worker("fenland", "Sol")
    town.stop(fenland, town.use(fenland, "worked", "For a while"))
    page = plain(town.cast.client(), "/library/bins")
    assert (
        "1 other organisation uses this guide. 3 of 4 reports say what happened; for 1 it did not work; "
        "1 has stopped." in page
    )


def test_a_question_begins_with_the_guide_unless_it_is_in_confidence(town: Town) -> None:
    town.use(town.nia, "worked", "Fewer calls")
    tom = town.cast.client(town.tom)
    page = plain(tom, "/library/bins")
    address = page.split(">Ask Nia about it")[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    form = words(tom, address)
    assert "Ask Nia Northmere a question" in form
    assert 'value="About “Bins”"' in form
    assert "/library/bins" in form.split("<textarea")[1].split("</textarea>")[0]
    closed = town.cast.group("serious-cases", closed=True, facilitators=(town.owner,), members=(town.nia, town.tom))
    secret = town.shelf.guide(town.owner, "Secret", group_id=closed)
    town.use(town.nia, "worked", "Hush", guide=secret.id)
    page = plain(tom, f"/library/{secret.slug}")
    assert '"/ask?person=nia-northmere"' in page
