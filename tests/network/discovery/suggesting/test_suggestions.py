"""Suggestions while typing: what comes, for whom, and in which form."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.core.transaction import transaction
from network.discovery.engine import engine
from network.discovery.suggesting.suggestions import MOST, Suggestion, add_source, suggestions
from network.groups.viewers import viewer_of
from network.library.actions.ending import withdraw
from network.subjects.viewer import VISITOR
from tests.support.canaries import DRAFT, INSIDERS, OPEN, ROLES, SECRET, Canaries
from tests.support.index import lose
from tests.support.queries import count_queries


def test_titles_topics_people_and_groups_come(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert Suggestion(f"Working with {OPEN}", "Guide", f"/library/working-with-{OPEN}") in suggestions(
            VISITOR, "lanternf"
        )
        assert Suggestion("Open data", "Topic", "/topics/open-data") in suggestions(VISITOR, "open d")
        assert ("Author Person", "/people/author-person") in [(s.text, s.address) for s in suggestions(VISITOR, "auth")]
        assert Suggestion("Open cases", "Group", "/groups/open-cases") in suggestions(VISITOR, "open c")


def test_earlier_searches_stand_first_when_somebody_offers_them(canaries: Canaries) -> None:
    with canaries.app.app_context():
        add_source(
            canaries.app, lambda viewer, text: [Suggestion("open doors", "Earlier search", "/search?q=open+doors")]
        )
        assert suggestions(VISITOR, "op")[0].text == "open doors"


def test_control_characters_are_left_out(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert suggestions(VISITOR, "op\x00en\x01 d") == suggestions(VISITOR, "open d") != []


@pytest.mark.parametrize("text", ["", " ", "a", "%", "'"])
def test_less_than_two_letters_suggest_nothing(canaries: Canaries, text: str) -> None:
    assert canaries.client("visitor").get("/search/suggest", query_string={"q": text}).json == {"suggestions": []}


@pytest.mark.parametrize("role", ROLES)
def test_nobody_is_suggested_what_is_not_for_them(canaries: Canaries, role: str) -> None:
    client = canaries.client(role)
    forbidden = [DRAFT] if role in INSIDERS else [DRAFT, SECRET]
    for form in ("page", "browser"):
        for word in forbidden:
            for typed in (word[:3], word[:-1], f"working {word[:4]}", f"asking {word[:5]}"):
                said = client.get("/search/suggest", query_string={"q": typed, "for": form}).get_data(as_text=True)
                assert word not in said, f"{role} is told of {word} for {typed}"


def test_members_are_suggested_what_is_theirs(canaries: Canaries) -> None:
    for role in INSIDERS:
        found = canaries.client(role).get("/search/suggest?q=working+zebra").json["suggestions"]
        assert [suggestion["text"] for suggestion in found] == [f"Working with {SECRET}"]


def test_what_was_withdrawn_is_not_suggested_before_the_index_knows(canaries: Canaries) -> None:
    with canaries.app.app_context():
        keys = dict(engine().complete(f"working {OPEN}", VISITOR.audiences))
        guide = int(keys[f"Working with {OPEN}"].partition(":")[2])
        viewer = viewer_of(canaries.roles["author"] or 0)
        with transaction():
            withdraw(viewer=viewer, guide_id=guide, reason="Wrong")
        assert suggestions(VISITOR, f"working {OPEN}") == []


def test_browsers_get_their_own_form(canaries: Canaries) -> None:
    answer = canaries.client("visitor").get("/search/suggest?for=browser&q=open+d")
    assert answer.mimetype == "application/x-suggestions+json"
    assert answer.json == ["open d", ["Open data"], ["Topic"], ["/topics/open-data"]]
    assert canaries.client("visitor").get("/search/suggest?for=browser&q=zzz").json == ["zzz", [], [], []]


def test_without_an_index_topics_are_left(canaries: Canaries) -> None:
    app = canaries.app
    with app.app_context():
        lose(app)
        assert suggestions(VISITOR, "open") == [Suggestion("Open data", "Topic", "/topics/open-data")]


def test_a_suggestion_asks_few_questions(canaries: Canaries) -> None:
    client = canaries.client("member")
    client.get("/search/suggest?q=wor")
    with count_queries(canaries.app) as queries:
        client.get("/search/suggest?q=per")
    assert len(queries) <= 6, queries.statements


def test_who_asks_too_fast_is_told_to_wait(tmp_path: Path) -> None:
    from tests.support.app import make_app

    client = make_app(tmp_path / "limited", config={"RATELIMIT_ENABLED": True}).test_client()
    answers = [client.get("/search/suggest?q=a").status_code for _ in range(45)]
    assert answers[0] == 200
    assert 429 in answers


@settings(max_examples=60)
@given(text=st.text(max_size=120))
def test_any_text_is_taken(canaries: Canaries, text: str) -> None:
    with canaries.app.app_context():
        found = suggestions(VISITOR, text)
    assert len(found) <= MOST
    assert SECRET not in str(found)
