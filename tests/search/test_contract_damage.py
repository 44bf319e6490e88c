"""Whatever happens to files or tables: one kind of error or right answers, it is noticed, and a rebuild heals it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from search.contract import Engine, EngineBusy, EngineError
from tests.search.building import EVERYONE, ask, document, keys
from tests.search.damage import PLACES, Place, harms
from tests.search.opening import OPENINGS

HELD = {f"d{number}" for number in range(30)}
CASES = [(name, harm) for name in PLACES for harm in harms(name)]
# What is found of an index in which rows or words are missing is right as far as it goes; files are all or nothing.
PARTLY = ("postgresql",)


@pytest.fixture
def place(name: str, tmp_path: Path) -> Iterator[Place]:
    """Where some documents are held, and no engine is open."""
    with PLACES[name](tmp_path) as found:
        with closing(found.opened()) as engine:
            fill(engine)
        yield found


def fill(engine: Engine) -> None:
    with engine.rebuild() as new:
        new.put([document(key, "Leave", f"parental number{key}", facets={"kind": ("a",)}) for key in sorted(HELD)])


def test_every_engine_that_keeps_something_is_damaged() -> None:
    assert PLACES.keys() == OPENINGS.keys() - {"memory"}


@pytest.mark.parametrize(("name", "harm"), CASES)
def test_it_is_noticed_and_a_rebuild_heals_it(place: Place, name: str, harm: str) -> None:
    place.harm(harm)
    with closing(place.opened()) as engine:
        if name in PARTLY:
            finds_nothing_else(engine)
        else:
            with pytest.raises(EngineError):
                ask(engine, "leave")
            assert not engine.health().ok
            assert engine.health().detail
        assert engine.needs_rebuild()
        fill(engine)
        assert ask(engine, "leave").total == len(HELD)
        assert engine.health().ok
        assert not engine.needs_rebuild()


def finds_nothing_else(engine: Engine) -> None:
    for typed in ("leave", '"leave parental"', "paren*", ""):
        try:
            assert set(keys(ask(engine, typed))) <= HELD
            assert {key for _, key in engine.complete("lea", EVERYONE)} <= HELD
        except EngineError:
            continue


@pytest.mark.parametrize(("name", "harm"), CASES)
def test_writing_into_it_is_no_other_error_and_holds_no_lock(place: Place, harm: str) -> None:
    place.harm(harm)
    with closing(place.opened()) as engine:
        for _ in range(2):
            try:
                engine.put([document("d1", "Leave", version=2)])
            except EngineError as error:
                assert not isinstance(error, EngineBusy)
        fill(engine)
        engine.put([document("new", "Leave")])
        assert ask(engine, "leave").total == len(HELD) + 1
