"""Commits, rebuilds and switches as seen by this process and by others."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from search.contract import EngineBusy, EngineError
from search.engines import open_engine
from search.engines.fts5 import Fts5Engine, postings, schema
from search.engines.fts5.schema import CURRENT
from tests.search.building import EVERYONE, ask, document, keys


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "index"


def directories(home: Path) -> set[str]:
    return {path.name for path in home.iterdir() if path.is_dir()}


def test_what_another_process_commits_is_found_at_once(home: Path) -> None:
    ours, theirs = Fts5Engine(home), Fts5Engine(home)
    assert ask(ours, "leave").total == 0
    theirs.put([document("a", "Leave")])
    assert ask(ours, "leave").total == 1
    theirs.put([document("a", "Gone"), document("b", "Leave pay")])
    assert keys(ask(ours, "leave")) == ["b"]
    theirs.remove(["b"])
    assert ask(ours, "leave").total == 0
    assert ours.complete("lea", EVERYONE) == []


def test_a_switch_by_another_process_is_noticed_at_once(home: Path) -> None:
    ours, theirs = Fts5Engine(home), Fts5Engine(home)
    ours.put([document("old", "Leave")])
    assert keys(ask(ours, "leave")) == ["old"]
    with theirs.rebuild() as new:
        new.put([document("new", "Leave")])
    assert keys(ask(ours, "leave")) == ["new"]
    ours.put([document("more", "Leave")])
    assert set(ours.versions()) == set(theirs.versions()) == {"new", "more"}


def test_what_is_remembered_of_a_word_stays_true(home: Path) -> None:
    ours, theirs = Fts5Engine(home), Fts5Engine(home)
    for number in range(40):
        theirs.put([document(f"d{number % 15}", "Leave", f"round{number} parental leave", version=number)])
        for typed in ("leave", '"parental leave"', "lea*", "leave -round0"):
            assert ask(ours, typed).total == min(number + 1, 15) - (typed.endswith("0") and number < 15)
        assert ask(ours, f"round{number}").total == 1
        assert ours.frequencies(["leaves"], EVERYONE) == {"leaves": min(number + 1, 15)}
    assert [n for n in range(40) if ask(ours, f"round{n}").total] == list(range(25, 40))


def test_words_are_forgotten_where_memory_is_short(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "_MOST_REMEMBERED", 1_000)
    engine = Fts5Engine(home)
    engine.put([document(f"d{n}", "Leave", f"word{n}") for n in range(30)])
    for n in range(30):
        assert keys(ask(engine, f"word{n}")) == [f"d{n}"]
    index = engine._current()
    assert len(index.postings._cache) < 10
    assert index.postings._weight == sum(known.weight() for known in index.postings._cache.values())


def test_it_is_filled_beside_the_index_of_another_engine(home: Path) -> None:
    before, after = open_engine("whoosh", home), Fts5Engine(home)
    with before.rebuild() as new:
        new.put([document("a", "Leave")])
    with after.rebuild() as new:
        assert after.needs_rebuild()
        new.put([document("a", "Leave"), document("b", "Leave")])
    assert ask(before, "leave").total == 1
    assert ask(after, "leave").total == 2
    assert not before.needs_rebuild()
    assert not after.needs_rebuild()
    before.close()


def test_old_indexes_stay_a_day(home: Path) -> None:
    engine = Fts5Engine(home)
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
    engine = Fts5Engine(home)
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
    engine = Fts5Engine(home)
    assert engine.needs_rebuild()
    assert ask(engine, "leave").total == 0
    engine.put([document("a", "Leave")])
    assert engine.needs_rebuild()
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    assert not engine.needs_rebuild()
    assert not Fts5Engine(home).needs_rebuild()


def test_another_form_is_not_written(home: Path) -> None:
    engine = Fts5Engine(home)
    with engine.rebuild() as new:
        new.put([document("a", "Leave")])
    current = json.loads((home / CURRENT).read_text())
    (home / CURRENT).write_text(json.dumps({**current, "schema": schema.VERSION + 1}))
    later = Fts5Engine(home)
    assert later.needs_rebuild()
    with pytest.raises(EngineError):
        later.put([document("b", "Leave")])
    with later.rebuild() as new:
        new.put([document("b", "Leave")])
    assert keys(ask(later, "leave")) == ["b"]
    assert not later.needs_rebuild()


def test_a_held_writer_is_busy_and_nothing_is_written(home: Path) -> None:
    engine, other = Fts5Engine(home), Fts5Engine(home)
    engine.put([document("a", "Leave")])
    with other._writer():
        for change in (lambda: engine.put([document("x", "Leave")]), lambda: engine.remove(["a"])):
            with pytest.raises(EngineBusy):
                change()
        assert ask(engine, "leave").total == 1
    engine.put([document("x", "Leave")])
    assert ask(engine, "leave").total == 2


def test_the_switch_waits_for_a_running_commit(home: Path) -> None:
    engine, other = Fts5Engine(home), Fts5Engine(home)
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
    engine, other = Fts5Engine(home), Fts5Engine(home)
    engine.put([document("a", "Leave")])
    stale = engine._current()
    with other.rebuild() as new:
        new.put([document("b", "Leave")])
    answers = iter([stale])
    real = engine._current
    monkeypatch.setattr(engine, "_current", lambda: next(answers, None) or real())
    engine.put([document("c", "Leave")])
    assert set(engine.versions()) == {"b", "c"}


def test_threads_share_what_they_read_without_mixing(home: Path) -> None:
    engine = Fts5Engine(home)
    engine.put([document(f"d{n}", f"Title{n % 7}", f"common word{n % 50} text") for n in range(400)])
    typed = [form.format(n) for n in range(25) for form in ("common word{}", '"common word{}"')]
    expected = {text: ask(engine, text, per_page=5).hits for text in typed}
    failures: list[object] = []

    def search(fresh: Fts5Engine) -> None:
        try:
            failures.extend(text for text, hits in expected.items() if ask(fresh, text, per_page=5).hits != hits)
        except EngineError as error:
            failures.append(error)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        fresh = Fts5Engine(home)
        threads = [threading.Thread(target=search, args=(fresh,)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(interval)
    assert not failures


def test_searches_go_on_through_commits_and_rebuilds(home: Path) -> None:
    engine, other = Fts5Engine(home), Fts5Engine(home)
    engine.put([document(f"d{n}", "Leave", "parental") for n in range(20)])
    stop = threading.Event()
    seen: list[int] = []
    failures: list[BaseException] = []

    def search(asked: Fts5Engine) -> None:
        while not stop.is_set():
            try:
                seen.append(ask(asked, '"parental" leave', facets=("kind",)).total)
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=search, args=(asked,)) for asked in (engine, engine, other)]
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


def test_files_of_old_indexes_are_let_go(home: Path) -> None:
    engine = Fts5Engine(home)
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


def _write_until_killed(home: Path) -> None:
    engine = Fts5Engine(home)
    for version in range(100_000):
        engine.put([document(f"d{n}", "Leave", f"round{version}", version=version) for n in range(20)])


def test_a_killed_writer_leaves_whole_commits_and_no_lock(home: Path) -> None:
    engine = Fts5Engine(home)
    engine.put([document(f"d{n}", "Leave", version=-1) for n in range(20)])
    for _ in range(3):
        process = multiprocessing.get_context("spawn").Process(target=_write_until_killed, args=(home,))
        process.start()
        before = engine.versions()
        end = time.monotonic() + 20
        while engine.versions() == before and time.monotonic() < end:
            time.sleep(0.01)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert len(set(engine.versions().values())) == 1
        assert ask(engine, "leave").total == 20
        engine.put([document("d0", "Leave", version=next(iter(engine.versions().values())))])


def test_out_of_time_it_gives_what_it_has(home: Path) -> None:
    engine = Fts5Engine(home, time_limit=-1)
    engine.put([document("a", "Leave", "parental")])
    assert ask(engine, '"parental leave" leave').partial
    assert not ask(Fts5Engine(home), "leave").partial
