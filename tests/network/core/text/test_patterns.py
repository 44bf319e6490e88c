"""No pattern holds up everybody else: while one is looked for, a process does nothing but that.

Every pattern that a module of ours keeps is tried on texts made of its own signs: long runs of each, the beginnings of
what it finds, over and over, and then something that it does not want.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import network
import search
from tests.support.cost import slowness

LENGTH = 20_000
SECONDS = 2.0
MOST_TEXTS = 24
ENDS = ("\x01", "\nb!", ">")
_ROOT = Path(__file__).parents[4]
_REPEATS = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
_MEMBERS = {kinds.CATEGORY_DIGIT: "1", kinds.CATEGORY_SPACE: " ", kinds.CATEGORY_WORD: "a"}

Texts = dict[tuple[str, str], None]
"""What a text begins with, and what it repeats after that, in order."""


def test_no_pattern_takes_long_for_a_hostile_text() -> None:
    """In a process that the system ends when a pattern takes too long: the last name it said is that pattern's."""
    slow: list[str] = []
    done = 0
    while True:
        asked = [sys.executable, "-m", __name__, str(done)]
        run = subprocess.run(asked, capture_output=True, text=True, cwd=_ROOT, check=False)
        names = run.stdout.split()
        done += len(names)
        if run.returncode == 0:
            break
        assert run.returncode == -signal.SIGVTALRM, run.stderr
        slow.append(names[-1])
    assert slow == []
    assert done > 150


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?m)^(#{1,6})\s+(.+?)\s*#*$",
        r"(?m)^[ >]*\|?[ ]*:?-+:?[ ]*\|[-:| ]*$",
        r"(?s)<a\b[^>]*>(.*?)</a>",
        r"!?\[([^\]]*)\]\([^)]*\)",
        r"\s*(?:,\s*)+",
    ],
)
def test_the_texts_are_hostile(pattern: str) -> None:
    """The trial itself can fail: it is slow where patterns like these are, which stood here once."""

    def seconds(length: int) -> float:
        started = time.process_time()
        look(re.compile(pattern), length)
        return time.process_time() - started

    assert seconds(2_000) > 8 * min(seconds(500) for _ in range(3))


def patterns() -> dict[tuple[Any, int], str]:
    """Every pattern that a module keeps, by itself or in a list, with the name of the first that does."""
    found: dict[tuple[Any, int], str] = {}
    for package in (network, search):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith("__main__"):
                continue
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in _within(value):
                    found.setdefault((pattern.pattern, pattern.flags), f"{module.name}.{name}")
    return found


def _within(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _within(one)


def look(pattern: re.Pattern[Any], length: int) -> None:
    """Use the pattern on each of the texts."""
    whole = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    for number, (before, piece) in enumerate(_texts(parser.parse(whole, pattern.flags & re.VERBOSE))):
        text: Any = before + piece * (length // len(piece)) + ENDS[number % len(ENDS)]
        if isinstance(pattern.pattern, bytes):
            text = text.encode("latin-1", "replace")
        pattern.match(text)
        pattern.sub(text[:0], text)


def _texts(tree: Iterable[Any]) -> list[tuple[str, str]]:
    found: Texts = {("", " "): None, ("", "\n"): None}
    _read(tree, "", found)
    texts = list(found)
    every = -(-len(texts) // MOST_TEXTS)
    return texts[::every]


def _read(tree: Iterable[Any], text: str, found: Texts) -> str:
    """A text that the pattern finds, more or less, and the texts that repeat a part of it."""
    for kind, value in tree:
        if kind in _REPEATS:
            piece = _read(value[2], text, found)[len(text) :] or " "
            found |= dict.fromkeys((text, sign) for sign in (piece, *_signs(value[2])))
            text += piece * max(1, value[0])
        elif kind is kinds.SUBPATTERN:
            text = _read(value[3], text, found)
        elif kind is kinds.ATOMIC_GROUP:
            text = _read(value, text, found)
        elif kind is kinds.BRANCH:
            text, *_ = [_read(branch, text, found) for branch in value[1]]
        elif kind is kinds.AT and value is kinds.AT_BOUNDARY and text:
            text += " "
        elif kind is kinds.IN:
            text += _sign(value)
        elif kind in (kinds.LITERAL, kinds.NOT_LITERAL, kinds.ANY):
            text += chr(value) if kind is kinds.LITERAL else "x"
        if text:
            found["", text] = None
    return text


def _signs(tree: Any) -> list[str]:
    """The single signs of a class that is repeated."""
    return [chr(value) for kind, one in tree if kind is kinds.IN for what, value in one if what is kinds.LITERAL][:4]


def _sign(members: list[Any]) -> str:
    """One sign of a class, or for a class of what is left out one that hardly any leaves out."""
    what, value = members[0]
    if what is kinds.LITERAL:
        return chr(value)
    return chr(value[0]) if what is kinds.RANGE else _MEMBERS.get(value, "x")


def _main(passed_over: int) -> None:
    seconds = SECONDS * slowness()
    for (pattern, flags), name in list(patterns().items())[passed_over:]:
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        look(re.compile(pattern, flags), LENGTH)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)


if __name__ == "__main__":
    _main(int(sys.argv[1]))
