"""Several processes on one index: all find what one writes, and no change gets lost."""

from __future__ import annotations

import multiprocessing
import os
import threading

from search.engines.postgres import PostgresEngine
from tests.search.building import ask, document, keys
from tests.search.engines.postgres.conftest import Opener
from tests.support.postgres import shared_postgres


def test_others_find_at_once_what_one_writes(opener: Opener) -> None:
    one, two = opener(), opener()
    assert ask(two, "asbestos").total == 0
    one.put([document("a", "Asbestos")])
    assert keys(ask(two, "asbestos")) == ["a"]
    two.remove(["a"])
    assert keys(ask(one, "asbestos")) == []


def test_others_find_what_a_rebuild_made(opener: Opener) -> None:
    one, two = opener(), opener()
    one.put([document("old", "Asbestos")])
    for number in range(4):
        with one.rebuild() as new:
            new.put([document(f"new{number}", "Asbestos")])
            two.put([document("meanwhile", "Asbestos")])
        assert keys(ask(two, "asbestos")) == [f"new{number}"]
        assert not two.needs_rebuild()


def test_a_writer_that_waited_for_a_switch_writes_into_the_new_index(opener: Opener) -> None:
    one, two = opener(), opener()
    one.put([document("old", "Asbestos")])
    writer = threading.Thread(target=lambda: two.put([document("late", "Asbestos")]))
    with one.rebuild() as new:
        new.put([document("new", "Asbestos")])
        new.finish()  # type: ignore[attr-defined]
        writer.start()
        writer.join(0.3)
        assert writer.is_alive(), "it waits for the switch"
        new.finish = lambda: None  # type: ignore[attr-defined]
    writer.join()
    assert set(keys(ask(one, "asbestos"))) == {"new", "late"}


def test_first_writers_make_one_index_between_them(opener: Opener) -> None:
    engines = [opener() for _ in range(4)]
    threads = [
        threading.Thread(target=engine.put, args=([document(f"d{number}", "Asbestos")],))
        for number, engine in enumerate(engines)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ask(engines[0], "asbestos").total == 4


def _write(schema: str, name: str) -> None:
    engine = PostgresEngine(os.environ["SEARCH_TEST_SERVER"], schema)
    for number in range(15):
        engine.put([document(f"{name}{number}", "Asbestos"), document("shared", f"Asbestos {name}", version=number)])
    engine.close()


def test_processes_writing_the_same_lose_nothing(schema: str, opener: Opener) -> None:
    os.environ["SEARCH_TEST_SERVER"] = shared_postgres()
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_write, args=(schema, name)) for name in ("a", "b", "c")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    engine = opener()
    assert ask(engine, "asbestos", per_page=100).total == 46
    assert engine.health().ok
    assert engine.health().documents == 46


def test_a_forked_process_opens_its_own_connection(opener: Opener) -> None:
    engine = opener()
    engine.put([document("a", "Asbestos")])
    child = os.fork()
    if child == 0:
        os._exit(0 if keys(ask(engine, "asbestos")) == ["a"] else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert keys(ask(engine, "asbestos")) == ["a"]
