"""What each test asks of the database, so that the second run asks PostgreSQL everything, but not everything again.

The run on SQLite notes the statements of each test in the folder that the variable ASKED names, and whether it does
several things at once. The run on PostgreSQL that finds the notes there takes so many tests that each statement is
asked by two of them, or by the only one that has it, all that do things at once, and all of which nothing is noted.
Without the variable both run everything.
"""

from __future__ import annotations

import heapq
import json
import os
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, wraps
from pathlib import Path
from typing import Any

ENOUGH = 2
AT_ONCE = "at once"
FOLDER = Path(os.environ["ASKED"]) if os.environ.get("ASKED") else None
NOTING = FOLDER is not None and os.environ.get("TEST_DATABASE") != "postgresql"
LIST = re.compile(r"\((?:\?, )*\?\)(?:, \((?:\?, )*\?\))*")
NUMBER = re.compile(r"\d+")

_noted: dict[str, list[str]] = {}
_now: set[str] = set()


@cache
def same(statement: str) -> str:
    """The statement however many values it is given in a list, and however its parts are numbered."""
    return NUMBER.sub("", LIST.sub("(?)", statement))


def listen(dialect: Any) -> None:
    """Note from now on what goes to the database through this dialect."""
    for name in ("do_execute", "do_executemany", "do_execute_no_params"):
        setattr(dialect, name, _noting(getattr(dialect, name)))


def note(statement: str) -> None:
    """The test that runs asks this."""
    _now.add(same(statement))


def listen_to_prepared(written: Any) -> None:
    """Note also what goes to SQLite straight."""
    usual = written.rows

    @wraps(usual)
    def rows(self: Any, *given: Any) -> Any:
        note(self._sql)
        return usual(self, *given)

    written.rows = rows


def listen_to_threads() -> None:
    """Note who does several things at once."""
    usual = threading.Thread.start

    @wraps(usual)
    def start(self: threading.Thread) -> None:
        _now.add(AT_ONCE)
        usual(self)

    threading.Thread.start = start  # type: ignore[method-assign]


def begin() -> None:
    """A test begins."""
    _now.clear()


def end(test: str) -> None:
    """It has ended."""
    if _now:
        _noted[test] = sorted(_now)


def write(process: str) -> None:
    """Keep what a process of the run has noted."""
    if FOLDER is not None and _noted:
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / f"{process}.json").write_text(json.dumps(_noted), encoding="utf-8")


def noted() -> dict[str, list[str]]:
    """What all processes of the run before have noted, by test."""
    files = sorted(FOLDER.glob("*.json")) if FOLDER is not None else []
    return {test: asked for file in files for test, asked in json.loads(file.read_text(encoding="utf-8")).items()}


def needed(tests: Iterable[str], known: dict[str, list[str]], enough: int = ENOUGH) -> set[str]:
    """As few of the tests as ask each statement often enough: again and again the one that asks most of what is wanted.

    The same tests and notes give the same answer, whichever process asks.
    """
    tests = list(tests)
    chosen = {test for test in tests if test not in known or AT_ONCE in known[test]}
    asked = {test: frozenset(known[test]) for test in tests if test not in chosen}
    wanted = Counter(one for statements in asked.values() for one in statements)
    wanted = Counter({one: min(count, enough) for one, count in wanted.items()})
    for test in sorted(chosen & known.keys()):
        wanted.subtract(known[test])
    waiting = [(-len(statements), place, test) for place, (test, statements) in enumerate(asked.items())]
    heapq.heapify(waiting)
    while waiting:
        _, place, test = heapq.heappop(waiting)
        worth = sum(1 for one in asked[test] if wanted[one] > 0)
        if not worth:
            continue
        if waiting and (-worth, place) > waiting[0][:2]:
            heapq.heappush(waiting, (-worth, place, test))
            continue
        chosen.add(test)
        wanted.subtract(asked[test])
    return chosen


def _noting(usual: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(usual)
    def execute(cursor: Any, statement: str, *rest: Any, **more: Any) -> Any:
        note(statement)
        return usual(cursor, statement, *rest, **more)

    return execute
