"""What every engine makes of other ways to say a word, of filters in the text, and of names typed."""

from __future__ import annotations

import pytest

from search.contract import Engine
from tests.search.building import EVERYONE, ask, document, keys

OTHERS = {
    "foi": ("freedom of information",),
    "freedom of information": ("foi",),
    "gp": ("doctor",),
    "ehcp": ("education health and care plan", "statement"),
}


class TestAlternatives:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("short", "Requests", "how to answer an FOI"),
                document("long", "Requests", "the freedom of information act"),
                document("apart", "Requests", "information on freedom"),
                document("doctor", "Health", "see the doctors"),
                document("hidden", "FOI", "foi", audience="group:1"),
                document("plan", "Health", "an education, health and care plan"),
            ]
        )

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("foi", {"short", "long"}),
            ("FOIs", {"short", "long"}),
            ("freedom of information", {"short", "long", "apart"}),
            ('"freedom of information"', {"short", "long"}),
            ('"foi"', {"short", "long"}),
            ("+foi", {"short", "long"}),
            ("+foi act", {"short", "long"}),
            ("+foi +act", {"long"}),
            ('requests -"freedom of information"', {"short", "apart"}),
            ("requests -foi", {"long", "apart"}),
            ("foi*", {"short"}),
            ("gp", {"doctor"}),
            ("doctor", {"doctor"}),
            ("ehcp", {"plan"}),
            ("answer foi", {"short", "long"}),
        ],
    )
    def test_finds(self, engine: Engine, typed: str, found: set[str]) -> None:
        assert set(keys(ask(engine, typed, alternatives=OTHERS))) == found

    def test_without_them_words_are_as_typed(self, engine: Engine) -> None:
        assert keys(ask(engine, "foi")) == ["short"]
        assert keys(ask(engine, "gp")) == []

    def test_a_word_said_otherwise_is_held(self, engine: Engine) -> None:
        """So the search has not failed."""
        assert not ask(engine, "foi act").complete
        assert ask(engine, "foi act", alternatives=OTHERS).complete

    def test_what_was_typed_comes_before_what_was_not(self, engine: Engine) -> None:
        for typed, first, others in (
            ("foi", "short", {"foi": ("freedom of information",)}),
            ("doctor", "doctor", {"doctor": ("physician",)}),
        ):
            engine.put([document("other", "Health", "see the physicians", day=3)])
            assert keys(ask(engine, typed, alternatives=others))[0] == first

    def test_titles_by_other_words_come_after_titles_as_typed(self, engine: Engine) -> None:
        engine.put([document("a", "GP lists", day=0), document("b", "Doctor lists", day=5)])
        assert keys(ask(engine, "gp lists", alternatives=OTHERS))[:2] == ["a", "b"]

    def test_they_reach_no_further_than_the_reader(self, engine: Engine) -> None:
        results = ask(engine, "freedom of information", alternatives=OTHERS)
        assert "hidden" not in keys(results)
        assert results.total == 3
        assert "hidden" in keys(ask(engine, "foi", audiences=("public", "group:1"), alternatives=OTHERS))

    def test_they_are_found_in_titles_alone(self, engine: Engine) -> None:
        engine.put([document("title", "Freedom of information")])
        assert keys(ask(engine, "foi", alternatives=OTHERS, titles_only=True)) == ["title"]

    def test_changes_are_seen(self, engine: Engine) -> None:
        assert ask(engine, "ehcp", alternatives=OTHERS).total == 1
        engine.put([document("plan", "Health", "another text", version=2)])
        assert ask(engine, "ehcp", alternatives=OTHERS).total == 0
        engine.put([document("new", "Note", "the education health and care plan")])
        assert keys(ask(engine, "ehcp", alternatives=OTHERS)) == ["new"]
        engine.remove(["new"])
        assert ask(engine, "ehcp", alternatives=OTHERS).total == 0

    def test_other_languages_have_them_too(self, engine: Engine) -> None:
        engine.put([document("fr", "Note", "l'accès à l'information", language="fr")])
        assert "fr" in keys(ask(engine, "foi", alternatives={"foi": ("accès à l'information",)}))

    def test_what_is_frequent_in_another_language_says_it_in_its_own(self, engine: Engine) -> None:
        engine.put([document("ai", "Note", "rules for AI"), document("fr", "Note", "j'ai la clef", language="fr")])
        assert keys(ask(engine, "machine learning", alternatives={"machine learning": ("ai",)})) == ["ai"]

    def test_frequent_words_say_nothing_in_any_language(self, engine: Engine) -> None:
        engine.put([document("en", "Note", "who is it"), document("cy", "Nodyn", "ty bach", language="cy")])
        assert keys(ask(engine, "nobody", alternatives={"nobody": ("who",)})) == []


