"""What FTS5 alone can suffer; what all engines can is asked in tests/search/test_contract_damage.py."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from search.contract import EngineError
from search.engines.fts5 import Fts5Engine
from search.engines.fts5.database import FILE
from search.engines.fts5.schema import CURRENT
from tests.search.building import ask, document, keys
from tests.search.damage import harms, in_folder, index_of


def file_of(home: Path) -> Path:
    return index_of(home, CURRENT) / FILE


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = Fts5Engine(tmp_path / "index")
    with engine.rebuild() as new:
        new.put([document(f"d{n}", "Leave", f"parental number{n}", facets={"kind": ("a",)}) for n in range(50)])
    engine.close()
    return tmp_path / "index"


@pytest.mark.parametrize("harm", harms("fts5"))
def test_damage_under_an_open_engine_is_seen_by_the_check(home: Path, harm: str) -> None:
    with in_folder("fts5", home.parent) as place:
        engine = place.opened()
        assert ask(engine, "parental").total == 50
        place.harm(harm)
    assert not engine.health().ok
    with pytest.raises(EngineError):
        ask(engine, "leave")
    assert engine.needs_rebuild()
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    assert keys(ask(engine, "leave")) == ["a"]
    assert not engine.needs_rebuild()
    engine.close()


@pytest.mark.parametrize("seed", range(30))
def test_random_damage_never_raises_anything_else(home: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = file_of(home)
    data = bytearray(path.read_bytes())
    for _ in range(chance.choice((3, 40, 400))):
        start = chance.randrange(len(data))
        piece = len(data[start : start + 64])
        data[start : start + piece] = chance.randbytes(piece)
    path.write_bytes(data)
    engine = Fts5Engine(home)
    for typed in ("leave", "parental leave", '"leave parental"', "number7", "numb*", "-leave number3", ""):
        try:
            ask(engine, typed, facets=("kind",))
            engine.complete("lea", frozenset({"public"}))
        except EngineError:
            continue
    try:
        engine.put([document("new", "Leave")])
        engine.remove(["d1"])
        engine.versions()
    except EngineError:
        assert engine.health().detail or engine.health().ok
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    assert keys(ask(engine, "leave")) == ["a"]
    engine.close()


def test_an_error_while_writing_takes_everything_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk full")

    engine = Fts5Engine(home)
    monkeypatch.setattr("search.engines.fts5.writing.save", broken)
    with pytest.raises(OSError, match="disk full"):
        engine.put([document("x", "Leave"), document("d1", "Pay", version=2)])
    monkeypatch.undo()
    assert ask(engine, "leave").total == 50
    engine.put([document("x", "Leave")])
    assert engine.health().documents == 51


def test_the_folder_is_private(home: Path) -> None:
    assert home.stat().st_mode & 0o777 == 0o700
    assert index_of(home, CURRENT).stat().st_mode & 0o777 == 0o700
