"""Commits, rebuilds and switches as seen by this process and by others."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from functools import partial
from pathlib import Path

import psutil
import pytest
from whoosh.reading import SegmentReader

from search.clock import Clock
from search.contract import EngineError
from search.engines import directory
from search.engines.whoosh import WhooshEngine, holder, schema
from tests.search.building import ask, document, keys


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


def until(condition: object, seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def directories(home: Path) -> set[str]:
    return {path.name for path in home.iterdir() if path.is_dir()}


def test_what_another_process_commits_is_found_soon(home: Path) -> None:
    ours, theirs = WhooshEngine(home), WhooshEngine(home)
    theirs.put([document("a", "Leave")])
    assert ask(ours, "leave").total == 1
    theirs.put([document("a", "Gone"), document("b", "Leave pay")])
    assert until(lambda: keys(ask(ours, "leave")) == ["b"])
    theirs.remove(["b"])
    assert until(lambda: ask(ours, "leave").total == 0)


def test_looks_for_commits_at_most_once_a_second(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(home)
    engine.put([document("a", "Leave")])
    looks: list[float] = []
    real = holder.generation_of
    monkeypatch.setattr(holder, "generation_of", lambda path: (looks.append(time.monotonic()), real(path))[1])
    for _ in range(200):
        ask(engine, "leave")
    assert len(looks) <= 1


def test_a_switch_by_another_process_is_noticed(home: Path) -> None:
    ours, theirs = WhooshEngine(home), WhooshEngine(home)
    ours.put([document("old", "Leave")])
    assert keys(ask(ours, "leave")) == ["old"]
    with theirs.rebuild() as new:
        new.put([document("new", "Leave")])
    assert until(lambda: keys(ask(ours, "leave")) == ["new"])
    ours.put([document("more", "Leave")])
    assert set(ours.versions()) == set(theirs.versions()) == {"new", "more"}


def test_an_update_after_a_merge_leaves_no_old_text_findable(home: Path) -> None:
    """The refresh of Whoosh's forks keeps the segments that a merge has replaced."""
    engine = WhooshEngine(home)
    for number in range(30):
        engine.put([document(f"d{number % 20}", "Leave", f"round{number}", version=number)])
        assert ask(engine, "leave").total == min(number + 1, 20)
    assert [n for n in range(30) if ask(engine, f"round{n}").total] == list(range(10, 30))


def test_old_indexes_stay_a_day(home: Path) -> None:
    engine = WhooshEngine(home)
    engine.put([document("a", "Leave")])
    (first,) = directories(home)
    with engine.rebuild():
        pass
    assert first in directories(home)
    yesterday = time.time() - 25 * 3600
    os.utime(home / first, (yesterday, yesterday))
    with engine.rebuild():
        pass
    assert first not in directories(home)
    assert len(directories(home)) == 2


def test_a_broken_off_rebuild_leaves_no_files(home: Path) -> None:
    engine = WhooshEngine(home)
    engine.put([document("a", "Leave")])
    before = directories(home)

    def break_off() -> None:
        with engine.rebuild() as new:
            new.put([document("b", "Leave")])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert directories(home) == before


def test_a_new_folder_needs_a_rebuild_until_it_had_one(home: Path) -> None:
    engine = WhooshEngine(home)
    assert engine.needs_rebuild()
    assert ask(engine, "leave").total == 0
    engine.put([document("a", "Leave")])
    assert engine.needs_rebuild()
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    assert not engine.needs_rebuild()
    assert not WhooshEngine(home).needs_rebuild()


def test_another_form_serves_on_but_is_not_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(home)
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    current = json.loads((home / "current").read_text())
    (home / "current").write_text(json.dumps({**current, "schema": schema.VERSION + 1}))
    later = WhooshEngine(home)
    assert later.needs_rebuild()
    assert ask(later, "leave").total == 1
    with pytest.raises(EngineError):
        later.put([document("b", "Leave")])
    with later.rebuild() as new:
        new.put([document("b", "Leave")])
    assert keys(ask(later, "leave")) == ["b"]
    assert not later.needs_rebuild()


def test_the_switch_waits_for_a_running_commit(home: Path) -> None:
    engine, other = WhooshEngine(home), WhooshEngine(home)
    engine.put([document("a", "Leave")])
    order: list[str] = []
    entered = threading.Event()

    def slow_write() -> None:
        with other._writer():
            entered.set()
            time.sleep(0.3)
            order.append("written")

    thread = threading.Thread(target=slow_write)
    with engine.rebuild() as new:
        thread.start()
        entered.wait(5)
        new.put([document("b", "Leave")])
    order.append("switched")
    thread.join()
    assert order == ["written", "switched"]
    assert keys(ask(engine, "leave")) == ["b"]


