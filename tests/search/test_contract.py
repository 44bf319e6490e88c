"""What every engine promises, asked of every engine."""

from __future__ import annotations

import pytest

from search.contract import Engine, EngineBusy, EngineError
from tests.search.building import EVERYONE, ask, document, keys
from tests.search.cases import CASES


@pytest.mark.parametrize(("written", "typed", "language", "found"), CASES)
def test_language(engine: Engine, written: str, typed: str, language: str, found: bool) -> None:
    engine.put([document("it", "Some title", written, language=language)])
    assert keys(ask(engine, typed)) == (["it"] if found else [])


def test_fits_the_contract(engine: Engine) -> None:
    assert isinstance(engine, Engine)


class TestWords:
    def test_any_word_finds_and_more_words_rank_higher(self, engine: Engine) -> None:
        engine.put([document("one", "A", "parental rights"), document("both", "B", "parental leave")])
        assert keys(ask(engine, "parental leave")) == ["both", "one"]

    def test_the_thing_of_that_name_comes_first(self, engine: Engine) -> None:
        engine.put(
            [
                document("mentions", "Working hours", "parental leave policy " * 30),
                document("named", "Parental leave policy", "See the handbook."),
            ]
        )
        assert keys(ask(engine, "parental leave policy"))[0] == "named"

    def test_rare_words_count_more(self, engine: Engine) -> None:
        engine.put([document(f"c{n}", "Note", "council meeting notes") for n in range(20)])
        engine.put([document("rare", "Note", "asbestos in the building")])
        assert keys(ask(engine, "council asbestos"))[0] == "rare"

    @pytest.mark.parametrize("field", ["summary", "body"])
    def test_all_texts_are_searched(self, engine: Engine, field: str) -> None:
        given = {field: "about asbestos"}
        engine.put([document("it", "Title", **given)])
        assert keys(ask(engine, "asbestos")) == ["it"]

    def test_tags_are_searched(self, engine: Engine) -> None:
        engine.put([document("it", "Title", tags=("asbestos removal",))])
        assert keys(ask(engine, "asbestos")) == ["it"]

    def test_frequent_words_alone_ask_titles(self, engine: Engine) -> None:
        engine.put([document("who", "The Who"), document("other", "Bands", "the who")])
        assert keys(ask(engine, "the who")) == ["who"]

    def test_a_word_may_be_in_two_languages(self, engine: Engine) -> None:
        engine.put(
            [
                document("en", "Note", "many organisations", language="en"),
                document("fr", "Note", "des organisations publiques", language="fr"),
            ]
        )
        assert set(keys(ask(engine, "organisation"))) == {"en", "fr"}

    def test_french_frequent_words_do_not_decide(self, engine: Engine) -> None:
        engine.put(
            [
                document("frequent", "Note", "la la la des des", language="fr"),
                document("meant", "Note", "gestion", language="fr"),
                document("en", "Note", "la", language="en"),
            ]
        )
        assert keys(ask(engine, "la gestion des")) == ["meant"]

    def test_ai_stays_a_word_beside_french_documents(self, engine: Engine) -> None:
        engine.put([document("ai", "Using AI well"), document("fr", "Note", "j'ai la clef", language="fr")])
        assert keys(ask(engine, "AI"))[0] == "ai"


