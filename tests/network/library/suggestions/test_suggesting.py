"""Suggesting a change, from the link on the guide to the sent suggestion."""

from __future__ import annotations

from typing import Any

from tests.network.library.shelf import BODY, Shelf
from tests.network.library.suggestions.conftest import NEW, Desk
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import filled, find_form, look, send


def test_a_visitor_is_led_through_sign_in_and_back_to_the_section(desk: Desk) -> None:
    visitor = desk.cast.client()
    page = visitor.get(desk.address).get_data(as_text=True)
    assert f'{desk.address}/suggest?section=h-what-it-cost-us"' in page
    assert 'Suggest a change here<span class="govuk-visually-hidden"> “What it cost us”</span>' in page
    led = visitor.get(f"{desk.address}/suggest?section=h-what-it-cost-us")
    assert led.status_code == 303
    assert "section%3Dh-what-it-cost-us" in led.location


def test_whoever_may_edit_is_led_to_editing(desk: Desk) -> None:
    owen = desk.cast.client(desk.owen)
    assert f"{desk.address}/suggest" not in owen.get(desk.address).get_data(as_text=True)
    assert owen.get(f"{desk.address}/suggest").location == f"{desk.address}/edit"


def test_a_section_is_changed_alone_and_the_rest_stays(desk: Desk) -> None:
    fatima = desk.cast.client(desk.fatima)
    address = f"{desk.address}/suggest?section=h-before-you-start"
    form = filled(find_form(fatima.get(address).get_data(as_text=True)))
    assert form["body"] == ["## Before you start\n\nAsk who will read it."]
    assert "title" not in form
    body = "## Before you start\n\nAsk everybody who will read it.\n\nThen ask again."
    sent = send(fatima, address, act="send", body=body, why="Some were forgotten")
    assert sent.location == f"{desk.address}/suggestions/1"
    assert desk.row().body == BODY.replace(
        "Ask who will read it.", "Ask everybody who will read it.\n\nThen ask again."
    )
    page = fatima.get(sent.location).get_data(as_text=True)
    assert '<h1 class="govuk-heading-l cp-narrow">Some were forgotten</h1>' in page
    assert "“Before you start”" in page.partition("<h1")[0]
    assert "1 paragraph changes, 1 is added." in page
    assert 'value="accept"' not in page
    assert desk.now().suggestion_count == 1
    visitor = desk.cast.client()
    assert "1 suggestion waiting" in visitor.get(desk.address).get_data(as_text=True)
    seen = visitor.get(sent.location).get_data(as_text=True)
    assert "Some were forgotten" in seen
    assert '<form method="post"' not in seen.partition("<main")[2].partition("</main>")[0]


