"""What Whoosh alone can suffer; what all engines can is asked in tests/search/test_contract_damage.py."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from whoosh.writing import SegmentWriter

from search.contract import EngineBusy, EngineError
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh.writing import writer
from tests.search.building import ask, document
from tests.search.damage import delete_directory, index_of, part_of

CURRENT = "current"


def postings_of(home: Path) -> Path:
    return part_of(home, CURRENT, "*.pst")


def terms_of(home: Path) -> Path:
    return part_of(home, CURRENT, "*.trm")


def records_of(home: Path) -> Path:
    return part_of(home, CURRENT, "*record.col")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = WhooshEngine(tmp_path / "index")
    with engine.rebuild() as new:
        new.put([document(f"d{n}", "Leave", f"parental number{n}") for n in range(50)])
    engine.close()
    return tmp_path / "index"


def test_a_writer_that_cannot_even_be_cancelled_frees_the_lock(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(SegmentWriter, "add_document", broken)
    monkeypatch.setattr(SegmentWriter, "cancel", broken)
    engine = WhooshEngine(home)
    with pytest.raises(EngineError):
        engine.put([document("x", "Leave")])
    monkeypatch.undo()
    engine.put([document("x", "Leave")])
    assert engine.health().documents == 51


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_never_raises_anything_else(home: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = chance.choice([postings_of, terms_of, records_of])(home)
    data = bytearray(path.read_bytes())
    for _ in range(40):
        start = chance.randrange(len(data))
        piece = len(data[start : start + 64])
        data[start : start + piece] = chance.randbytes(piece)
    path.write_bytes(data)
    engine = WhooshEngine(home)
    for typed in ("leave", "parental leave", '"leave parental"', "number7", "numb*", "-leave number3", ""):
        try:
            ask(engine, typed, facets=("kind",))
        except EngineError:
            continue
    try:
        engine.put([document("new", "Leave")])
        engine.remove(["d1"])
    except EngineError:
        assert engine.health().detail or engine.health().ok
    engine.close()


def test_an_open_snapshot_outlives_the_loss_of_its_files(home: Path) -> None:
    engine = WhooshEngine(home)
    assert ask(engine, "leave").total == 50
    delete_directory(home, CURRENT)
    assert ask(engine, "parental").total == 50
    assert not engine.health().ok
    with pytest.raises(EngineError):
        ask(engine, "leave")
    engine.close()


def test_a_held_writer_is_busy_and_nothing_is_written(home: Path) -> None:
    engine = WhooshEngine(home)
    with writer(index_of(home, CURRENT)):
        for change in (lambda: engine.put([document("x", "Leave")]), lambda: engine.remove(["d1"])):
            with pytest.raises(EngineBusy):
                change()
    assert engine.health().documents == 50
    engine.put([document("x", "Leave")])
    assert engine.health().documents == 51
    engine.close()


def test_the_folder_is_private(home: Path) -> None:
    assert home.stat().st_mode & 0o777 == 0o700
    assert index_of(home, CURRENT).stat().st_mode & 0o777 == 0o700