class TestOperators:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("together", "A", "our parental leave form"),
                document("apart", "B", "leave is parental"),
                document("draft", "C", "parental draft"),
                document("reference", "D", "terms of reference"),
                document("conditions", "E", "terms and reference"),
            ]
        )

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ('"parental leave"', {"together"}),
            ("\u201cparental leave\u201d", {"together"}),
            ('"leave parental"', set()),
            ('"parental leave form"', {"together"}),
            ('"terms of reference"', {"reference"}),
            ('"parental leave', {"together", "apart", "draft"}),
            ("parental -draft", {"together", "apart"}),
            ("parental \u2212draft", {"together", "apart"}),
            ('parental -"leave form"', {"apart", "draft"}),
            ("parental +leave", {"together", "apart"}),
            ("+parental +leave -form", {"apart"}),
            ("paren*", {"together", "apart", "draft"}),
            ("refer* terms", {"reference", "conditions"}),
            ('"parental leave" "terms of reference"', set()),
            ('"parental"', {"together", "apart", "draft"}),
            ('terms "parental leave"', {"together"}),
        ],
    )
    def test_finds(self, engine: Engine, typed: str, found: set[str]) -> None:
        assert set(keys(ask(engine, typed))) == found

    def test_a_phrase_does_not_reach_from_one_text_into_the_next(self, engine: Engine) -> None:
        engine.put([document("gap", "damp", "works", summary="mould", tags=("letter", "pack"))])
        for typed in ('"damp mould"', '"mould letter"', '"letter pack"', '"pack works"'):
            assert keys(ask(engine, typed)) == []

    def test_a_begun_word_finds_stems_it_goes_past(self, engine: Engine) -> None:
        engine.put([document("p", "P", "policies for organisations")])
        assert keys(ask(engine, "policie*")) == ["p"]
        assert keys(ask(engine, "organiz*")) == ["p"]

    def test_only_minus_finds_nothing_and_says_so(self, engine: Engine) -> None:
        results = ask(engine, "-draft")
        assert (results.hits, results.total) == ([], 0)
        assert results.ignored == ("-draft",)

    @pytest.mark.parametrize("typed", ["!!!", "-", '""', "\x00\x01", "*", "+"])
    def test_nothing_to_look_for_finds_nothing_and_says_so(self, engine: Engine, typed: str) -> None:
        results = ask(engine, typed)
        assert results.total == 0 or not typed.strip("\x00\x01 ")
        assert results.ignored or not typed.strip("\x00\x01 ")


