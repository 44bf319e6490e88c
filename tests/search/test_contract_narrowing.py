"""What every engine makes of titles alone, of times, and of what moderators decided."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from search.contract import Engine, Sort
from tests.search.building import START, ask, document, keys


def on(day: float) -> datetime:
    return START + timedelta(days=day)


class TestTitlesOnly:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("title", "Leave policy", "draft text", facets={"kind": ("guide",)}),
                document("body", "Hours", "leave policy"),
                document("summary", "Hours", summary="leave", tags=("leave",)),
            ]
        )

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("leave", ["title"]),
            ('"leave policy"', ["title"]),
            ("+leave hours", ["title"]),
            ("leave -draft", ["title"]),
            ("leave -policy", []),
            ("polic*", ["title"]),
            ("text", []),
            ("", ["body", "summary", "title"]),
        ],
    )
    def test_asks_titles_alone(self, engine: Engine, typed: str, found: list[str]) -> None:
        results = ask(engine, typed, titles_only=True, facets=("kind",))
        assert sorted(keys(results)) == found
        assert results.total == len(found)
        assert results.facets["kind"] == ([("guide", 1)] if "title" in found else [])

    def test_like_a_filter_it_does_not_make_a_search_fail(self, engine: Engine) -> None:
        assert ask(engine, "text", titles_only=True).complete
        assert ask(engine, "leave draft", titles_only=True).complete
        assert not ask(engine, "leave nonsense", titles_only=True).complete


class TestTimes:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("1", "Leave", day=1, facets={"kind": ("guide",)}),
                document("2", "Leave", day=2, facets={"kind": ("policy",)}),
                document("3", "Leave", day=3, facets={"kind": ("guide",)}, subject="discussion"),
                document("4", "Other", day=4),
                document("5", "Leave", day=5, audience="group:1"),
            ]
        )

    @pytest.mark.parametrize(
        ("since", "until", "found"),
        [
            (None, None, ["1", "2", "3"]),
            (2, None, ["2", "3"]),
            (2.001, None, ["3"]),
            (None, 2, ["1"]),
            (None, 2.001, ["1", "2"]),
            (2, 3, ["2"]),
            (3, 2, []),
            (9, None, []),
            (None, 0, []),
        ],
    )
    def test_bounds_the_last_change(
        self, engine: Engine, since: float | None, until: float | None, found: list[str]
    ) -> None:
        bounds = {"since": on(since) if since else None, "until": on(until) if until is not None else None}
        results = ask(engine, "leave", **bounds)
        assert sorted(keys(results)) == found
        assert results.total == len(found)

    def test_counts_are_narrowed_and_failing_is_not(self, engine: Engine) -> None:
        results = ask(engine, "leave", since=on(2), facets=("kind",))
        assert dict(results.subjects) == {"guide": 1, "discussion": 1}
        assert results.facets["kind"] == [("guide", 1), ("policy", 1)]
        assert ask(engine, "leave", since=on(50)).complete

    def test_browsing_is_bounded_too(self, engine: Engine) -> None:
        assert keys(ask(engine, "", since=on(3))) == ["4", "3"]

    def test_periods_are_counted_whatever_the_bounds(self, engine: Engine) -> None:
        periods = {"all": on(0), "late": on(2), "exactly": on(3), "none": on(4)}
        for bounds in ({}, {"since": on(3)}, {"until": on(2)}):
            assert dict(ask(engine, "leave", periods=periods, **bounds).periods) == {
                "all": 3, "late": 2, "exactly": 1, "none": 0,
            }  # fmt: skip

    def test_periods_are_narrowed_by_tab_and_filters(self, engine: Engine) -> None:
        periods = {"all": on(0), "late": on(2)}
        assert dict(ask(engine, "leave", periods=periods, subject="guide").periods) == {"all": 2, "late": 1}
        chosen = {"kind": ("guide",)}
        assert dict(ask(engine, "leave", periods=periods, filters=chosen).periods) == {"all": 2, "late": 1}

    def test_periods_are_for_the_reader(self, engine: Engine) -> None:
        mine = ask(engine, "leave", audiences=("public", "group:1"), periods={"late": on(4)})
        assert dict(mine.periods) == {"late": 1}
        assert dict(ask(engine, "leave").periods) == {}

    def test_changed_documents_move(self, engine: Engine) -> None:
        assert ask(engine, "leave", since=on(8)).total == 0
        engine.put([document("1", "Leave", version=2, day=9)])
        assert keys(ask(engine, "leave", since=on(8))) == ["1"]


class TestPins:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("best", "Leave", "leave", day=9, facets={"kind": ("guide",)}),
                document("good", "Note", "leave", facets={"kind": ("guide",)}),
                document("other", "Hours", "nothing", facets={"kind": ("policy",)}, subject="discussion"),
                document("hidden", "Leave", audience="group:1"),
            ]
        )

    @pytest.mark.parametrize(
        ("first", "order"),
        [
            ((), ["best", "good"]),
            (("good",), ["good", "best"]),
            (("other",), ["other", "best", "good"]),
            (("other", "good"), ["other", "good", "best"]),
            (("good", "other", "good"), ["good", "other", "best"]),
            (("hidden", "nowhere"), ["best", "good"]),
        ],
    )
    def test_stand_on_top_in_their_order(self, engine: Engine, first: tuple[str, ...], order: list[str]) -> None:
        results = ask(engine, "leave", first=first)
        assert keys(results) == order
        assert results.total == len(order)
        assert [hit.key for hit in results.hits if hit.pinned] == [key for key in dict.fromkeys(first) if key in order]

    @pytest.mark.parametrize("sort", ["relevance", "newest", "used"])
    def test_whatever_the_order(self, engine: Engine, sort: Sort) -> None:
        assert keys(ask(engine, "leave", first=("other",), sort=sort))[0] == "other"
        assert keys(ask(engine, "", first=("other",), sort=sort))[0] == "other"

    def test_are_counted_where_they_pass(self, engine: Engine) -> None:
        results = ask(engine, "leave", first=("other",), facets=("kind",), periods={"all": on(0)})
        assert dict(results.subjects) == {"guide": 2, "discussion": 1}
        assert results.facets["kind"] == [("guide", 2), ("policy", 1)]
        assert dict(results.periods) == {"all": 3}

    def test_pass_filters_tab_and_times_or_are_left_out(self, engine: Engine) -> None:
        assert keys(ask(engine, "leave", first=("other",), filters={"kind": ("guide",)})) == ["best", "good"]
        assert keys(ask(engine, "leave", first=("other",), subject="guide")) == ["best", "good"]
        assert keys(ask(engine, "leave", first=("other",), since=on(1))) == ["best"]

    def test_do_not_hide_that_a_search_failed(self, engine: Engine) -> None:
        assert not ask(engine, "leave nonsense", first=("other",)).complete
        assert keys(ask(engine, "nonsense", first=("other",))) == ["other"]

    def test_pages_follow_each_other(self, engine: Engine) -> None:
        engine.put([document(f"d{n:02}", "leave", day=n) for n in range(20)])
        first = ("other", "d03", "d17")
        pages = [keys(ask(engine, "leave", first=first, page=page, per_page=7)) for page in (1, 2, 3, 4, 5)]
        found = [key for page in pages for key in page]
        assert found[:3] == ["other", "d03", "d17"]
        assert len(found) == len(set(found)) == 23
        assert found == keys(ask(engine, "leave", first=first, per_page=100))
        assert [keys(ask(engine, "leave", first=first, page=page, per_page=1)) for page in (2, 4)] == [
            ["d03"], [found[3]],
        ]  # fmt: skip

    def test_are_shown_to_those_who_may_read_them(self, engine: Engine) -> None:
        assert keys(ask(engine, "leave", audiences=("group:1",), first=("hidden", "best"))) == ["hidden"]


class TestExclusions:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("a", "Leave", "parental", facets={"kind": ("guide",)}),
                document("b", "Leave", facets={"kind": ("policy",)}),
            ]
        )

    def test_are_not_found_at_all(self, engine: Engine) -> None:
        results = ask(engine, "leave", without=frozenset({"a", "nowhere"}), facets=("kind",), periods={"all": on(0)})
        assert keys(results) == ["b"]
        assert (results.total, dict(results.subjects), dict(results.periods)) == (1, {"guide": 1}, {"all": 1})
        assert results.facets["kind"] == [("policy", 1)]

    def test_win_over_pins(self, engine: Engine) -> None:
        assert keys(ask(engine, "leave", first=("a",), without=frozenset({"a"}))) == ["b"]

    def test_a_search_that_only_they_answer_has_failed(self, engine: Engine) -> None:
        assert ask(engine, "parental leave").complete
        assert not ask(engine, "parental leave", without=frozenset({"a"})).complete

    def test_hold_after_a_change(self, engine: Engine) -> None:
        engine.put([document("a", "Leave", version=2)])
        engine.put([document("b", "Leave", version=2), document("c", "Leave")])
        assert keys(ask(engine, "leave", without=frozenset({"a", "b"}))) == ["c"]
        assert keys(ask(engine, "", without=frozenset({"a", "b"}))) == ["c"]
