"""What is picked for exact scoring holds the best, however many documents are found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from search.contract import Document
from search.engines.fts5 import Fts5Engine, candidates
from search.engines.memory import MemoryEngine
from tests.search.building import ask, document, keys

WORDS = ("leave", "parental", "form", "policy", "letter", "pay", "damp", "agile", "tenant", "council")


def invented(count: int) -> list[Document]:
    chance = random.Random(5)
    return [
        document(
            f"d{number}",
            " ".join(chance.choices(WORDS, k=chance.randint(1, 5))),
            " ".join(chance.choices([*WORDS, *(f"w{n}" for n in range(40))], k=chance.randint(5, 120))),
            day=number % 50,
            uses=chance.randint(0, 5),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> tuple[Fts5Engine, MemoryEngine]:
    fts5, memory = Fts5Engine(tmp_path_factory.mktemp("index")), MemoryEngine()
    for engine in (fts5, memory):
        engine.put(invented(1_500))
    return fts5, memory


@pytest.mark.parametrize(
    "typed",
    ["leave", "leave form", "parental leave policy", "damp w7 council", "+pay tenant letter", " ".join(WORDS), "par*"],
)
@pytest.mark.parametrize("alternatives", [{}, {"leave": ("w3", "agile form")}])
def test_the_first_hits_are_those_of_scoring_all(
    engines: tuple[Fts5Engine, MemoryEngine], typed: str, alternatives: dict[str, tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(candidates, "_FEW", 0)
    monkeypatch.setattr(candidates, "_SPARE", 60)
    fts5, memory = engines
    found, expected = (ask(engine, typed, per_page=100, alternatives=alternatives) for engine in (fts5, memory))
    assert found.total == expected.total > 400
    assert keys(found)[:30] == keys(expected)[:30]
    assert len(set(keys(found)) & set(keys(expected))) >= 97


def test_equals_are_not_all_scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_FEW", 0)
    monkeypatch.setattr(candidates, "_SPARE", 5)
    monkeypatch.setattr(candidates, "_MOST_TIED", 10)
    engine = Fts5Engine(tmp_path)
    engine.put([document(f"d{n:03}", "Leave", day=n) for n in range(300)])
    assert keys(ask(engine, "leave", per_page=3)) == ["d299", "d298", "d297"]
    engine.close()
