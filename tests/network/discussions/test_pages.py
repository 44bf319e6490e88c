"""Discussions in the browser: asking, replying, quoting, accepting, editing, withdrawing."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.discussions.models import Discussion
from network.people.models import Person
from network.threads.models import Post
from tests.network.discussions.talk import HIDDEN, Talk, hidden, send, token
from tests.support.cast import Cast
from tests.support.html import parsed_page
from tests.support.pages import text_of
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
    assert 'govuk-!-margin-top-8"><h2 class="govuk-heading-m cp-h" id="preview"' in shown(client, previewed).text
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


def test_posts_and_their_links_are_told_apart(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    for words in ("One way", "Another"):
        talk.reply(asked, ben, words)
    page = parsed_page(cast.client(ann).get(asked.address).text)
    assert [text_of(each) for each in page.iter("h3")] == ["Ann Evans #1", "Ben Price #2", "Ben Price #3"]
    assert "Your reply" in [text_of(each) for each in page.iter("h2")]
    links = [text_of(each) for each in page.iter("a") if each.get("href", "").startswith("#post-")]
    assert [(link[:9], link[-9:]) for link in links] == [
        ("#1 Today ", "Ann Evans"),
        ("#2 Today ", "Ben Price"),
        ("#3 Today ", "Ben Price"),
    ]
    named = [text_of(each) for each in page.iter("button")]
    assert "Reply to post #2 by Ben Price" in named
    assert "Accept this answer in post #3 by Ben Price" in named


def test_a_page_of_many_says_which_replies_it_holds_and_where_it_stands(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    for number in range(33):
        talk.reply(asked, ben, f"Reply {number}")
    first, second = (parsed_page(cast.client().get(f"{asked.address}?page={page}").text) for page in (1, 2))
    assert "Replies #2 to #30" in [text_of(each) for each in first.iter("h2")]
    assert "Replies #31 to #34" in [text_of(each) for each in second.iter("h2")]
    (trail,) = [each for each in first.iter("nav") if each.get("aria-label") == "Breadcrumb"]
    assert trail.get("class") == "govuk-breadcrumbs", "a narrow screen leaves the group out"


def test_the_accepted_answer_has_the_number_of_its_post(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    talk.accept(asked, talk.reply(asked, ben), ann)
    page = parsed_page(cast.client().get(asked.address).text)
    (pointer,) = [text_of(each) for each in page.iter("p") if "the accepted answer above" in text_of(each)]
    assert pointer.startswith("#2, by Ben Price, is")


@pytest.mark.parametrize("address", ["/questions", "/groups/planning"])
def test_lists_hold_the_exact_time(cast: Cast, talk: Talk, ann: int, group: int, address: str) -> None:
    with time_machine.travel(datetime(2026, 11, 3, 9, 12, tzinfo=UTC), tick=False):
        talk.start(group, ann)
        page = parsed_page(cast.client().get(address).text)
    times = {(each.get("title"), text_of(each)) for each in page.iter("time")}
    assert ("3 November 2026 at 9:12am", "Today at 9:12am") in times


def test_a_profile_has_the_newest_answers_first_with_their_days(
    app: Flask, cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    """Of two replies to one question the accepted one counts; what others said there later moves nothing."""
    early, late = (talk.start(group, ann, title=f"{when} question") for when in ("Early", "Late"))
    posts = [(early, talk.reply(early, ben), "2026-03-02"), (late, talk.reply(late, ben), "2026-05-04")]
    posts.append((early, talk.reply(early, ben), "2026-06-05"))
    talk.accept(early, posts[0][1], ann)
    talk.reply(early, ann)
    with app.app_context(), transaction():
        for started, number, day in posts:
            of_it = update(Post).where(Post.thread_id == started.thread_id, Post.number == number)
            db.session.execute(of_it.values(created_at=datetime.fromisoformat(f"{day}T10:00+00:00")))
    page = cast.client().get("/people/ben-price").text
    assert page.index("Late question") < page.index("Early question")
    told = [(each.get("title"), text_of(each)) for each in parsed_page(page).iter("time")]
    assert ("4 May 2026 at 11am", "Answered 4 May 2026") in told
    assert ("2 March 2026 at 10am", "Answered 2 March 2026") in told


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
    assert '<a href="#body">You saved this post from somewhere else' in late.text
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


def test_taking_words_away_says_that_quotations_stay(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    talk.reply(asked, ben)
    keeper = cast.person("Moss Keeper", role="moderator")
    for person, number in ((ann, 1), (ben, 2), (keeper, 2)):
        page = cast.client(person).get(f"{asked.address}/posts/{number}/withdraw").text
        assert "but what others quoted of" in page


def test_taking_the_accepted_answer_away_says_that_the_question_opens(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    accepted, other = talk.reply(asked, ben), talk.reply(asked, ben)
    talk.accept(asked, accepted, ann)
    client = cast.client(ben)
    for number in (accepted, other):
        page = client.get(f"{asked.address}/posts/{number}/withdraw").text
        assert ("the question will be open again" in page) == (number == accepted)


def test_a_question_without_its_words_asks_nobody_any_more(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann, title="Who knows?")
    talk.reply(asked, ben)
    client = cast.client(ann)
    assert "asks for answers no more" in client.get(f"{asked.address}/posts/1/withdraw").text
    send(client, f"{asked.address}/posts/1/withdraw", reason="")
    assert "Who knows?" not in client.get("/questions").text
    assert "Needs an answer (0)" in client.get("/groups/planning").text
    assert "Who knows?" in client.get("/groups/planning").text
    assert ">Open</strong>" not in client.get(asked.address).text


def test_a_question_without_its_words_stays_answered_until_its_answer_goes(
    cast: Cast, talk: Talk, ann: int, ben: int, group: int
) -> None:
    asked = talk.start(group, ann)
    number = talk.reply(asked, ben)
    talk.accept(asked, number, ann)
    client = cast.client(ann)
    send(client, f"{asked.address}/posts/1/withdraw", reason="")
    assert "Answered</strong>" in client.get(asked.address).text
    talk.reply(asked, ben)
    send(cast.client(ben), f"{asked.address}/posts/{number}/withdraw", reason="")
    assert "Needs an answer (0)" in client.get("/groups/planning").text


def test_another_answer_is_accepted_in_one_step(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    first, second = talk.reply(asked, ben), talk.reply(asked, ben)
    talk.accept(asked, first, ann)
    client = cast.client(ann)
    page = client.get(asked.address).text
    assert page.count("Accept this instead") == 1
    form = filled(find_form(page, action=f"{asked.address}/accept"))
    client.post(f"{asked.address}/accept", data={**form, "number": str(second)})
    assert f"#{second}, by Ben Price, is" in client.get(asked.address).text
    assert "Accept this instead" not in cast.client(ben).get(asked.address).text


def test_a_list_says_of_what_its_time_is(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    assert "Last reply" not in cast.client().get("/groups/planning").text
    talk.reply(asked, ben)
    assert "Last reply today at" in cast.client().get("/groups/planning").text


def test_a_group_in_which_nobody_said_anything_says_nothing_of_answers(cast: Cast, ann: int, group: int) -> None:
    client = cast.client(ann)
    assert "Nothing is asked or said here yet" in client.get("/groups/planning").text
    assert "accepted answer" not in client.get("/groups/planning?show=needs").text


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
