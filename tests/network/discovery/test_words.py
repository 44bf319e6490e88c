"""The glossary at work: what else a search finds, and how the page says so."""

from __future__ import annotations

from network.core.db import db
from network.core.transaction import transaction
from network.discovery.finding import find
from network.discovery.similar import similar
from network.discovery.words import also_searched, other_words
from network.groups.viewers import viewer_of
from network.subjects.viewer import VISITOR
from network.vocabulary.glossary.actions import add_entry
from network.vocabulary.models import Topic, TopicAlias
from tests.support.canaries import OPEN, SECRET, Canaries


def add(canaries: Canaries, term: str, *ways: str) -> None:
    with transaction():
        add_entry(viewer=viewer_of(canaries.roles["moderator"] or 0), term=term, ways=ways, meaning="")


def test_another_way_of_saying_it_is_found_marked_and_said(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert find(VISITOR, "glowing fish").failed
        add(canaries, "Glowing Fish", OPEN, "GF")
        for text in ("glowing fish", "gf", "GF working"):
            answer = find(VISITOR, text)
            assert not answer.failed, text
            assert f"Working with {OPEN}" in [hit.card.title for hit in answer.found], text
            assert (OPEN, True) in [part for hit in answer.found for part in hit.title], text
        assert find(VISITOR, "glowing fish").also == (OPEN, "GF")
    page = canaries.client("visitor").get("/search?q=gf").text
    assert f"Also searched for: <em>Glowing Fish</em>, <em>{OPEN}</em>" in page
    assert 'href="/glossary"' in page


def test_an_acronym_whose_long_form_nobody_wrote_as_one_leads_to_its_words(canaries: Canaries) -> None:
    with canaries.app.app_context():
        add(canaries, "CWF", f"carefully with {OPEN}")
        add(canaries, "WAF", f"{OPEN} administration form")
    page = canaries.client("visitor").get("/search?q=cwf").text
    assert f"<title>1 result with the words of “carefully with {OPEN}”" in page
    assert f"Nothing says cwf or carefully with {OPEN}" in page, "the search failed all the same"
    assert f"Working with <mark>{OPEN}</mark>" in page
    some = canaries.client("visitor").get("/search?q=waf").text
    assert "<title>Nothing found for “waf”" in some, "nothing holds all the words of it"


def test_other_words_find_nothing_that_one_may_not_read(canaries: Canaries) -> None:
    with canaries.app.app_context():
        add(canaries, "glowing bird", SECRET)
        answer = find(VISITOR, "glowing bird")
        assert answer.failed
        assert not answer.total
        member = viewer_of(canaries.roles["member"] or 0)
        assert find(member, "glowing bird").total == 2


def test_similar_things_are_found_by_other_words_too(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert similar("gf", ("guide",), VISITOR, 5) == []
        add(canaries, "GF", OPEN)
        assert [card.title for card in similar("gf", ("guide",), VISITOR, 5)] == [f"Working with {OPEN}"]


def test_a_search_without_other_words_says_nothing(canaries: Canaries) -> None:
    with canaries.app.app_context():
        add(canaries, "FOI", "freedom of information")
        assert also_searched("working") == ()
        assert also_searched("working -foi") == ()
        assert also_searched('"freedom of information" form') == ("FOI",)
    assert "Also searched for" not in canaries.client("visitor").get("/search?q=working").text


def test_another_word_for_a_topic_finds_what_is_filed_under_it(canaries: Canaries) -> None:
    with canaries.app.app_context():
        assert find(VISITOR, "spatial").failed
        with transaction():
            topic = db.session.scalars(db.select(Topic).where(Topic.slug == "open-data")).one()
            db.session.add(TopicAlias(slug="spatial", name="Spatial", topic_id=topic.id))
            name = topic.name
        answer = find(VISITOR, "spatial")
        assert not answer.failed
        assert f"Working with {OPEN}" in [hit.card.title for hit in answer.found]
        assert also_searched("spatial") == (name,)
        assert also_searched(name) == (), "the topic may hold more than its other words say"
        add(canaries, "Spatial", "Mapping")
        assert also_searched("spatial") == ("Mapping", name)
    assert (
        f"Also searched for: <em>Mapping</em>, <em>{name}</em>"
        in canaries.client("visitor").get("/search?q=spatial").text
    )


def test_everyday_words_that_are_acronyms_too_do_not_find_everything(canaries: Canaries) -> None:
    with canaries.app.app_context():
        add(canaries, "IT", "information technology", "ICT")
        assert set(other_words()) == {"information technology", "ict"}
        assert also_searched("how does it work") == ()
        assert also_searched("information technology") == ("ICT",)
