"""The limits of PostgreSQL's vectors, and the choice among more rows than are read."""

from __future__ import annotations

import pytest

from search.engines.postgres import PostgresEngine, choosing
from tests.search.building import EVERYONE, ask, document, keys


def test_phrases_are_found_beyond_the_last_place(engine: PostgresEngine) -> None:
    filler = " ".join(f"w{number}" for number in range(40_000))
    engine.put([document("long", "Long", f"{filler} parental leave"), document("title", "leave", "parental")])
    assert keys(ask(engine, '"parental leave"')) == ["long"]
    assert keys(ask(engine, '"w39999 parental leave"')) == ["long"]
    assert keys(ask(engine, '"leave parental"')) == []
    assert keys(ask(engine, '"w16383 w16384"')) == ["long"]


def test_frequent_words_have_more_places_than_one_term_holds(engine: PostgresEngine) -> None:
    engine.put([document("long", "Long", f"{'some of them ' * 600} terms of reference")])
    assert keys(ask(engine, '"terms of reference"')) == ["long"]
    assert keys(ask(engine, '"them of"')) == []


def test_huge_documents_are_kept_as_far_as_there_is_room(engine: PostgresEngine) -> None:
    words = " ".join(f"unlikelyword{number}" for number in range(60_000))
    engine.put([document("huge", "Huge thing", f"beginning {words}")])
    assert keys(ask(engine, "beginning")) == ["huge"]
    assert keys(ask(engine, "huge")) == ["huge"]
    engine.put([document("huge", "Small", version=2)])
    assert ask(engine, "beginning").total == 0
    assert ask(engine, "unlikelyword5*").total == 0


@pytest.mark.parametrize("written", ["it's \\ 'quoted'", "%s %% {documents} $1", "a:*b & !c | (d)", "\x1f\x1e"])
def test_marks_that_statements_know_do_no_harm(engine: PostgresEngine, written: str) -> None:
    engine.put(
        [document(written.replace("\x1f", "u"), written, written, facets={written: (written,)}, tags=(written,))]
    )
    for typed in (written, f'"{written}"', f"-{written}", f"asbestos {written}"):
        ask(engine, typed, filters={written: (written,)}, facets=(written,), subject=written, first=(written,))
    engine.complete(written, EVERYONE)
    engine.frequencies([written], EVERYONE)
    assert (engine.health().ok, engine.health().documents) == (True, 1), "what was typed changed nothing"


class TestChoice:
    """More documents fit than are read word by word."""

    @pytest.fixture(autouse=True)
    def _few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(choosing, "CANDIDATES", 10)

    def fill(self, engine: PostgresEngine) -> None:
        with engine.rebuild() as new:
            new.put([document(f"d{n:03}", f"Note {n}", f"leave council {'filler ' * (n % 7)}") for n in range(150)])
            new.put(
                [
                    document("named", "Leave", "council"),
                    document("often", "Note", "leave " * 9),
                    document("both", "Note", "leave asbestos council"),
                    document("phrase", "Our leave council today and some more words", "x"),
                ]
            )

    def test_the_best_are_among_those_read(self, engine: PostgresEngine) -> None:
        self.fill(engine)
        assert set(keys(ask(engine, "leave"))[:3]) == {"named", "often", "phrase"}
        assert keys(ask(engine, "leave"))[0] == "named"
        assert keys(ask(engine, "leave asbestos"))[0] == "both"
        assert keys(ask(engine, "council leave asbestos"))[0] == "both"
        assert keys(ask(engine, "leave council"))[0] == "phrase"

    @pytest.mark.parametrize(
        "typed", ["leave", "leave council", "leave asbestos", "leave council asbestos", "", "lea*"]
    )
    @pytest.mark.parametrize("size", [7, 10, 40])
    def test_pages_follow_each_other_without_loss(self, engine: PostgresEngine, typed: str, size: int) -> None:
        self.fill(engine)
        total = ask(engine, typed).total
        found: list[str] = []
        for page in range(1, total // size + 2):
            found += keys(ask(engine, typed, page=page, per_page=size, first=("d077", "d003")))
        assert len(found) == len(set(found)) == total
        assert found[:2] == ["d077", "d003"]

    def test_totals_are_exact(self, engine: PostgresEngine) -> None:
        self.fill(engine)
        results = ask(engine, "leave council", subject="guide")
        assert results.total == 154
        assert dict(results.subjects) == {"guide": 154}
        assert ask(engine, "leave", titles_only=True).total == 2
