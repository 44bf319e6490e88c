"""Every engine answers while it is written and rebuilt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from search.contract import Engine, EngineError, Results
from tests.search.building import EVERYONE, ask, document, keys


@contextmanager
def asking(engine: Engine, look: Callable[[Results], None]) -> Iterator[list[str]]:
    """Two threads that search all the time; what went wrong is in the list when they have ended."""
    wrong: list[str] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            try:
                look(ask(engine, "leave", facets=("kind",), per_page=100))
                engine.frequencies(["leave"], EVERYONE)
                engine.complete("lea", EVERYONE)
            except Exception as error:
                wrong.append(repr(error))
                return

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield wrong
    finally:
        done.set()
        for thread in threads:
            thread.join()


def agrees(results: Results) -> None:
    """The numbers of one answer are of one moment."""
    assert results.total == len(results.hits) == sum(results.subjects.values())
    assert sum(count for _, count in results.facets["kind"]) == results.total
    assert len(set(keys(results))) == results.total


def test_while_it_is_rebuilt(engine: Engine) -> None:
    engine.put([document(f"old{n}", "Leave", facets={"kind": ("guide",)}) for n in range(7)])

    def old_or_new(results: Results) -> None:
        agrees(results)
        assert {key[:3] for key in keys(results)} in ({"old"}, {"new"})
        assert results.total in (7, 12)

    with asking(engine, old_or_new) as wrong:
        for _ in range(3):
            with engine.rebuild() as new:
                for n in range(12):
                    new.put([document(f"new{n}", "Leave", facets={"kind": ("policy",)})])
    assert wrong == []
    assert ask(engine, "leave").total == 12


def test_while_it_is_written(engine: Engine) -> None:
    engine.put([document("stays", "Leave", facets={"kind": ("guide",)})])

    def never_less(results: Results) -> None:
        agrees(results)
        assert "stays" in keys(results)

    with asking(engine, never_less) as wrong:
        for n in range(15):
            engine.put([document("comes", "Leave", version=n, facets={"kind": (f"k{n}",)}), document(f"d{n}", "Pay")])
            engine.remove(["comes"] if n % 3 == 2 else [])
    assert wrong == []
    assert engine.health().documents == 16


def test_changes_by_several_threads_all_count(engine: Engine) -> None:
    wrong: list[str] = []

    def write(name: str) -> None:
        try:
            for n in range(5):
                engine.put([document(f"{name}{n}", "Leave")])
        except EngineError as error:
            wrong.append(repr(error))

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert ask(engine, "leave", per_page=100).total == 15
