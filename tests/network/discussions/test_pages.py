"""Discussions in the browser: asking, replying, quoting, accepting, editing, withdrawing."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from network.accounts.models import Account
from network.core.db import db
from network.core.transaction import transaction
from network.discussions.models import Discussion
from network.people.models import Person
from tests.network.discussions.talk import HIDDEN, Talk, hidden, send, token
from tests.support.cast import Cast
from tests.support.payloads import PAYLOADS
from tests.support.queries import count_queries
from tests.support.sending import filled, find_form, form_of, shown

# Shrinking takes minutes where each try is several pages.
NO_SHRINKING = (Phase.explicit, Phase.generate)


def test_asking_anyone(cast: Cast, ann: int) -> None:
    client = cast.client(ann)
    assert 'value="damp letters"' in client.get("/ask?q=damp+letters").text
    group = client.get("/ask").text.split('<option value="')[1].split('"')[0]
    answer = send(client, "/ask", title="Who has letters?", body="About **damp**", topics="letters", group=group)
    assert answer.headers["Location"] == "/groups/ask-anyone/discussions/1-who-has-letters"
    page = cast.client().get(answer.headers["Location"]).text
    assert "<strong>damp</strong>" in page
    assert "No reply yet" in page


def test_what_is_previewed_is_what_is_posted(cast: Cast, ann: int, group: int) -> None:
    client = cast.client(ann)
    fields = {"title": "Notes", "body": "A *fine* table\n\n| a | b |\n|---|---|\n| 1 | 2 |"}
    previewed = send(client, "/groups/planning/discussions/new", **fields, preview="yes")
    looked = shown(client, previewed).text.split('cp-preview cp-prose cp-prose--post">')[1].split("</div></section>")[0]
    posted = client.get(send(client, "/groups/planning/discussions/new", **fields).headers["Location"]).text
    assert "<table>" in looked
    assert looked in posted


def test_a_question_that_names_somebody(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    closed = cast.group("reviews", closed=True, members=(ann,))
    client = cast.client(ann)
    page = client.get("/ask?person=ben-price").text
    assert "Ask Ben Price a question" in page
    fields = {"title": "How?", "body": "So", "topics": "", "person": "ben-price"}
    refused = send(client, "/ask", **{**fields, "group": str(closed)})
    assert "Ben Price is not in this group" in shown(client, refused).text
    answer = send(client, "/ask", **{**fields, "group": str(group)})
    page = cast.client().get(answer.headers["Location"]).text
    assert "Asked of" in page
    assert "/people/ben-price" in page


def test_a_question_cannot_name_somebody_suspended(app: Flask, cast: Cast, ann: int, ben: int) -> None:
    with app.app_context(), transaction() as session:
        account = session.get_one(Person, ben).account_id
        session.execute(update(Account).where(Account.id == account).values(active=False))
    assert "Ben Price" not in cast.client(ann).get("/ask?person=ben-price").text


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


def test_the_accepted_answer_stands_first_and_is_pointed_to(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    for number in range(40):
        talk.reply(asked, ben, f"Answer {number}")
    client = cast.client(ann)
    client.post(f"{asked.address}/accept", data={"csrf_token": token(client), "number": "35"})
    visitor = cast.client()
    first, second = visitor.get(asked.address).text, visitor.get(f"{asked.address}?page=2").text
    assert "Answer accepted by Ann Evans" in first
    assert first.index("Answer 33") < first.index("Answer 0<")
    assert "Answer 33<" not in second
    assert f'href="{asked.address}#post-35"' in second
    assert visitor.get(f"{asked.address}?post=35").headers["Location"] == f"{asked.address}#post-35"
    assert visitor.get(f"{asked.address}?post=36").headers["Location"] == f"{asked.address}?page=2#post-36"
    client.post(f"{asked.address}/unaccept", data={"csrf_token": token(client)})
    assert talk.row(asked).accepted_post_id is None


def test_others_do_not_accept(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    talk.reply(asked, ben)
    client = cast.client(ben)
    assert "Accept this answer" not in client.get(asked.address).text
    answer = client.post(f"{asked.address}/accept", data={"csrf_token": token(client), "number": "2"})
    assert answer.status_code == 403


@pytest.mark.parametrize(("number", "status"), [("1", 403), ("9", 403), ("x", 400), ("9" * 30, 400), ("", 400)])
def test_only_a_reply_is_accepted(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int, number: str, status: int
) -> None:
    asked = talk.start(group, ann)
    talk.reply(asked, ben)
    client = cast.client(ann)
    answer = client.post(f"{asked.address}/accept", data={"csrf_token": token(client), "number": number})
    assert answer.status_code == status


def test_withdrawing_the_accepted_answer_opens_the_question(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    number = talk.reply(asked, ben)
    talk.accept(asked, number, ann)
    send(cast.client(ben), f"{asked.address}/posts/{number}/withdraw", reason="")
    assert talk.row(asked).accepted_post_id is None


def test_without_replies_the_whole_question_can_be_taken_back(cast: Cast, talk: Talk, ann: int, group: int) -> None:
    asked = talk.start(group, ann, title="Withdraw me")
    send(cast.client(ann), f"{asked.address}/posts/1/withdraw", reason="Answered by a colleague")
    answer = cast.client().get(asked.address)
    assert answer.status_code == 410
    assert "Answered by a colleague" in answer.text
    assert "Withdraw me" not in cast.client().get("/groups/planning").text
    assert "Withdraw me" not in cast.client().get("/questions").text


def test_with_replies_only_the_words_go(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann, body="my words")
    talk.reply(asked, ben, "still here")
    send(cast.client(ann), f"{asked.address}/posts/1/withdraw", reason="")
    page = cast.client().get(asked.address)
    assert page.status_code == 200
    assert "my words" not in page.text
    assert "still here" in page.text


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_hiding_the_first_post_hides_it_all_with_the_reason(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int, role: str
) -> None:
    asked = talk.start(group, ann)
    talk.reply(asked, ben)
    keeper = cast.client(cast.person("Moss Keeper", role=role))
    refused = send(keeper, f"{asked.address}/posts/1/withdraw", reason="  ")
    assert "Enter a reason" in shown(keeper, refused).text
    send(keeper, f"{asked.address}/posts/1/withdraw", reason="Names a family")
    page = cast.client(ann).get(asked.address)
    assert page.status_code == 410
    assert "by Moss Keeper. Reason: Names a family" in page.text


def test_a_concurrent_edit_shows_both_texts(cast: Cast, talk: Talk, ann: int, group: int) -> None:
    asked = talk.start(group, ann, body="start")
    client = cast.client(ann)
    page = f"{asked.address}/posts/1/edit"
    old = hidden(client, page)
    send(client, page, body="saved first")
    late = shown(client, client.post(page, data={**old, "body": "written late"}))
    assert "saved first</pre>" in late.text
    assert "written late</textarea>" in late.text
    answer = client.post(page, data={**dict(_fields(late.text)), "body": "both"})
    assert answer.status_code == 303


def _fields(page: str) -> list[tuple[str, str]]:
    return HIDDEN.findall(page)


def test_another_title_has_another_address_and_the_old_one_leads_there(
    cast: Cast, talk: Talk, ann: int, group: int
) -> None:
    asked = talk.start(group, ann, title="Old title")
    send(cast.client(ann), f"{asked.address}/edit", title="New title", topics="some word")
    answer = cast.client().get(f"{asked.address}?page=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/groups/planning/discussions/1-new-title?page=1")
    assert cast.client().get("/groups/planning/discussions/1").headers["Location"].endswith("/1-new-title")
    assert "some word" in cast.client().get(answer.headers["Location"]).text


@pytest.mark.parametrize("tail", ["?page=2", "?page=0", "?post=77", "/posts/9/history", "/posts/99999999999/history"])
def test_what_is_not_there_is_not_found(cast: Cast, talk: Talk, ann: int, group: int, tail: str) -> None:
    asked = talk.start(group, ann)
    assert cast.client().get(asked.address + tail).status_code == 404


@pytest.mark.parametrize("kind", ["announcement", "rumour"])
def test_announcements_are_the_facilitators(cast: Cast, ann: int, group: int, kind: str) -> None:
    answer = cast.client(ann).get(f"/groups/planning/discussions/new?kind={kind}")
    assert answer.status_code == (403 if kind == "announcement" else 404)


def test_a_thread_is_few_queries_and_no_form_for_visitors(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann, tags=["one", "two"])
    for _ in range(29):
        number = talk.reply(asked, ben, "words")
    talk.accept(asked, number, ann)
    visitor, member = cast.client(), cast.client(ann)
    visitor.get(asked.address)
    with count_queries(app) as queries:
        page = visitor.get(asked.address)
    assert page.text.count("<article") == 30
    assert 'method="post"' not in page.text
    assert len(queries) <= 3, queries.statements
    with count_queries(app) as queries:
        member.get(asked.address)
    assert len(queries) <= 4, queries.statements


def test_lists_are_few_queries(app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    for number in range(25):
        talk.reply(talk.start(group, ann, title=f"Question {number}"), ben)
    visitor = cast.client()
    for path, most in (("/questions", 2), ("/groups/planning", 5), ("/questions?page=2", 2)):
        with count_queries(app) as queries:
            assert visitor.get(path).status_code == 200
        assert len(queries) <= most, queries.statements


@pytest.mark.parametrize("payload", PAYLOADS[::7])
def test_nothing_typed_becomes_markup(cast: Cast, talk: Talk, ann: int, ben: int, group: int, payload: str) -> None:
    title = " ".join(payload.split())[:150]
    asked = talk.start(group, ann, title=title, body=payload, tags=[title[:60]])
    talk.reply(asked, ben, payload)
    talk.accept(asked, 2, ann)
    client = cast.client(ann)
    for path in (asked.address, "/groups/planning", "/questions?tab=answered", "/people/ann-evans"):
        page = client.get(path)
        assert page.status_code == 200
        assert not [attack for attack in ("<script>pwned", "onerror=pwned()>", "<img src=x") if attack in page.text]


@settings(max_examples=20, phases=NO_SHRINKING)
@given(
    title=st.text(max_size=170),
    body=st.text(max_size=300),
    topics=st.text(max_size=120),
    choice=st.text(max_size=4),
)
@example(title=" ", body="0", topics="", choice="")
@example(title="\u200b", body="\u00ad", topics="\u200b,", choice="")
def test_no_input_breaks_asking(cast: Cast, ann: int, title: str, body: str, topics: str, choice: str) -> None:
    client = cast.client(ann)
    first = client.get("/ask").text.split('<option value="')[1].split('"')[0]
    group = choice if len(choice) % 2 else first
    answer = send(client, "/ask", title=title, body=body, topics=topics, group=group, person=choice)
    unreadable = any("\0" in text for text in (title, body, topics, choice))
    assert answer.status_code in ((400,) if unreadable else (200, 303))
    if answer.status_code == 303:
        assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("body", ["", "   \n ", "é" * 40_000])
def test_an_impossible_reply_is_said_and_kept(cast: Cast, talk: Talk, ann: int, group: int, body: str) -> None:
    asked = talk.start(group, ann)
    client = cast.client(ann)
    answer = shown(client, send(client, f"{asked.address}/reply", form_at=asked.address, body=body))
    assert "There is a problem" in answer.text
    assert body.strip()[:50] in answer.text
    assert len(talk.posts(asked)) == 1


def test_numbers_are_of_the_group(app: Flask, cast: Cast, talk: Talk, ann: int, group: int) -> None:
    other = cast.group("housing")
    for group_id in (group, group, other):
        talk.start(group_id, ann)
    with app.app_context():
        found = db.session.execute(
            select(Discussion.group_id, func.max(Discussion.number)).group_by(Discussion.group_id)
        )
        assert {row[0]: row[1] for row in found} == {group: 2, other: 1}