class TestBrowsing:
    def test_no_text_lists_everything_visible_newest_first(self, engine: Engine) -> None:
        engine.put([document("old", day=1), document("new", day=3), document("hidden", day=9, audience="group:1")])
        results = ask(engine, "  ")
        assert keys(results) == ["new", "old"]
        assert results.complete

    def test_newest(self, engine: Engine) -> None:
        engine.put([document("a", "leave leave", day=1), document("b", "x", "leave", day=2)])
        assert keys(ask(engine, "leave", sort="newest")) == ["b", "a"]

    def test_most_used(self, engine: Engine) -> None:
        engine.put([document("a", "leave", uses=2), document("b", "x", "leave", uses=9), document("c", "x", "leave")])
        assert keys(ask(engine, "leave", sort="used")) == ["b", "a", "c"]

    def test_equals_are_ordered_by_time_then_key(self, engine: Engine) -> None:
        engine.put([document("b", "leave"), document("a", "leave"), document("c", "leave", day=1)])
        assert keys(ask(engine, "leave")) == ["c", "a", "b"]

    def test_pages_follow_each_other_without_loss(self, engine: Engine) -> None:
        engine.put([document(f"d{n:02}", "leave", day=n) for n in range(25)])
        pages = [keys(ask(engine, "leave", page=page, per_page=10)) for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert len({key for page in pages for key in page}) == 25

    @pytest.mark.parametrize(("page", "per_page"), [(0, 10), (-5, 10), (1, 0), (10**12, 10)])
    def test_odd_pages_do_no_harm(self, engine: Engine, page: int, per_page: int) -> None:
        engine.put([document("a", "leave")])
        assert ask(engine, "leave", page=page, per_page=per_page).total == 1

    def test_use_and_standing_tip_the_balance(self, engine: Engine) -> None:
        engine.put(
            [
                document("plain", "Leave", "parental", day=9),
                document("checked", "Leave", "parental", standing=1.0),
                document("used", "Leave", "parental", uses=30),
                document("superseded", "Leave", "parental", standing=-1.0, day=9),
            ]
        )
        assert keys(ask(engine, "parental leave")) == ["checked", "used", "plain", "superseded"]

    def test_standing_does_not_beat_a_much_better_match(self, engine: Engine) -> None:
        engine.put(
            [
                document("good", "Parental leave", "parental leave", standing=-1.0),
                document("poor", "Hours", "parental matters", standing=1.0, uses=99),
            ]
        )
        assert keys(ask(engine, "parental leave")) == ["good", "poor"]


class TestAudience:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put([
            document("open", "Leave", "leave", facets={"topic": ("pay",)}),
            document("closed", "Leave secret", "leave", audience="group:7", subject="discussion",
                     facets={"topic": ("pay", "hush")}),
            document("draft", "Leave draft", audience="private:1", facets={"topic": ("hush",)}),
        ])  # fmt: skip

    def test_nobody_finds_nothing(self, engine: Engine) -> None:
        results = ask(engine, "leave", audiences=())
        assert (keys(results), results.total, dict(results.subjects), results.complete) == ([], 0, {}, False)

    def test_numbers_do_not_tell_of_hidden_documents(self, engine: Engine) -> None:
        results = ask(engine, "leave", facets=("topic",))
        assert keys(results) == ["open"]
        assert results.total == 1
        assert dict(results.subjects) == {"guide": 1}
        assert results.facets["topic"] == [("pay", 1)]

    def test_members_find_their_own(self, engine: Engine) -> None:
        results = ask(engine, "leave", audiences=("public", "group:7"), facets=("topic",))
        assert set(keys(results)) == {"open", "closed"}
        assert results.facets["topic"] == [("pay", 2), ("hush", 1)]

    def test_a_phrase_in_hidden_documents_is_a_failed_search(self, engine: Engine) -> None:
        assert not ask(engine, '"leave secret"').complete
        assert ask(engine, '"leave secret"', audiences=("group:7",)).complete

    def test_excluding_and_requiring_do_not_reach_hidden_documents(self, engine: Engine) -> None:
        assert ask(engine, "+secret leave").total == 0
        assert keys(ask(engine, "leave -nothing")) == ["open"]

    def test_completion_is_for_the_audience(self, engine: Engine) -> None:
        assert engine.complete("lea", EVERYONE) == [("Leave", "open")]
        assert engine.complete("secr", EVERYONE) == []
        assert engine.complete("secr", frozenset({"group:7"})) == [("Leave secret", "closed")]

    def test_a_change_of_audience_hides_at_once(self, engine: Engine) -> None:
        engine.put([document("open", "Leave", "leave", version=2, audience="group:7")])
        assert ask(engine, "leave").total == 0


class TestFailedSearch:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("a", "Damp", "mould in homes", subject="guide", facets={"kind": ("guide",)}),
                document("b", "Letter", "letter to tenants", subject="discussion"),
            ]
        )

    @pytest.mark.parametrize(
        ("typed", "complete"),
        [
            ("damp mould", True),
            ("damp letter", False),
            ("damp unknownword", False),
            ("the damp", True),
            ("damp damp", True),
            ("damp -mould", False),
            ("damp -letter", True),
            ("homes*", True),
            ("xyz*", False),
        ],
    )
    def test_is_one_where_no_document_holds_all_words(self, engine: Engine, typed: str, complete: bool) -> None:
        assert ask(engine, typed).complete is complete

    def test_partial_matches_are_still_given(self, engine: Engine) -> None:
        assert set(keys(ask(engine, "damp letter"))) == {"a", "b"}

    def test_tab_and_filters_do_not_make_one(self, engine: Engine) -> None:
        results = ask(engine, "damp mould", subject="discussion", filters={"kind": ("policy",)})
        assert results.total == 0
        assert results.complete


