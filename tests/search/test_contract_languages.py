"""What every engine promises where texts of several languages stand beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.contract import Engine
from search.engines import open_engine
from tests.search.building import EVERYONE, ask, document, keys
from tests.search.cases import BESIDE_FRENCH

FRENCH = "Nous avons écrit sur ce que les agents et leurs équipes font ; j'ai eu le temps pour mon fils."


@pytest.mark.parametrize(("written", "typed", "found"), BESIDE_FRENCH)
def test_language_beside_french(engine: Engine, written: str, typed: str, found: bool) -> None:
    engine.put([document("it", "Some title", written), document("fr", "Un titre", FRENCH, language="fr")])
    assert keys(ask(engine, typed)) == (["it"] if found else [])


class TestBesideFrench:
    """A stem means words of its own language only: the French one of "notes" is "not"."""

    @pytest.fixture(autouse=True)
    def _documents(self, engine: Engine) -> None:
        self.documents = [
            *(document(f"d{n}", "Working", "an agile team does not wait, they are agile") for n in range(3)),
            document("notes", "Release plan", "the agile team and its notes"),
            document("quoting", "Conseil", "English in a French text: not, are, be, them", language="fr"),
            document("fr", "Équipe agile", "des organisations publiques à Leeds, sur les marchés", language="fr"),
        ]
        engine.put(self.documents)

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("notes", {"notes"}),
            ("area", set()),
            ("bee", set()),
            ("agile -notes", {"d0", "d1", "d2", "fr"}),
            ("agile -area", {"d0", "d1", "d2", "notes", "fr"}),
            ("+agile +notes", {"notes"}),
            ('"agile notes"', set()),
            ("how to pour and sur it", set()),
            ("Leeds", {"fr"}),
            ("agile", {"d0", "d1", "d2", "notes", "fr"}),
            ('"equipe agile"', {"fr"}),
            ("organisatio*", {"fr"}),
            ("marché", {"fr"}),
        ],
    )
    def test_finds(self, engine: Engine, typed: str, found: set[str]) -> None:
        assert set(keys(ask(engine, typed))) == found

    def test_what_nothing_holds_has_failed(self, engine: Engine) -> None:
        engine.remove(["notes"])
        engine.put([document("release", "Release plan", "what we do not do")])
        assert not ask(engine, "release notes").complete
        assert ask(engine, "release plan").complete

    def test_ranks_like_the_reference(self, engine: Engine) -> None:
        reference = open_engine("memory", Path())
        reference.put(self.documents)
        for typed in ("notes", "agile team", "équipe agile", '"equipe agile"', "organisatio*", "marchés publics"):
            found, expected = ask(engine, typed), ask(reference, typed)
            assert {hit.key: hit.score for hit in found.hits} == pytest.approx(
                {hit.key: hit.score for hit in expected.hits}, rel=1e-4
            )

    def test_words_are_counted_in_their_language(self, engine: Engine) -> None:
        assert dict(engine.frequencies(["notes", "area", "agile", "not", "sur"], EVERYONE)) == {
            "notes": 1, "area": 0, "agile": 5, "not": 4, "sur": 1,
        }  # fmt: skip