class TestNames:
    def test_the_title_that_says_it_comes_first(self, engine: Engine) -> None:
        engine.put(
            [document(f"d{n}", "Working", "flexible hours working " * 40, uses=99, standing=1) for n in range(3)]
        )
        engine.put([document("named", "A very long title on flexible hours for all who ask about them", standing=-1)])
        assert keys(ask(engine, "flexible hours"))[0] == "named"

    def test_stems_and_folding_say_it_too(self, engine: Engine) -> None:
        engine.put(
            [document("other", "Cafe organisation", "cafe organisation " * 20), document("it", "Organised Cafés here")]
        )
        assert keys(ask(engine, "organising cafe"))[0] == "it"

    def test_the_whole_title_comes_before_the_longer_one(self, engine: Engine) -> None:
        engine.put([document("longer", "Sick pay and sick leave for all", day=9), document("it", "Sick pay")])
        assert keys(ask(engine, "sick pay")) == ["it", "longer"]

    def test_the_order_of_the_words_matters(self, engine: Engine) -> None:
        engine.put([document("turned", "Leave parental", day=9), document("it", "Parental leave")])
        assert keys(ask(engine, "parental leave"))[0] == "it"

    def test_the_word_begun_comes_before_longer_ones(self, engine: Engine) -> None:
        engine.put([document("longer", "Payroll", "payroll", day=9), document("it", "Pay", "pay")])
        assert keys(ask(engine, "pay*")) == ["it", "longer"]


class TestFiltersInTheText:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put([document("a", "Leave", "about http and guide"), document("b", "Pay", day=1)])

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("leave type:letter", ["a"]),
            ('leave org:"east council"', ["a"]),
            ("leave in:title after:2024 before:2025-06 by:nobody group:none topic:x", ["a"]),
            ("type:guide", ["b", "a"]),
            ("http:pay", ["a", "b"]),
            ("nonsense re:leave", ["a"]),
            ("pay -type:guide", ["b"]),
        ],
    )
    def test_known_names_are_left_to_the_caller(self, engine: Engine, typed: str, found: list[str]) -> None:
        assert sorted(keys(ask(engine, typed))) == sorted(found)

    def test_they_do_not_make_a_search_fail(self, engine: Engine) -> None:
        assert ask(engine, "leave type:letter").complete
        assert not ask(engine, "leave http:letter").complete


class TestFrequencies:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("a", "Policies", "an e-mail policy"),
                document("b", "Note", "the policy"),
                document("c", "Policy", audience="group:1"),
                document("fr", "Organisation", "les écoles", language="fr"),
            ]
        )

    @pytest.mark.parametrize(
        ("word", "count"),
        [("policy", 2), ("policies", 2), ("POLICY", 2), ("email", 1), ("e-mail", 1), ("the", 1), ("ecole", 1),
         ("unknown", 0), ("", 0), ("!", 0), ("'", 0)],
    )  # fmt: skip
    def test_counts_documents_in_any_form_of_the_word(self, engine: Engine, word: str, count: int) -> None:
        assert dict(engine.frequencies([word], EVERYONE)) == {word: count}

    def test_counts_for_the_reader_only(self, engine: Engine) -> None:
        words = ["policy", "note", "policy"]
        assert dict(engine.frequencies(words, frozenset({"public", "group:1"}))) == {"policy": 3, "note": 1}
        assert dict(engine.frequencies(words, frozenset({"group:1"}))) == {"policy": 1, "note": 0}
        assert dict(engine.frequencies(words, frozenset())) == {"policy": 0, "note": 0}

    def test_changes_are_seen(self, engine: Engine) -> None:
        engine.remove(["a"])
        engine.put([document("b", "Note", "nothing", version=2)])
        assert dict(engine.frequencies(["policy", "email"], EVERYONE)) == {"policy": 0, "email": 0}

    def test_none_asked(self, engine: Engine) -> None:
        assert dict(engine.frequencies([], EVERYONE)) == {}


class TestAttached:
    """Words of files that come with a document are found, and weigh less than its own."""

    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("own", "Letters", "mould letter to the tenant, a mould letter"),
                document("plain", "Forms", "zebra crossing"),
                document("with", "Forms", "zebra crossing", attached=("Consent form", "mould " * 400 + "letter")),
                document("long", "Cases", "heron", attached=(" ".join(f"word{number}" for number in range(3000)),)),
            ]
        )

    def test_are_found_by_words_and_by_a_phrase(self, engine: Engine) -> None:
        assert keys(ask(engine, "consent")) == ["with"]
        assert keys(ask(engine, '"consent form"')) == ["with"]
        assert keys(ask(engine, '"form mould"')) == []
        assert keys(ask(engine, "-mould zebra")) == ["plain"]
        assert keys(ask(engine, "word2999")) == ["long"]

    def test_count_less_than_what_the_document_says_itself(self, engine: Engine) -> None:
        assert keys(ask(engine, "mould")) == ["own", "with"]
        assert keys(ask(engine, "mould letter")) == ["own", "with"]

    def test_take_nothing_from_the_document_they_come_with(self, engine: Engine) -> None:
        scores = {hit.key: hit.score for hit in ask(engine, "zebra").hits}
        assert scores["with"] == pytest.approx(scores["plain"])
