"""The engines behind the contract. They do not know each other."""

from __future__ import annotations

from pathlib import Path

from search.contract import Engine

ENGINES = ("whoosh", "fts5", "memory")


def open_engine(name: str, path: Path) -> Engine:
    """The engine of this name over the folder `path`. Raises ValueError for a name not in `ENGINES`."""
    if name == "whoosh":
        from search.engines.whoosh import WhooshEngine

        return WhooshEngine(path)
    if name == "fts5":
        from search.engines.fts5 import Fts5Engine

        return Fts5Engine(path)
    if name == "memory":
        from search.engines.memory import MemoryEngine

        return MemoryEngine()
    raise ValueError(f"no search engine is called {name!r}; there are {', '.join(ENGINES)}")