def test_a_switch_just_before_writing_is_noticed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, other = WhooshEngine(home), WhooshEngine(home)
    engine.put([document("a", "Leave")])
    stale = engine._current_to_write()
    with other.rebuild() as new:
        new.put([document("b", "Leave")])
    answers = iter([stale])
    real = engine._current_to_write
    monkeypatch.setattr(engine, "_current_to_write", lambda: next(answers, None) or real())
    engine.put([document("c", "Leave")])
    assert set(engine.versions()) == {"b", "c"}


def test_threads_read_one_file_without_mixing(home: Path) -> None:
    engine = WhooshEngine(home)
    engine.put([document(f"d{n}", f"Title{n % 7}", f"common word{n % 50} text") for n in range(400)])
    typed = [form.format(n) for n in range(25) for form in ("common word{}", '"common word{}"')]
    expected = {text: ask(engine, text, per_page=5).hits for text in typed}
    failures: list[object] = []

    def search(fresh: WhooshEngine) -> None:
        try:
            for text, hits in expected.items():
                if ask(fresh, text, per_page=5).hits != hits:
                    failures.append(text)
        except EngineError as error:
            failures.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(2):
            fresh = WhooshEngine(home)
            threads = [threading.Thread(target=search, args=(fresh,)) for _ in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not failures


def test_searches_go_on_through_commits_and_rebuilds(home: Path) -> None:
    engine = WhooshEngine(home)
    engine.put([document(f"d{n}", "Leave", "parental") for n in range(20)])
    stop = threading.Event()
    seen: list[int] = []
    failures: list[BaseException] = []

    def search() -> None:
        while not stop.is_set():
            try:
                seen.append(ask(engine, '"parental" leave', facets=("kind",)).total)
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for version in range(8):
        engine.put([document(f"d{n}", "Leave", "parental", version=version) for n in range(20)])
        with engine.rebuild() as new:
            new.put([document(f"d{n}", "Leave", "parental") for n in range(20)])
    stop.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert set(seen) == {20}


def test_files_of_old_commits_are_let_go(home: Path) -> None:
    engine = WhooshEngine(home)
    process = psutil.Process()
    engine.put([document("a", "Leave")])
    ask(engine, "leave")
    before = process.num_fds()
    for version in range(15):
        engine.put([document("a", "Leave", version=version)])
        ask(engine, "leave")
        with engine.rebuild() as new:
            new.put([document("a", "Leave")])
    assert process.num_fds() <= before + 5


def test_names_are_found_for_many_indexes_of_one_second(home: Path) -> None:
    place = directory.Home(home, schema.VERSION)
    assert len({place.new_directory().name for _ in range(5)}) == 5


def test_out_of_time_it_gives_what_it_has(home: Path) -> None:
    engine = WhooshEngine(home, time_limit=-1)
    engine.put([document("a", "Leave", "parental")])
    results = ask(engine, '"parental leave" leave')
    assert results.partial
    assert not ask(WhooshEngine(home), "leave").partial


@pytest.mark.parametrize(
    "text", ["leave -paid", "+leave +parental", '+"parental leave" -"paid leave"', "leave parental"]
)
def test_out_of_time_at_any_step_it_gives_nothing_that_does_not_fit(
    home: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    engine = WhooshEngine(home)
    engine.put([document("a", "Leave", "parental leave"), document("b", "Leave", "paid leave, parental leave")])
    engine.put([document("c", "Leave", "paid"), document("d", "Parental", "leave")])
    whole, partly = keys(ask(engine, text)), 0
    for steps in range(12):
        monkeypatch.setattr("search.engines.whoosh.searching.Clock", partial(LateAfter, steps))
        found = ask(engine, text)
        assert set(keys(found)) <= set(whole)
        partly += found.partial
    assert partly > 1


class LateAfter(Clock):
    """Late once it was asked so often."""

    def __init__(self, steps: int, seconds: float) -> None:
        super().__init__(seconds)
        self._left = steps

    def check(self) -> bool:
        self._left -= 1
        self.late = self.late or self._left < 0
        return self.late


def test_a_merge_that_deletes_files_while_they_are_opened_is_survived(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoosh then gives empty records, not an error; the newest commit is read again."""
    engine = WhooshEngine(home)
    engine.put([document("a", "Leave")])
    real = SegmentReader.column_reader
    calls: list[str] = []

    def gone_once(self: SegmentReader, name: str, *given: object, **more: object) -> object:
        calls.append(name)
        return [b""] if len(calls) == 1 else real(self, name, *given, **more)

    monkeypatch.setattr(SegmentReader, "column_reader", gone_once)
    assert keys(ask(WhooshEngine(home), "leave")) == ["a"]
    assert len(calls) == 2
