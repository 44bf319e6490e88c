"""Accepting an answer, another one instead, and what taking words away does to the question."""

from __future__ import annotations

import pytest

from tests.network.discussions.talk import Talk, send, token
from tests.support.cast import Cast
from tests.support.html import parsed_page
from tests.support.pages import text_of
from tests.support.sending import filled, find_form


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


def test_the_accepted_answer_has_the_number_of_its_post(cast: Cast, talk: Talk, ann: int, ben: int, group: int) -> None:
    asked = talk.start(group, ann)
    talk.accept(asked, talk.reply(asked, ben), ann)
    page = parsed_page(cast.client().get(asked.address).text)
    (pointer,) = [text_of(each) for each in page.iter("p") if "the accepted answer above" in text_of(each)]
    assert pointer.startswith("#2, by Ben Price, is")


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