class TestCounts:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("1", "Leave", subject="guide", facets={"kind": ("guide",), "topic": ("pay", "hr")}),
                document("2", "Leave", subject="guide", facets={"kind": ("policy",), "topic": ("pay",)}),
                document("3", "Leave", subject="guide", facets={"kind": ("policy",), "topic": ("it",)}),
                document("4", "Leave", subject="discussion", facets={"topic": ("pay",)}),
                document("5", "Other", subject="person", facets={"topic": ("pay",)}),
            ]
        )

    def test_totals(self, engine: Engine) -> None:
        assert ask(engine, "leave", per_page=2).total == 4

    def test_tabs_count_whichever_is_open(self, engine: Engine) -> None:
        for subject in (None, "guide", "person"):
            assert dict(ask(engine, "leave", subject=subject).subjects) == {"guide": 3, "discussion": 1}

    def test_a_tab_narrows_hits_and_facets(self, engine: Engine) -> None:
        results = ask(engine, "leave", subject="guide", facets=("topic",))
        assert results.total == 3
        assert results.facets["topic"] == [("pay", 2), ("hr", 1), ("it", 1)]

    def test_values_of_one_filter_widen(self, engine: Engine) -> None:
        assert ask(engine, "leave", filters={"topic": ("hr", "it")}).total == 2

    def test_filters_of_two_names_narrow(self, engine: Engine) -> None:
        found = ask(engine, "leave", filters={"topic": ("pay",), "kind": ("policy",)})
        assert keys(found) == ["2"]

    def test_filters_narrow_the_tabs(self, engine: Engine) -> None:
        results = ask(engine, "leave", filters={"topic": ("pay",)}, subject="discussion")
        assert dict(results.subjects) == {"guide": 2, "discussion": 1}

    def test_a_facet_is_not_narrowed_by_its_own_choice(self, engine: Engine) -> None:
        results = ask(engine, "leave", filters={"kind": ("policy",)}, facets=("kind", "topic"))
        assert results.facets["kind"] == [("policy", 2), ("guide", 1)]
        assert results.facets["topic"] == [("it", 1), ("pay", 1)]

    def test_unknown_names_and_values(self, engine: Engine) -> None:
        assert ask(engine, "leave", filters={"colour": ("red",)}).total == 0
        assert ask(engine, "leave", filters={"kind": ()}).total == 4
        assert ask(engine, "leave", facets=("colour",)).facets["colour"] == []
        assert ask(engine, "leave", subject="ghost").total == 0

    def test_a_value_given_twice_counts_once(self, engine: Engine) -> None:
        engine.put([document("6", "Twice", facets={"topic": ("pay", "pay")})])
        assert ask(engine, "twice", facets=("topic",)).facets["topic"] == [("pay", 1)]


class TestChanges:
    def test_an_update_replaces(self, engine: Engine) -> None:
        engine.put([document("a", "Old", "asbestos"), document("b", "Other", "asbestos")])
        engine.put([document("a", "New", "gravel", version=2)])
        assert keys(ask(engine, "asbestos")) == ["b"]
        assert keys(ask(engine, "gravel")) == ["a"]
        assert keys(ask(engine, "old")) == []
        assert engine.versions() == {"a": 2, "b": 1}

    def test_twenty_updates_leave_one(self, engine: Engine) -> None:
        for version in range(20):
            engine.put([document("a", "Leave", f"edition{version}", version=version)])
        assert ask(engine, "leave").total == 1
        assert [n for n in range(20) if ask(engine, f"edition{n}").total] == [19]
        assert engine.health().documents == 1

    def test_the_last_of_one_key_in_a_batch_counts(self, engine: Engine) -> None:
        engine.put([document("a", "First"), document("a", "Second", version=2)])
        assert ask(engine, "first").total == 0
        assert ask(engine, "second").total == 1

    def test_removed_is_gone_everywhere(self, engine: Engine) -> None:
        engine.put([document("a", "Leave", facets={"kind": ("guide",)}), document("b", "Leave")])
        engine.remove(["a", "unknown"])
        results = ask(engine, "leave", facets=("kind",))
        assert keys(results) == ["b"]
        assert results.facets["kind"] == []
        assert engine.versions() == {"b": 1}
        assert engine.complete("lea", EVERYONE) == [("Leave", "b")]

    def test_removed_may_come_back(self, engine: Engine) -> None:
        engine.put([document("a", "Leave")])
        engine.remove(["a"])
        engine.put([document("a", "Leave", version=3)])
        assert engine.versions() == {"a": 3}

    def test_nothing_put_or_removed(self, engine: Engine) -> None:
        engine.put([])
        engine.remove([])
        assert engine.health().documents == 0
        assert ask(engine, "leave").total == 0

    def test_odd_texts_are_taken(self, engine: Engine) -> None:
        engine.put(
            [
                document("long", "word" * 5000, "x" * 100_000 + " leave"),
                document("odd", "\ud800 \x00 leave \U0001f600", "\u202e\u0000leave"),
                document("empty"),
                document("key with space/ü", "leave"),
            ]
        )
        assert set(keys(ask(engine, "leave"))) == {"long", "odd", "key with space/ü"}
        engine.remove(["key with space/ü"])
        assert set(engine.versions()) == {"long", "odd", "empty"}


