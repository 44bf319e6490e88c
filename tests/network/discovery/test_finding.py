"""Searching as people do: what comes back, what is marked, what happens when nothing is found or the index is gone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from network.core.transaction import transaction
from network.core.worker import drain
from network.discovery.engine import engine
from network.discovery.finding import find
from network.discovery.indexing import heal, reconcile
from network.groups.viewers import viewer_of
from network.library.actions.ending import withdraw
from network.subjects.viewer import VISITOR
from tests.support.canaries import DRAFT, OPEN, SECRET, Canaries
from tests.support.index import lose
from tests.support.queries import count_queries


def titles(text: str) -> list[str]:
    return [hit.card.title for hit in find(VISITOR, text).found]


def test_a_guide_and_a_discussion_are_found_with_the_words_marked(canaries: Canaries) -> None:
    with canaries.app.app_context():
        answer = find(VISITOR, f"working {OPEN}")
        assert answer.found[0].card.title == f"Working with {OPEN}"
        assert (OPEN, True) in answer.found[0].title
        assert set(answer.tabs) >= {"guide", "question"}
        assert not answer.failed


def test_a_reply_is_found_within_its_discussion(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert titles(f'"tried {OPEN} twice"') == [f"Asking about {OPEN}"]


def test_quotes_and_minus(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert titles(f'"{OPEN} working"') == []
        assert f"Working with {OPEN}" not in titles(f"{OPEN} -working")


def test_a_failed_search_leads_to_asking_with_the_words_kept(canaries: Canaries) -> None:
    page = canaries.client("visitor").get("/search?q=unobtainium+form").get_data(as_text=True)
    assert 'href="/ask?title=unobtainium+form"' in page
    assert "Ask this question" in page
    asked = canaries.client("outsider").get("/ask?title=unobtainium+form").get_data(as_text=True)
    assert 'value="unobtainium form"' in asked


def test_a_withdrawn_guide_is_no_longer_found(canaries: Canaries) -> None:
    app = canaries.app
    with app.app_context():
        guide = find(VISITOR, f"working {OPEN}").found[0].card.id
        viewer = viewer_of(canaries.roles["author"] or 0)
        with transaction():
            withdraw(viewer=viewer, guide_id=guide, reason="Wrong")
        assert f"Working with {OPEN}" not in titles(OPEN), "the second check works before the index knows"
    drain(app)
    with app.app_context():
        assert find(VISITOR, f"working {OPEN}").tabs.get("guide", 0) == 0


def test_filters_narrow_and_their_counts_promise_what_they_give(canaries: Canaries) -> None:
    with canaries.app.app_context():
        answer = find(VISITOR, OPEN)
        for facet, values in answer.facets.items():
            for value, count in values:
                assert find(VISITOR, OPEN, filters={facet: (value,)}).total == count, (facet, value)


def test_a_lost_index_is_a_worse_search_and_not_an_error(canaries: Canaries) -> None:
    app = canaries.app
    with app.app_context():
        lose(app)
    page = app.test_client().get(f"/search?q={OPEN}")
    assert page.status_code == 200
    assert "Search is being repaired" in page.get_data(as_text=True)
    assert SECRET not in app.test_client().get("/search?q=working").get_data(as_text=True)
    with app.app_context():
        heal()
        assert not find(VISITOR, OPEN).degraded
        assert OPEN in " ".join(titles(OPEN))


def test_reconcile_mends_what_was_lost_and_takes_out_what_should_not_be_there(canaries: Canaries) -> None:
    with canaries.app.app_context():
        held = engine().versions()
        assert reconcile() == (0, 0)
        lost = next(key for key in held if key.startswith("guide:"))
        engine().remove([lost])
        assert reconcile() == (1, 0)
        assert engine().versions() == held


@settings(max_examples=60)
@given(text=st.text(max_size=120))
def test_any_text_finds_something_or_says_why_not(canaries: Canaries, text: str) -> None:
    with canaries.app.app_context():
        answer = find(VISITOR, text)
        shown = " ".join(words for hit in answer.found for words, _ in (*hit.title, *hit.text))
    assert SECRET not in shown
    assert DRAFT not in shown


def test_the_page_asks_few_questions_of_the_database(canaries: Canaries) -> None:
    client = canaries.client("visitor")
    client.get(f"/search?q={OPEN}")
    with count_queries(canaries.app) as queries:
        client.get(f"/search?q={OPEN}")
    assert len(queries) <= 12, queries.statements
