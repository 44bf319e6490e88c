"""Replying in the browser: once, with what was quoted, and nothing typed is lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from flask import Flask

from network.core.clock import now
from tests.network.discussions.talk import Talk, hidden, send, token
from tests.support.cast import Cast
from tests.support.sending import filled, find_form, form_of, shown


def test_anybody_answers_without_joining(cast: Cast, talk: Talk, ann: int, group: int) -> None:
    asked = talk.start(group, ann)
    stranger = cast.client(cast.person("Cai Owen"))
    answer = send(stranger, f"{asked.address}/reply", form_at=asked.address, body="From outside")
    assert answer.headers["Location"] == f"{asked.address}#post-2"
    assert "From outside" in cast.client().get(asked.address).text


def test_a_reply_sent_twice_is_posted_once(cast: Cast, talk: Talk, ann: int, group: int) -> None:
    asked = talk.start(group, ann)
    client = cast.client(ann)
    form = {**hidden(client, asked.address), "body": "once"}
    places = {client.post(f"{asked.address}/reply", data=form).headers["Location"] for _ in range(3)}
    assert places == {f"{asked.address}#post-2"}
    assert len(talk.posts(asked)) == 2


def test_a_used_form_with_other_words_loses_nothing(cast: Cast, talk: Talk, ann: int, group: int) -> None:
    asked = talk.start(group, ann)
    client = cast.client(ann)
    form = hidden(client, asked.address)
    client.post(f"{asked.address}/reply", data={**form, "body": "first"})
    again = shown(client, client.post(f"{asked.address}/reply", data={**form, "body": "second"}))
    assert "You have sent this form before, with other words" in again.text
    assert "second</textarea>" in again.text
    added = client.post(f"{asked.address}/reply", data=filled(find_form(again.text)))
    assert added.location == f"{asked.address}#post-3"


def test_replies_at_the_same_moment_get_numbers_of_their_own(
    app: Flask, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda who=who: numbers.extend(talk.reply(asked, who) for _ in range(8)))
        for who in (ann, ben, ann, ben)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(2, 34))
    assert talk.row(asked).reply_count == 32


def test_quoting_fills_in_the_reply(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    number = talk.reply(asked, ben, "Use the card")
    client = cast.client(ann)
    for page in (f"{asked.address}?quote={number}", f"{asked.address}/reply?quote={number}"):
        text = client.get(page).text
        assert "&gt; Use the card" in text
        assert f"[Ben Price]({asked.address}#post-{number}) wrote:" in text
        assert "Reply without the quotation" in text
    assert "without the quotation" not in client.get(asked.address).text
    assert f"/reply?quote={number}" in cast.client().get(asked.address).text


def test_quoting_brings_along_what_was_typed_and_posts_nothing(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    numbers = [talk.reply(asked, ben, words) for words in ("Use the card", "Or the form")]
    client = cast.client(ann)
    page = client.get(asked.address).text
    typed = "I think so too."
    for number in numbers:
        assert f'form="reply" formaction="{asked.address}/reply?quote={number}#body">' in page
        fields = {**filled(find_form(page, action=f"{asked.address}/reply")), "body": typed}
        assert (
            client.post(f"{asked.address}/reply?quote={number}", data={**fields, "csrf_token": "no"}).status_code == 400
        )
        quoted = shown(client, client.post(f"{asked.address}/reply?quote={number}", data=fields)).text
        typed = filled(find_form(quoted))["body"][0]
    first, second = (f"[Ben Price]({asked.address}#post-{number}) wrote:" for number in numbers)
    assert typed == f"I think so too.\n\n{first}\n\n> Use the card\n\n{second}\n\n> Or the form\n\n"
    assert "without the quotation" not in quoted
    assert talk.row(asked).reply_count == 2
    assert send(client, f"{asked.address}/reply", body=typed).status_code == 303


@pytest.mark.parametrize("words", ["Ring 01632 960 123.", "Write to sam.jones@council.example."])
def test_what_reaches_a_person_is_posted_only_when_its_writer_says_so_twice(
    cast: Cast, talk: Talk, ann: int, group: int, words: str
) -> None:
    asked = talk.start(group, ann)
    client = cast.client(ann)
    kinds = (
        (f"{asked.address}/reply", {"body": words}),
        ("/ask", {"title": "Who knows?", "body": words, "group": str(group)}),
    )
    for address, fields in kinds:
        first = shown(client, send(client, address, **fields))
        assert "Check before you post" in first.text
        assert "<title>Error: " in first.text
        assert 'data-module="govuk-error-summary"><div role="alert"><h2' in first.text
        assert '<a class="govuk-link" href="#body">Go to your text</a>' in first.text
        assert words in first.text
        assert client.post(address, data=filled(find_form(first.text))).status_code == 303
        safe = {**fields, "title": "Who knows now?", "body": "Ask room 12."}
        assert send(client, address, **safe).status_code == 303
    assert talk.row(asked).reply_count == 2


def test_a_withdrawn_post_cannot_be_quoted_or_read(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    number = talk.reply(asked, ben, "Secret name")
    send(cast.client(ben), f"{asked.address}/posts/{number}/edit", body="Other name")
    history = cast.client().get(f"{asked.address}/posts/{number}/history").text
    assert "</span>Secret</del>" in history
    send(cast.client(ben), f"{asked.address}/posts/{number}/withdraw", reason="Said too much")
    page = cast.client(ann).get(f"{asked.address}?quote={number}").text
    assert "Ben Price withdrew this on" in page
    assert "name" not in page.split('id="post-2"')[1].split("</article>")[0]
    assert "&gt; " not in page
    assert cast.client().get(f"{asked.address}/posts/{number}/history").status_code == 404
    assert talk.row(asked).reply_count == 0


def test_withdraw_pressed_twice_leads_to_the_place(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    place = f"{asked.address}/posts/{talk.reply(asked, ben)}/withdraw"
    client = cast.client(ben)
    fields = form_of(client, place)
    answers = [client.post(place, data=fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    other = cast.client(ann)
    assert other.post(place, data={**fields, "csrf_token": token(other)}).status_code == 403


@pytest.mark.parametrize("body", ["", "   \n ", "é" * 40_000])
def test_an_impossible_reply_is_said_and_kept(cast: Cast, talk: Talk, ann: int, group: int, body: str) -> None:
    asked = talk.start(group, ann)
    client = cast.client(ann)
    answer = shown(client, send(client, f"{asked.address}/reply", form_at=asked.address, body=body))
    assert "There is a problem" in answer.text
    assert body.strip()[:50] in answer.text
    assert len(talk.posts(asked)) == 1


def test_taking_words_away_says_that_quotations_stay(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    talk.reply(asked, ben)
    keeper = cast.person("Moss Keeper", role="moderator")
    for person, number in ((ann, 1), (ben, 2), (keeper, 2)):
        page = cast.client(person).get(f"{asked.address}/posts/{number}/withdraw").text
        assert "but what others quoted of" in page


def test_replying_to_what_was_withdrawn_meanwhile_says_so(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    number = talk.reply(asked, ben)
    client = cast.client(ann)
    form = filled(find_form(client.get(asked.address).text, action=f"{asked.address}/reply"))
    send(cast.client(ben), f"{asked.address}/posts/{number}/withdraw", reason="")
    for typed in ("", "What I think"):
        answer = client.post(f"{asked.address}/reply?quote={number}", data={**form, "body": typed})
        page = shown(client, answer).text
        assert "The post that you want to reply to was withdrawn" in page
        assert filled(find_form(page))["body"] == [typed]
    assert client.post(f"{asked.address}/reply", data=filled(find_form(page))).location == f"{asked.address}#post-3"


def test_a_reply_needs_words_of_its_own(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann, body="We *tried*.")
    client = cast.client(ben)
    quoting = f"{asked.address}/reply?quote=1"
    form = filled(find_form(client.get(quoting).text))
    page = shown(client, client.post(f"{asked.address}/reply", data=form)).text
    assert "Write something of your own, below what you quote" in page
    assert "&gt; We *tried*." in page
    form = filled(find_form(page))
    form["body"] = [f"{form['body'][0]}\n\nSo did we."]
    assert client.post(f"{asked.address}/reply", data=form).location == f"{asked.address}#post-2"


def test_back_and_send_again_posts_nothing_twice(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    client, there = cast.client(ben), f"{asked.address}/reply"
    first, second = (send(client, there, body="The same *words*").location for _ in range(2))
    assert (first, second) == (f"{asked.address}#post-2", f"{asked.address}#post-2")
    assert "This was already sent. Here it is" in client.get(second).text
    assert send(client, there, body="Other words").location == f"{asked.address}#post-3"
    # Another may say the same, and whoever took it back may say it again.
    assert send(cast.client(ann), there, body="The same *words*").location == f"{asked.address}#post-4"
    send(client, f"{asked.address}/posts/2/withdraw", reason="")
    assert send(client, there, body="The same *words*").location == f"{asked.address}#post-5"


def test_the_same_words_a_while_later_are_another_post(cast: Cast, talk: Talk, ann: int, group: int) -> None:
    asked = talk.start(group, ann)
    talk.reply(asked, ann, "Still so", at=now() - timedelta(minutes=11))
    assert send(cast.client(ann), f"{asked.address}/reply", body="Still so").location == f"{asked.address}#post-3"


def test_back_and_ask_again_asks_nothing_twice(cast: Cast, ann: int, group: int) -> None:
    client = cast.client(ann)
    for address, more in (("/ask", {"group": str(group)}), ("/groups/planning/discussions/new?kind=question", {})):
        fields = {"title": f"Who knows {len(more)}?", "body": "About damp", **more}
        first, second = (send(client, address, **fields).location for _ in range(2))
        assert first == second
        assert "This was already sent. Here it is" in client.get(second).text
        assert send(client, address, **{**fields, "body": "About rust"}).location != first