class TestCompletion:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("a", "Parental leave guide", uses=1),
                document("b", "Parking at the Town Hall"),
                document("c", "Leave and pay", uses=5),
            ]
        )

    @pytest.mark.parametrize(
        ("prefix", "found"),
        [
            ("par", ["a", "b"]),
            ("leav", ["c", "a"]),
            ("parental l", ["a"]),
            ("leave par", ["a"]),
            ("parent leave", []),
            ("PARKÍ", ["b"]),
            ("", []),
            ("zzz", []),
        ],
    )
    def test_goes_on_from_what_is_begun(self, engine: Engine, prefix: str, found: list[str]) -> None:
        assert [key for _, key in engine.complete(prefix, EVERYONE)] == found

    def test_gives_at_most_what_is_wanted(self, engine: Engine) -> None:
        assert len(engine.complete("par", EVERYONE, 1)) == 1
        assert engine.complete("par", EVERYONE, 0) == []


class TestRebuild:
    def test_the_old_one_serves_until_the_new_one_is_full(self, engine: Engine) -> None:
        engine.put([document("old", "Leave")])
        with engine.rebuild() as new:
            new.put([document("new", "Leave")])
            assert keys(ask(engine, "leave")) == ["old"]
            new.put([document("newer", "Leave"), document("new", "Pay", version=2)])
            assert keys(ask(engine, "leave")) == ["old"]
        assert keys(ask(engine, "leave")) == ["newer"]
        assert engine.versions() == {"new": 2, "newer": 1}
        assert not engine.needs_rebuild()

    def test_a_broken_off_one_changes_nothing(self, engine: Engine) -> None:
        engine.put([document("old", "Leave")])

        def break_off() -> None:
            with engine.rebuild() as new:
                new.put([document("new", "Leave")])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            break_off()
        assert keys(ask(engine, "leave")) == ["old"]
        with engine.rebuild() as new:
            new.put([document("second", "Leave")])
        assert keys(ask(engine, "leave")) == ["second"]

    def test_one_at_a_time(self, engine: Engine) -> None:
        with engine.rebuild() as new:
            with pytest.raises(EngineBusy), engine.rebuild():
                pass
            new.put([document("a", "Leave")])
        assert engine.health().documents == 1

    def test_may_come_out_empty(self, engine: Engine) -> None:
        engine.put([document("old", "Leave")])
        with engine.rebuild():
            pass
        assert engine.health().documents == 0
        engine.put([document("a", "Leave")])
        assert ask(engine, "leave").total == 1


def test_times_and_health_are_told(engine: Engine) -> None:
    engine.put([document("a", "Leave")])
    before = engine.health()
    engine.put([document("b", "Leave")])
    after = engine.health()
    assert (before.documents, after.documents, after.ok) == (1, 2, True)
    assert after.generation > before.generation
    assert 0 < ask(engine, "leave").seconds < 5


def test_closed_is_closed(engine: Engine) -> None:
    engine.close()
    with pytest.raises(EngineError):
        ask(engine, "leave")
    with pytest.raises(EngineError):
        engine.put([document("a")])
    assert not engine.health().ok