def test_sending_again_after_back_leaves_no_unfinished_suggestion(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    sent = [send(fatima, address, act="send", body=NEW, why="Some were forgotten") for _ in range(2)]
    assert {answer.location for answer in sent} == {f"{desk.address}/suggestions/1"}
    form = filled(find_form(fatima.get(address).get_data(as_text=True))) | {"body": NEW, "why": "Some were forgotten"}
    assert fatima.post(f"{address}/autosave", data=form).get_json() == {"saved": ""}
    page = send(fatima, address, act="send", why="Some were forgotten").get_data(as_text=True)
    assert "You have sent this suggestion already" in page
    form = filled(find_form(page))
    assert form["why"] == ["Some were forgotten"]
    assert fatima.post(f"{address}/autosave", data=form).get_json() == {"saved": ""}
    for listed in ("/suggestions", "/drafts"):
        assert "Not sent yet" not in fatima.get(listed).get_data(as_text=True)
    assert send(fatima, address, act="send", why="Another reason").status_code == 200
    assert "Not sent yet" in fatima.get("/suggestions").get_data(as_text=True)


def test_nobody_can_suggest_a_title_that_shows_nothing(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    page = send(fatima, address, act="send", title="   ", body=NEW, why="It says nothing").get_data(as_text=True)
    assert "Enter a title" in page
    assert desk.now().suggestion_count == 0


def test_a_draft_is_kept_and_gone_on_with_and_nobody_else_sees_it(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    assert send(fatima, address, act="draft", body="Half a zebra", why="").status_code == 303
    assert filled(find_form(fatima.get(address).get_data(as_text=True)))["body"] == ["Half a zebra"]
    assert "zebra" not in desk.cast.client(desk.owen).get(f"{desk.address}/suggestions").get_data(as_text=True)
    assert "Not sent yet" in fatima.get("/suggestions").get_data(as_text=True)
    assert desk.now().suggestion_count == 0
    desk.publish(NEW)
    page = fatima.get(address).get_data(as_text=True)
    assert "A newer version was published since" in page
    assert send(fatima, f"{address}/discard").location == desk.address
    assert filled(find_form(fatima.get(address).get_data(as_text=True)))["body"] == [NEW]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    page = send(fatima, address, act="send", body=NEW).get_data(as_text=True)
    assert "Enter why you suggest this" in page
    assert "Ask everybody" in page
    # What could not be sent is kept, for whoever leaves now and comes back.
    assert "Ask everybody" in fatima.get(address).get_data(as_text=True)
    page = send(fatima, address, act="send", body=BODY, why="No reason").get_data(as_text=True)
    assert "Change something first" in page
    page = look(fatima, address, body=NEW).get_data(as_text=True)
    assert '<ins><span class="govuk-visually-hidden">added: </span>everybody' in page
    assert "2 paragraphs change." in page
    page = send(fatima, address, act="send", body=f"{BODY}\nAsk 020 7946 0999", why="Number").get_data(as_text=True)
    assert "looks like a phone number" in page
    form = {**filled(find_form(page)), "act": "send"}
    assert fatima.post(address, data=form).status_code == 303


def test_sent_twice_it_is_made_once_and_a_sixth_waits(desk: Desk) -> None:
    fatima, address = desk.cast.client(desk.fatima), f"{desk.address}/suggest"
    form = filled(find_form(fatima.get(address).get_data(as_text=True)))
    typed = {**form, "act": "send", "body": NEW, "why": "Half of it is missing"}
    answers = [fatima.post(address, data=typed).location for _ in range(2)]
    assert answers == [f"{desk.address}/suggestions/1"] * 2
    for number in range(4):
        desk.suggest(why=f"Reason {number}")
    page = send(fatima, address, act="send", body=NEW, why="One more").get_data(as_text=True)
    assert "You have 5 suggestions for this guide that nobody has answered yet" in page
    assert desk.now().suggestion_count == 5


def test_withdrawn_by_who_made_it_and_by_nobody_else(desk: Desk) -> None:
    desk.suggest()
    address = f"{desk.address}/suggestions/1/withdraw"
    assert desk.cast.client(desk.owen).get(address).status_code == 403
    fatima = desk.cast.client(desk.fatima)
    assert send(fatima, address).location == f"{desk.address}/suggestions/1"
    assert desk.row().state == "withdrawn"
    assert desk.now().suggestion_count == 0
    page = desk.cast.client(desk.owen).get(f"{desk.address}/suggestions/1")
    assert page.status_code == 410
    assert "Fatima Siddiqui withdrew it" in page.get_data(as_text=True)
    assert "Half of it" not in desk.cast.client().get(f"{desk.address}/suggestions").get_data(as_text=True)
    answer = desk.cast.client(desk.owen).post(f"{desk.address}/suggestions/1/answer", data={"act": "decline"})
    assert answer.status_code in (303, 400)
    assert desk.row().state == "withdrawn"


def test_the_owner_is_told_once_and_can_stop_it(desk: Desk) -> None:
    desk.suggest()
    (mail,) = mails(desk.app)
    assert (mail.to, mail.subject) == (
        "owen@harrowdale.example",
        "Fatima Siddiqui suggests a change to “Moving a planning register”",
    )
    text = "".join(piece for piece, _ in mail.parts)
    assert "Half of it is missing" in text
    stop = next(piece for piece, link in mail.parts if link and "/stop/" in piece).removeprefix("http://localhost")
    visitor = desk.cast.client()
    assert "Moving" not in visitor.get(stop).get_data(as_text=True).partition("<main")[2]
    assert visitor.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    desk.suggest(why="Another")
    assert len(mails(desk.app)) == 1
    assert visitor.post(stop, data={"act": "start"}).status_code == 303
    desk.suggest(why="A third")
    assert len(mails(desk.app)) == 2
    assert visitor.get(stop[:-3]).status_code == 404


def test_a_guide_of_very_many_headings_links_the_first_ones(cast: Cast, shelf: Shelf, client: Any) -> None:
    shelf.guide(cast.person("Owen Pritchard"), "Many", body="\n\n".join(f"## Step {n}\n\nDo." for n in range(1_000)))
    page = client.get("/library/many").get_data(as_text=True)
    assert page.count("suggest?section=") == page.count('href="#h-step-') == 300
    assert page.count("<h2 id=") >= 1_000
