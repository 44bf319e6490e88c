"""Whatever happens to the files, there is one error, and a rebuild heals it."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from search.contract import EngineBusy, EngineError
from search.engines.whoosh import WhooshEngine
from search.engines.whoosh.writing import writer
from tests.search.building import ask, document, keys


def index_of(home: Path) -> Path:
    return home / json.loads((home / "current").read_text())["directory"]


def segment_of(home: Path) -> Path:
    return next(index_of(home).glob("*.seg"))


def contents_of(home: Path) -> Path:
    return next(index_of(home).glob("*.toc"))


def truncate_segment(home: Path) -> None:
    os.truncate(segment_of(home), segment_of(home).stat().st_size // 2)


def empty_segment(home: Path) -> None:
    segment_of(home).write_bytes(b"")


def zero_segment(home: Path) -> None:
    segment_of(home).write_bytes(bytes(segment_of(home).stat().st_size))


def delete_segment(home: Path) -> None:
    segment_of(home).unlink()


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


DAMAGES = [
    truncate_segment, empty_segment, zero_segment, delete_segment, truncate_contents, empty_contents,
    delete_contents, garble_contents, empty_directory, delete_directory, garble_current,
    point_current_outside, point_current_nowhere,
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    engine = WhooshEngine(tmp_path / "index")
    with engine.rebuild() as new:
        new.put([document(f"d{n}", "Leave", f"parental number{n}") for n in range(50)])
    engine.close()
    return tmp_path / "index"


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_one_error_and_a_rebuild_heals_it(home: Path, damage: Callable[[Path], None]) -> None:
    damage(home)
    engine = WhooshEngine(home)
    for use in (lambda: ask(engine, "leave"), engine.versions, lambda: engine.complete("lea", frozenset({"public"}))):
        with pytest.raises(EngineError):
            use()
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
def test_writing_into_a_damaged_index_is_an_error_and_frees_the_lock(
    home: Path, damage: Callable[[Path], None]
) -> None:
    damage(home)
    engine = WhooshEngine(home)
    for _ in range(2):
        with pytest.raises(EngineError) as caught:
            engine.put([document("d1", "Leave", version=2)])
        assert not isinstance(caught.value, EngineBusy)
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    engine.put([document("b", "Leave")])
    assert ask(engine, "leave").total == 2
    engine.close()


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_never_raises_anything_else(home: Path, seed: int) -> None:
    chance = random.Random(seed)
    path = segment_of(home)
    data = bytearray(path.read_bytes())
    for _ in range(40):
        start = chance.randrange(len(data))
        data[start : start + 64] = chance.randbytes(len(data[start : start + 64]))
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
