"""Keeps any text from costing more than about two seconds or two hundred megabytes.

Python-Markdown takes time that grows with the square of some inputs: five thousand opening brackets cost
seconds. A quick look sends what might be such a text to a process that can be killed. Sending a harmless
one there costs only the start of that process, so the look errs on the side of caution.

There are few such processes at a time, and one of each asker, so that nobody holds them all. That none was free, or
that the machine was too busy, says nothing about the text: TooBusy is raised, and nothing is stored.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from network.core.text.headings import Heading
from network.core.text.layout import LaidOut, Request

SECONDS = 8.0
"""From start to end of the separate process, by the clock. It ends itself after two seconds of work; this longer
limit is for a busy machine, on which two seconds of work take a while."""

MAX_HERE = 48 * 1024
"""Characters that are laid out in the asking process; longer texts are slow even when harmless."""

MAX_WORK = 2_000_000
"""Characters that start an inline construct, times the length of their block."""

MAX_MULTIPLIED = 300_000
"""Definitions of links, notes and abbreviations, times their possible uses, in characters."""

MAX_NOTES = 150
MAX_CELLS = 6_000
MAX_ABBREVIATIONS = 60
MAX_NESTING = 12
MAX_LINES_NESTED = 400

_STARTERS = re.compile(r"[\[\]!<`*_~&\\(@]|https?:|www\.|://")
_DEFINITION = re.compile(r"^[ >]*[*]?\[[^\]\n]*\]:.*(?:\n[ ].*)*", re.MULTILINE)
_ITEM = re.compile(r"^[ >]*(?:[-*+]|\d{1,9}[.)])[ ]", re.MULTILINE)
_QUOTES = re.compile(rf"^[ ]*(?:>[ ]?){{{MAX_NESTING}}}", re.MULTILINE)
_MARKERS = re.compile(rf"^[ ]*(?:(?:[-*+>]|\d{{1,9}}[.)])[ ]+){{{MAX_NESTING}}}", re.MULTILINE)
_DEEP = re.compile(rf"^[ \t]{{{4 * MAX_NESTING},}}\S", re.MULTILINE)
_TABLE = re.compile(r"^[ >]*+(?:\|[ ]*)?:?-+:?[ ]*\|[-:| ]*$", re.MULTILINE)
FAILED_FOR = 600.0
"""Seconds for which a text that cost too much is not tried again: a preview is looked at more than once."""

MOST_FAILED = 500
_failed: dict[bytes, float] = {}
_remembering = threading.Lock()
_places = threading.BoundedSemaphore(2)
_asking: set[object] = set()
_changed = threading.Condition()
asker: ContextVar[object] = ContextVar("asker", default=None)
"""Who waits for the answer; None where nobody does, as in a worker or a command."""

TRIES = 3
"""How often it is tried where nobody waits."""

_ROOT = Path(__file__).resolve().parents[3]


def is_risky(source: str) -> bool:
    """Whether laying out this text might cost much more than texts of its length usually do."""
    if len(source) > MAX_HERE:
        return True
    return _is_nested(source) or _multiplies(source) or _is_dense(source) or _is_wide(source)


def _is_nested(source: str) -> bool:
    if _QUOTES.search(source) or _MARKERS.search(source):
        return True
    return sum(1 for _ in _DEEP.finditer(source)) > MAX_LINES_NESTED or "\t" * MAX_NESTING in source


def _multiplies(source: str) -> bool:
    definitions = [match[0] for match in _DEFINITION.finditer(source)]
    if not definitions:
        return False
    notes = source.count("[^")
    abbreviations = sum(1 for line in definitions if line.lstrip(" >").startswith("*["))
    if notes > MAX_NOTES or abbreviations > MAX_ABBREVIATIONS:
        return True
    longest = max(len(line) for line in definitions)
    uses = source.count("[") if not abbreviations else len(source) // 4
    return min(longest, 200 if abbreviations else longest) * uses > MAX_MULTIPLIED * 10


def _is_dense(source: str) -> bool:
    """Looks at each block that is read in one piece: a paragraph, an item of a list, a heading."""
    work = 0
    for block in re.split(r"\n[ >]*\n", source):
        for piece in _ITEM.split(block):
            starters = sum(1 for _ in _STARTERS.finditer(piece))
            work += starters * len(piece)
            if work > MAX_WORK:
                return True
    return False


def _is_wide(source: str) -> bool:
    """Whether tables have very many cells: short rows are filled up to the width of the first."""
    cells = 0
    for row in _TABLE.finditer(source):
        end = source.find("\n\n", row.end())
        rows = source.count("\n", row.end(), end if end >= 0 else len(source))
        cells += (row[0].count("|") + 1) * rows
        if cells > MAX_CELLS:
            return True
    return False


class TooBusy(Exception):
    """The machine has no time for this text now; it may have in a moment."""


def lay_out_apart(request: Request) -> LaidOut | None:
    """Lays the text out in a process of its own; None when it took too much time or memory, or could not be
    laid out. Raises TooBusy when that says nothing about the text.

    The process is started afresh, never forked from this one, and gets none of this one's environment.
    """
    mark = hashlib.sha256(request.source.encode("utf-8", "surrogatepass")).digest()
    if _failed.get(mark, 0.0) > time.monotonic():
        return None
    answer = _answered(json.dumps(dataclasses.asdict(request)), 1 if asker.get() is not None else TRIES)
    if answer is None:
        _remember(mark)
        return None
    html, headings = answer
    return html, tuple(Heading(*fields) for fields in headings)


def _answered(asked: str, tries: int) -> list[Any] | None:
    try:
        with _place():
            return _ask(asked)
    except (subprocess.TimeoutExpired, TooBusy) as error:
        if tries == 1:
            raise TooBusy from error
    return _answered(asked, tries - 1)


@contextmanager
def _place() -> Iterator[None]:
    """One of the places, when this asker has none yet."""
    who = asker.get() or object()
    with _changed:
        if not _changed.wait_for(lambda: who not in _asking, timeout=SECONDS):
            raise TooBusy
        _asking.add(who)
    try:
        if not _places.acquire(timeout=SECONDS):
            raise TooBusy
        try:
            yield
        finally:
            _places.release()
    finally:
        with _changed:
            _asking.discard(who)
            _changed.notify_all()


def _remember(mark: bytes) -> None:
    """That this text failed; the oldest is forgotten for it."""
    with _remembering:
        while len(_failed) >= MOST_FAILED:
            del _failed[next(iter(_failed))]
        _failed[mark] = time.monotonic() + FAILED_FOR


def _ask(asked: str) -> list[Any] | None:
    """What the separate process answered; None when it ended itself, failed or declined."""
    done = subprocess.run(
        [sys.executable, "-m", "network.core.text.apart"],
        input=asked,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        cwd=_ROOT,
        env={"PATH": os.defpath, "PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode != 0 or not done.stdout:
        return None
    answer: list[Any] | None = json.loads(done.stdout)
    return answer
