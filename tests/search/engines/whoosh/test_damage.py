"""Whatever happens to the files, there is one error, and a rebuild heals it."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.writing import SegmentWriter

from search.contract import EngineBusy, EngineError
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh.writing import writer
from tests.search.building import ask, document, keys


def index_of(home: Path) -> Path:
    return home / json.loads((home / "current").read_text())["directory"]


def postings_of(home: Path) -> Path:
    return next(index_of(home).glob("*.pst"))


def terms_of(home: Path) -> Path:
    return next(index_of(home).glob("*.trm"))


def records_of(home: Path) -> Path:
    return next(index_of(home).glob("*record.col"))


def contents_of(home: Path) -> Path:
    return next(index_of(home).glob("*.toc"))


def truncate_contents(home: Path) -> None:
    os.truncate(contents_of(home), 40)


def empty_contents(home: Path) -> None:
    contents_of(home).write_bytes(b"")


def delete_contents(home: Path) -> None:
    contents_of(home).unlink()


def garble_contents(home: Path) -> None:
    contents_of(home).write_bytes(random.Random(1).randbytes(500))


def empty_directory(home: Path) -> None:
    for path in index_of(home).iterdir():
        path.unlink()


def delete_directory(home: Path) -> None:
    shutil.rmtree(index_of(home))


def garble_current(home: Path) -> None:
    (home / "current").write_bytes(b"\xff\xfe nothing")


def point_current_outside(home: Path) -> None:
    (home / "current").write_text(json.dumps({"directory": "../elsewhere", "schema": 1, "filled": True}))


def point_current_nowhere(home: Path) -> None:
    (home / "current").write_text(json.dumps({"directory": "nowhere", "schema": 1, "filled": True}))


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


DAMAGES: dict[str, Callable[[Path], None]] = {
    damage.__name__: damage
    for damage in (
        truncate_contents, empty_contents, delete_contents, garble_contents, empty_directory, delete_directory,
        garble_current, point_current_outside, point_current_nowhere,
    )
} | {
    f"{harm.__name__} {part.__name__}": lambda home, harm=harm, part=part: harm(part(home))  # type: ignore[misc]
    for harm in (truncate, empty, zero, Path.unlink)
    for part in (postings_of, terms_of, records_of)
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = WhooshEngine(tmp_path / "index")
    with engine.rebuild() as new:
        new.put([document(f"d{n}", "Leave", f"parental number{n}") for n in range(50)])
    engine.close()
    return tmp_path / "index"


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_one_error_and_a_rebuild_heals_it(home: Path, damage: str) -> None:
    DAMAGES[damage](home)
    engine = WhooshEngine(home)
    with pytest.raises(EngineError):
        ask(engine, "leave")
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
    engine = WhooshEngine(home)
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
    delete_directory(home)
    assert ask(engine, "parental").total == 50
    assert not engine.health().ok
    with pytest.raises(EngineError):
        ask(engine, "leave")
    engine.close()


def test_a_held_writer_is_busy_and_nothing_is_written(home: Path) -> None:
    engine = WhooshEngine(home)
    with writer(index_of(home)):
        for change in (lambda: engine.put([document("x", "Leave")]), lambda: engine.remove(["d1"])):
            with pytest.raises(EngineBusy):
                change()
    assert engine.health().documents == 50
    engine.put([document("x", "Leave")])
    assert engine.health().documents == 51
    engine.close()


def test_the_folder_is_private(home: Path) -> None:
    assert home.stat().st_mode & 0o777 == 0o700
    assert index_of(home).stat().st_mode & 0o777 == 0o700
