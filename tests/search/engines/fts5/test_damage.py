"""Whatever happens to the file, there is one error, and a rebuild heals it."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from search.contract import EngineBusy, EngineError
from search.engines.fts5 import Fts5Engine
from search.engines.fts5.database import FILE
from search.engines.fts5.schema import CURRENT
from tests.search.building import ask, document, keys


def index_of(home: Path) -> Path:
    return home / json.loads((home / CURRENT).read_text())["directory"]


def file_of(home: Path) -> Path:
    return index_of(home) / FILE


def delete_directory(home: Path) -> None:
    shutil.rmtree(index_of(home))


def garble_current(home: Path) -> None:
    (home / CURRENT).write_bytes(b"\xff\xfe nothing")


def point_current_outside(home: Path) -> None:
    (home / CURRENT).write_text(json.dumps({"directory": "../elsewhere", "schema": 1, "filled": True}))


def point_current_nowhere(home: Path) -> None:
    (home / CURRENT).write_text(json.dumps({"directory": "nowhere", "schema": 1, "filled": True}))


def truncate(home: Path) -> None:
    os.truncate(file_of(home), file_of(home).stat().st_size // 2)


def truncate_little(home: Path) -> None:
    os.truncate(file_of(home), file_of(home).stat().st_size - 5_000)


def empty(home: Path) -> None:
    file_of(home).write_bytes(b"")


def zero(home: Path) -> None:
    file_of(home).write_bytes(bytes(file_of(home).stat().st_size))


def zero_all_but_the_head(home: Path) -> None:
    data = file_of(home).read_bytes()
    file_of(home).write_bytes(data[:100] + bytes(len(data) - 100))


def garble(home: Path) -> None:
    file_of(home).write_bytes(random.Random(1).randbytes(file_of(home).stat().st_size))


def delete(home: Path) -> None:
    file_of(home).unlink()


DAMAGES: dict[str, Callable[[Path], None]] = {
    damage.__name__: damage
    for damage in (
        delete_directory, garble_current, point_current_outside, point_current_nowhere, truncate, truncate_little,
        empty, zero, zero_all_but_the_head, garble, delete,
    )
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = Fts5Engine(tmp_path / "index")
    with engine.rebuild() as new:
        new.put([document(f"d{n}", "Leave", f"parental number{n}", facets={"kind": ("a",)}) for n in range(50)])
    engine.close()
    return tmp_path / "index"


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_one_error_and_a_rebuild_heals_it(home: Path, damage: str) -> None:
    DAMAGES[damage](home)
    engine = Fts5Engine(home)
    with pytest.raises(EngineError):
        ask(engine, "leave")
    heals(engine)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_under_an_open_engine_is_seen_by_the_check(home: Path, damage: str) -> None:
    engine = Fts5Engine(home)
    assert ask(engine, "parental").total == 50
    DAMAGES[damage](home)
    assert not engine.health().ok
    with pytest.raises(EngineError):
        ask(engine, "leave")
    heals(engine)


def heals(engine: Fts5Engine) -> None:
    assert not engine.health().ok
    assert engine.health().detail
    assert engine.needs_rebuild()
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    assert keys(ask(engine, "leave")) == ["a"]
    assert engine.health().ok
    assert not engine.needs_rebuild()
    engine.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_writing_into_a_damaged_index_never_holds_the_lock(home: Path, damage: str) -> None:
    DAMAGES[damage](home)
    engine = Fts5Engine(home)
    errors: list[EngineError] = []
    for _ in range(2):
        try:
            engine.put([document("d1", "Leave", version=2)])
        except EngineError as error:
            errors.append(error)
    assert not any(isinstance(error, EngineBusy) for error in errors)
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    engine.put([document("b", "Leave")])
    assert ask(engine, "leave").total == 2
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
    assert index_of(home).stat().st_mode & 0o777 == 0o700
