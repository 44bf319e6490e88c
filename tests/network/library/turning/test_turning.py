"""A discussion becomes a draft with credit, for its readers only, and never leaves a closed group."""

from __future__ import annotations

import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.discussions import actions
from network.groups.models import Group, Membership
from network.library.models import Guide, GuideCoAuthor
from network.library.turning import queries
from network.library.turning.models import GuideOrigin
from network.threads.actions import withdraw_post
from network.threads.models import Post
from network.threads.writing import render_post
from tests.network.discussions.talk import Started, Talk
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.mails import mails
from tests.support.sending import filled, find_form, send, token

ACCEPTED, OTHER, HIDDEN = "We read a short script", "We text a link", "numbatword"


@pytest.fixture
def people(cast: Cast) -> dict[str, int]:
    names = ("asker", "answerer", "other", "outsider")
    staff = {name: cast.person(f"{name.title()} Person") for name in names}
    return {**staff, "moderator": cast.person("Moss Moderator", role="moderator")}


def conversation(app: Flask, cast: Cast, people: dict[str, int], *, closed: bool = False) -> tuple[int, Started]:
    """A question with an accepted answer, another reply, and one that was withdrawn."""
    inside = (people["asker"], people["answerer"], people["other"])
    group = cast.group("cases", closed=closed, members=inside)
    started = Talk(app).start(group, people["asker"], title="How do you record [consent]?", body="One in six has none.")
    with app.app_context():
        for who, body in (("other", OTHER), ("answerer", f"{ACCEPTED}[^1]\n\n[^1]: Note"), ("other", HIDDEN)):
            html = render_post(body).html
            with transaction():
                actions.reply(
                    discussion_id=started.id, author_id=people[who], organisation_id=None, body=body, html=html
                )
        viewer = cast.viewer(people["other"])
        last = db.session.scalars(select(Post.id).where(Post.number == 4)).one()
        with transaction():
            withdraw_post(post_id=last, viewer=viewer, keeps_order=False, reason="")
        asker = cast.viewer(people["asker"])
        with transaction():
            actions.accept_as(viewer=asker, discussion_id=started.id, number=3)
    return group, started


def page_of(started: Started) -> str:
    return f"/library/new/from-discussion/{started.id}"


