"""Discussions in the browser: asking, editing, withdrawing, and what is refused."""

from __future__ import annotations

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
from tests.network.discussions.talk import HIDDEN, Talk, hidden, send
from tests.support.cast import Cast
from tests.support.payloads import PAYLOADS
from tests.support.sending import shown

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


def test_numbers_are_of_the_group(app: Flask, cast: Cast, talk: Talk, ann: int, group: int) -> None:
    other = cast.group("housing")
    for group_id in (group, group, other):
        talk.start(group_id, ann)
    with app.app_context():
        found = db.session.execute(
            select(Discussion.group_id, func.max(Discussion.number)).group_by(Discussion.group_id)
        )
        assert {row[0]: row[1] for row in found} == {group: 2, other: 1}
