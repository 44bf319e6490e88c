"""Long questions to a large index: words that tell little are not ranked in texts, and everything is still found."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engines.whoosh import matching
from search.engines.whoosh.engine import WhooshEngine
from tests.search.building import ask, document, keys

MOST = 30


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WhooshEngine:
    """Twenty texts that say “bins”, ten of them “crew”; “rota” stands in one text, “bins” in one title."""
    monkeypatch.setattr(matching, "_MOST_POSTINGS", MOST)
    engine = WhooshEngine(tmp_path / "index")
    with engine.rebuild() as new:
        new.put(
            document(
                f"guide:{number}",
                "Bins" if number == 7 else f"Number {number}",
                " ".join(["bins"] * (1 + number) + ["crew"] * (number % 2) + ["rota"] * (number == 4)),
            )
            for number in range(20)
        )
    return engine


def test_what_is_found_and_counted_stays_the_same(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    few = ask(engine, "bins crew rota", per_page=50)
    monkeypatch.setattr(matching, "_MOST_POSTINGS", 10**9)
    engine.put([])
    whole = ask(engine, "bins crew rota", per_page=50)
    assert (few.total, few.subjects, set(keys(few))) == (20, whole.subjects, set(keys(whole)))
    assert keys(few)[0] == keys(whole)[0] == "guide:4"
    # Without its texts the frequent word cannot tell these apart: the newest would come first, and all changed at once.
    assert [hit.score for hit in few.hits if hit.key in ("guide:18", "guide:16")] == [0.0, 0.0]
    assert all(hit.score > 0 for hit in whole.hits)


def test_a_frequent_word_still_counts_in_titles(engine: WhooshEngine) -> None:
    found = {hit.key: hit.score for hit in ask(engine, "bins crew rota", per_page=50).hits}
    assert found["guide:7"] > found["guide:9"] > found["guide:8"] == 0.0


def test_what_must_and_must_not_be_held_is_still_asked_of_texts(engine: WhooshEngine) -> None:
    assert ask(engine, "+bins +crew +rota").total == 0
    assert ask(engine, "+bins +rota crew").total == 1
    assert ask(engine, "rota crew -bins").total == 0


def test_one_word_alone_is_always_ranked(engine: WhooshEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_MOST_POSTINGS", 1)
    assert all(hit.score > 0 for hit in ask(engine, "bins", per_page=50).hits)
