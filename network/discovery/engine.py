"""The application's search engine: one per process, opened when first asked for.

Which one is decided by the setting SEARCH_ENGINE, or by a switch that was made later: a small file in DATA_DIR,
which every process looks at once a second.
"""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

from flask import Flask, current_app

from network.core.settings import SEARCH_ENGINES
from search.contract import Engine, EngineError
from search.engines import open_engine

# How often a process looks whether another engine is in use.
LOOK_SECONDS = 1.0
# Searches under way end on the engine they began with.
_KEPT_SECONDS = 60.0
_POINTER = "search-engine.json"

_opening = threading.Lock()


def engine(app: Flask | None = None) -> Engine:
    """The engine in use. Opening an index that is missing or damaged does not raise; asking it does (EngineError)."""
    return _chosen(app or current_app).engine()


def engine_name(app: Flask | None = None) -> str:
    """The name of the engine in use."""
    return _chosen(app or current_app).read()


def other_engine(name: str, app: Flask | None = None) -> Engine:
    """The engine of this name, in use or not; the caller closes it. Raises ValueError where it cannot be."""
    return _chosen(app or current_app).open(name)


def use(name: str, app: Flask | None = None) -> None:
    """Make this the engine in use, here at once and in other processes within about a second.

    Raises EngineError where what was written is not read back so.
    """
    _chosen(app or current_app).use(name)


def _chosen(app: Flask) -> _Chosen:
    with _opening:
        found: _Chosen | None = app.extensions.get("search_engine")
        if found is None:
            found = app.extensions["search_engine"] = _Chosen(
                Path(app.config["DATA_DIR"]), app.config["SEARCH_ENGINE"], app.config["DATABASE_URL"]
            )
    return found


class _Chosen:
    """Holds the engine in use and notices when it is another."""

    def __init__(self, folder: Path, setting: str, database_url: str) -> None:
        self._folder = folder
        self._setting = setting
        self._database_url = database_url
        self._lock = threading.Lock()
        self._name = ""
        self._engine: Engine | None = None
        self._looked = 0.0
        self._retired: list[tuple[float, Engine]] = []

    def engine(self) -> Engine:
        found = self._engine
        if found is not None and time.monotonic() - self._looked < LOOK_SECONDS:
            return found
        with self._lock:
            self._looked = time.monotonic()
            name = self.read()
            if self._engine is None or name != self._name:
                self._replace(name)
            self._close_retired(self._looked - _KEPT_SECONDS)
            assert self._engine is not None
            return self._engine

    def _replace(self, name: str) -> None:
        new = self.open(name)
        if self._engine is not None:
            self._retired.append((time.monotonic(), self._engine))
        self._name, self._engine = name, new

    def _close_retired(self, before: float) -> None:
        for moment, old in self._retired[:]:
            if moment <= before:
                old.close()
                self._retired.remove((moment, old))

    def open(self, name: str) -> Engine:
        return open_engine(name, self._folder / "index", self._database_url)

    def read(self) -> str:
        """The name that was switched to; the setting's where there was no switch, or settings have changed since."""
        try:
            switched = json.loads((self._folder / _POINTER).read_text())
            name, setting = str(switched["engine"]), str(switched["setting"])
        except (OSError, ValueError, KeyError, TypeError):
            return self._setting
        return name if self._possible(name) and setting == self._setting else self._setting

    def _possible(self, name: str) -> bool:
        """Whether the engine can be opened here: one of those that settings know, over a database that holds it."""
        return name in SEARCH_ENGINES and (name != "postgresql" or self._database_url.startswith("postgresql"))

    def use(self, name: str) -> None:
        """Raises EngineError where other processes would not follow."""
        if not self._possible(name):
            raise EngineError(f"no process would use {name!r}")
        new = self._folder / f"{_POINTER}.new"
        new.write_text(json.dumps({"engine": name, "setting": self._setting}))
        new.replace(self._folder / _POINTER)
        self._looked = 0.0
        if (read := self.read()) != name:
            raise EngineError(f"the switch to {name} was written, but {read} is read back")

    def close(self) -> None:
        with self._lock:
            self._close_retired(float("inf"))
            if self._engine is not None:
                self._engine.close()
