"""The application's search engine: one per process, under DATA_DIR, opened when first asked for."""

from __future__ import annotations

import threading
from pathlib import Path

from flask import Flask, current_app

from search.contract import Engine
from search.engines.whoosh import WhooshEngine

FACETS = ("kind", "topic", "organisation", "group", "check", "answered", "licence", "language", "author")

_opening = threading.Lock()


def engine(app: Flask | None = None) -> Engine:
    """The engine. Opening an index that is missing or damaged does not raise; asking it does (EngineError)."""
    extensions = (app or current_app).extensions
    with _opening:
        found: Engine | None = extensions.get("search_engine")
        if found is None:
            folder = Path((app or current_app).config["DATA_DIR"]) / "index"
            found = extensions["search_engine"] = WhooshEngine(folder)
    return found