def test_the_accepted_answer_comes_first_and_everybody_is_named(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    _, started = conversation(app, cast, people)
    client = cast.client(people["outsider"])
    beside = client.get(started.address).get_data(as_text=True)
    assert "Worth keeping?" in beside
    assert page_of(started) in beside
    assert page_of(started) not in cast.client().get(started.address).get_data(as_text=True)
    page = client.get(page_of(started)).get_data(as_text=True)
    assert HIDDEN not in page
    assert "is a guide already" not in page
    assert filled(find_form(page))["posts"] == ["1", "3"]
    sent = send(client, page_of(started), posts=["1", "2", "3"], share_draft="y")
    assert sent.status_code == 303
    body = filled(find_form(client.get(sent.location).get_data(as_text=True)))["body"][0]
    assert body.index("One in six") < body.index(ACCEPTED) < body.index(OTHER)
    assert f"*By [Answerer Person](/people/answerer-person), from [reply 2]({started.address}#post-3)*" in body
    assert f"[How do you record \\[consent\\]?]({started.address})" in body
    assert "words by [Asker Person](/people/asker-person), [Answerer Person]" in body
    assert "[^3-1]" in body
    with app.app_context():
        assert set(db.session.scalars(select(GuideCoAuthor.person_id))) == {
            people["asker"], people["answerer"], people["other"]
        }  # fmt: skip
    published = send(client, sent.location, act="publish", title="Recording consent")
    assert published.location == "/library/recording-consent"
    shown = client.get(started.address).get_data(as_text=True)
    assert "Now a guide" in shown
    assert 'href="/library/recording-consent"' in shown
    again = cast.client(people["other"]).get(page_of(started)).get_data(as_text=True)
    assert "This discussion is a guide already" in again
    assert 'href="/library/recording-consent"' in again


def test_sent_twice_it_makes_one_and_at_least_one_post_is_chosen(
    app: Flask, cast: Cast, people: dict[str, int]
) -> None:
    _, started = conversation(app, cast, people)
    client = cast.client(people["asker"])
    assert "Choose at least one post" in send(client, page_of(started), posts=None).get_data(as_text=True)
    assert send(client, page_of(started), posts=["1", "4"]).status_code == 200
    form = filled(find_form(client.get(page_of(started)).get_data(as_text=True)))
    answers = [client.post(page_of(started), data=form) for _ in "ab"]
    assert len({answer.location for answer in answers}) == 1
    with app.app_context():
        assert len(db.session.scalars(select(GuideOrigin.guide_id)).all()) == 1
        assert HIDDEN not in db.session.scalars(select(Guide.body)).one()


def test_an_answer_after_all_that_are_offered_is_among_them(
    app: Flask, cast: Cast, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_POSTS", 2)
    _, started = conversation(app, cast, people)
    page = cast.client(people["asker"]).get(page_of(started)).get_data(as_text=True)
    assert filled(find_form(page))["posts"] == ["1", "3"]
    assert OTHER not in page


def test_what_was_said_in_a_closed_group_stays_there(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    group, started = conversation(app, cast, people, closed=True)
    elsewhere = cast.group("open-cases", members=(people["asker"],))
    for who in ("outsider", "moderator"):
        client = cast.client(people[who])
        assert client.get(page_of(started)).status_code == 404
        data = {"csrf_token": token(client, "/library/new"), "posts": ["1"], "idempotency_key": "x" * 20}
        assert client.post(page_of(started), data=data).status_code == 404
    assert cast.client().get(page_of(started)).status_code == 303
    client = cast.client(people["asker"])
    assert "nowhere else" in client.get(page_of(started)).get_data(as_text=True)
    draft = send(client, page_of(started)).location
    page = client.get(draft).get_data(as_text=True)
    assert 'name="group"' not in page
    assert "Only members of the closed group Cases can read this." in page
    # Nor when somebody writes the group into the form by hand, or moves the draft by other ways.
    published = send(client, draft, act="publish", group=str(elsewhere))
    assert published.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Guide.group_id)).one() == group
    assert cast.client(people["other"]).get(published.location).status_code == 200
    assert cast.client(people["outsider"]).get(published.location).status_code == 404
    assert cast.client().get(published.location).status_code == 404


def test_a_draft_whose_group_closes_cannot_be_published_outside(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    group, started = conversation(app, cast, people)
    client = cast.client(people["asker"])
    draft = send(client, page_of(started)).location
    assert send(client, draft, act="draft", group="").status_code == 303
    with app.app_context(), transaction():
        row = db.session.get_one(Group, group)
        row.openness, row.closed_reason = "closed", "We talk about people who can be recognised"
    refused = send(client, draft, act="publish")
    assert refused.status_code == 403
    assert "It can only belong to that group" in refused.get_data(as_text=True)


def test_who_leaves_a_closed_group_leaves_its_words_there(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    group, started = conversation(app, cast, people, closed=True)
    asker, outsider = cast.client(people["asker"]), cast.client(people["outsider"])
    draft = send(asker, page_of(started)).location
    refused = send(asker, draft, act="draft", co_authors="outsider-person").get_data(as_text=True)
    assert "does not belong to the closed group" in refused
    assert send(asker, draft, act="draft", co_authors="other-person").status_code == 303
    # Somebody who is a co-author already, and was in the group once.
    with app.app_context(), transaction():
        db.session.add(GuideCoAuthor(guide_id=int(draft.rpartition("/")[2]), person_id=people["outsider"]))
    form = filled(find_form(asker.get(draft).get_data(as_text=True)))
    assert send(asker, "/groups/cases/leave").status_code == 303
    for client in (asker, outsider):
        assert client.get(draft).status_code == 404
        assert client.post(draft, data={**form, "act": "publish"}).status_code in (400, 404)
        assert client.get(f"{draft}/discard").status_code == 404
        assert zipped(client) == 0
        assert "record" not in client.get("/drafts").get_data(as_text=True)
    assert "that you have left" in asker.get("/drafts").get_data(as_text=True)
    other = cast.client(people["other"])
    assert other.get(draft).status_code == 200
    assert zipped(other) == 1
    with app.app_context(), transaction():
        db.session.merge(Membership(group_id=group, person_id=people["asker"], role="member"))
    assert ACCEPTED in asker.get(draft).get_data(as_text=True)
    assert zipped(asker) == 1


def zipped(client: FlaskClient) -> int:
    """How many guides are in somebody's own archive."""
    archive = zipfile.ZipFile(io.BytesIO(client.get("/library/export/mine.zip").data))
    return sum(name.endswith("guide.md") for name in archive.namelist())


def test_a_draft_goes_with_a_group_that_closes(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    group, started = conversation(app, cast, people)
    client = cast.client(people["outsider"])
    draft = send(client, page_of(started)).location
    assert client.get(draft).status_code == 200
    with app.app_context(), transaction():
        row = db.session.get_one(Group, group)
        row.openness, row.closed_reason = "closed", "We talk about people who can be recognised"
    assert client.get(draft).status_code == 404
    assert zipped(client) == 0
    assert draft not in client.get("/drafts").get_data(as_text=True)


def test_who_left_an_open_group_does_not_publish_into_it(cast: Cast, people: dict[str, int], shelf: Shelf) -> None:
    group = cast.group("open-cases", members=(people["asker"],))
    draft = f"/drafts/{shelf.draft(people['asker'], 'Recording consent', group_id=group).id}"
    client = cast.client(people["asker"])
    assert send(client, "/groups/open-cases/leave").status_code == 303
    refused = send(client, draft, act="publish", body="Whom to ask").get_data(as_text=True)
    assert refused.count("You have left the group") == 2, "on top and at the field"
    assert "Everything else is saved." in refused
    assert filled(find_form(client.get(draft).get_data(as_text=True)))["body"] == ["Whom to ask"]
    assert send(client, draft, act="publish", group="").location == "/library/recording-consent"


def test_the_draft_belongs_to_the_group_and_says_who_sees_it(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    group, started = conversation(app, cast, people)
    asker, outsider = cast.client(people["asker"]), cast.client(people["outsider"])
    assert "already begun" not in outsider.get(page_of(started)).get_data(as_text=True)
    draft = send(asker, page_of(started), posts=["1", "3"], share_draft="y").location
    assert filled(find_form(page := asker.get(draft).get_data(as_text=True)))["group"] == [str(group)]
    assert "You and Answerer Person see it and can edit it" in page
    told = [(mail.to, mail.subject) for mail in mails(app) if "co-author" in mail.subject]
    assert told == [
        ("answerer.person@harrowdale.example", "Asker Person named you co-author of “How do you record [consent]?”")
    ]
    for who in ("asker", "answerer"):
        assert f'href="{draft}"' in cast.client(people[who]).get(page_of(started)).get_data(as_text=True)
    seen = outsider.get(page_of(started)).get_data(as_text=True)
    assert "Somebody has already begun a guide from this discussion" in seen
    assert draft not in seen
    alone = send(outsider, page_of(started)).location
    page = outsider.get(alone).get_data(as_text=True)
    assert "Nobody else sees it until you publish it or name co-authors" in page
    assert filled(find_form(page)).get("group", [""]) == [""]


def test_what_is_no_question_was_not_asked(app: Flask, cast: Cast, people: dict[str, int]) -> None:
    group = cast.group("cases", members=(people["asker"],))
    started = Talk(app).start(group, people["asker"], title="Reading week", body="We read.", kind="discussion")
    client = cast.client(people["asker"])
    body = filled(find_form(client.get(send(client, page_of(started)).location).get_data(as_text=True)))["body"][0]
    assert "from [this discussion](" in body
    assert "what was asked" not in body
