"""What every engine makes of use by others: as an order, and as a filter of several values."""

from __future__ import annotations

import pytest

from search.contract import Engine
from tests.search.building import ask, document, keys

SMALL, MIDDLE, LARGE = "council/250-999", "council/1000-4999", "council/5000-plus"


class TestMostUsed:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put([document(f"d{n:02}", "leave", "policy", day=n % 5, uses=n % 4) for n in range(30)])
        engine.put([document("closed", "leave", audience="group:1", uses=99)])

    def test_equals_stand_newest_first_then_by_key(self, engine: Engine) -> None:
        expected = sorted(range(30), key=lambda n: (-(n % 4), -(n % 5), n))
        for text in ("leave", "leave policy", ""):
            assert keys(ask(engine, text, sort="used", per_page=50)) == [f"d{n:02}" for n in expected]

    def test_pages_follow_each_other_and_stay_as_they_were(self, engine: Engine) -> None:
        whole = keys(ask(engine, "leave", sort="used", per_page=50))
        for _ in range(2):
            pages = [keys(ask(engine, "leave", sort="used", page=page, per_page=7)) for page in range(1, 6)]
            assert [key for page in pages for key in page] == whole
        engine.put([document("d00", "leave", version=2, uses=50)])
        assert keys(ask(engine, "leave", sort="used", per_page=50))[:2] == ["d00", whole[0]]

    def test_only_those_who_may_read_it_see_what_is_used_most(self, engine: Engine) -> None:
        assert "closed" not in keys(ask(engine, "leave", sort="used", per_page=50))
        assert keys(ask(engine, "leave", ("public", "group:1"), sort="used"))[0] == "closed"


class TestUsers:
    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        engine.put(
            [
                document("two", "leave", facets={"users": ("others", SMALL, MIDDLE, LARGE)}, uses=2),
                document("one", "leave", facets={"users": ("others", MIDDLE, LARGE)}, uses=1),
                document("none", "leave", facets={"users": ()}),
                document("closed", "leave", audience="group:1", facets={"users": ("others", SMALL)}, uses=1),
            ]
        )

    @pytest.mark.parametrize(
        ("values", "found"),
        [
            (("others",), ["one", "two"]),
            ((SMALL,), ["two"]),
            ((SMALL, LARGE), ["one", "two"]),
            (("nhs/5000-plus",), []),
        ],
    )
    def test_any_of_the_values_is_enough(self, engine: Engine, values: tuple[str, ...], found: list[str]) -> None:
        results = ask(engine, "leave", filters={"users": values}, facets=("users",))
        assert sorted(keys(results)) == found
        assert results.total == len(found)

    def test_counts_are_for_the_reader_and_not_narrowed_by_the_choice(self, engine: Engine) -> None:
        counts = [("council/1000-4999", 2), ("council/5000-plus", 2), ("others", 2), ("council/250-999", 1)]
        assert ask(engine, "leave", facets=("users",)).facets["users"] == counts
        assert ask(engine, "leave", filters={"users": (SMALL,)}, facets=("users",)).facets["users"] == counts
        mine = ask(engine, "leave", ("public", "group:1"), facets=("users",)).facets["users"]
        assert dict(mine) == {"others": 3, SMALL: 2, MIDDLE: 2, LARGE: 2}

    def test_who_stops_is_no_longer_found(self, engine: Engine) -> None:
        engine.put([document("one", "leave", version=2, facets={"users": ()})])
        assert keys(ask(engine, "leave", filters={"users": ("others",)})) == ["two"]
