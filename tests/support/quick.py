"""What makes thousands of applications cheap to make: what is the same for all of them is made once a process.

Three quarters of an application's making is Werkzeug compiling rules of addresses, and most of the rest Jinja compiling
templates. SQLAlchemy keeps the SQL of a statement with the engine that first ran it, and each application has an engine
of its own. None of it depends on the application. And nothing that a test stores must outlive a power cut, so their
databases lie in memory where there is room: a commit waits 5 ms for a disk.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from network.core import prepared
from tests.support import asked

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
STATEMENTS = 3000  # A fifth more than all tests of a process ask; SQLAlchemy's 500 would be made anew all the time.


def memory() -> Path | None:
    """The folder that lies in memory; None where there is no room for the files of a run."""
    return MEMORY if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM else None


def folder_in_memory() -> Path | None:
    """Where the temporary files of this run may lie in memory."""
    place = memory()
    return place / f"common-practice-tests-{os.getpid()}" if place else None


def make_applications_quick() -> None:
    """Remember all of it from now on."""
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(_compiled_folder())}
    rule: Any = Rule
    if not hasattr(rule.compile, "__wrapped__"):
        rule.compile = _remembered(rule.compile)
    extension: Any = SQLAlchemy
    if not hasattr(extension._make_engine, "__wrapped__"):
        extension._make_engine = _knowing_statements(extension._make_engine)
        if asked.NOTING:
            asked.listen_to_prepared(prepared._Written)
            asked.listen_to_threads()


def _remembered(compile_rule: Callable[[Any], None]) -> Callable[[Any], None]:
    """What compiling makes of a rule is the same for every application that has the rule."""
    made: dict[Any, dict[str, Any]] = {}

    @wraps(compile_rule)
    def compiled(rule: Any) -> None:
        converters = tuple(rule.map.converters.items())
        key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, repr(rule.defaults), converters)
        if key not in made:
            compile_rule(rule)
            known = {name: getattr(rule, name) for name in ("_parts", "_trace", "_converters", "arguments")}
            made[key] = known | {name: getattr(rule, name).__func__ for name in ("_build", "_build_unknown")}
            return
        for name, value in made[key].items():
            setattr(rule, name, value.__get__(rule) if name.startswith("_build") else value)

    return compiled


def _knowing_statements(make_engine: Callable[..., Any]) -> Callable[..., Any]:
    """Engines of one kind share the dialect of the first one and the statements that it has compiled.

    The first one's, because a dialect learns from its first connection; so that one has to be made before.
    """
    first: dict[str, Engine] = {}

    @wraps(make_engine)
    def make(extension: SQLAlchemy, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        engine: Any = make_engine(extension, bind_key, options, app)
        kind = repr((engine.driver, {name: value for name, value in options.items() if name != "url"}))
        known: Any = first.get(kind)
        if known is None:
            engine._compiled_cache = LRUCache(STATEMENTS)
            if asked.NOTING:
                asked.listen(engine.dialect)
            event.listen(engine, "connect", lambda *_: first.setdefault(kind, engine), once=True)
        else:
            engine.dialect, engine._compiled_cache = known.dialect, known._compiled_cache
        return engine

    return make


def _compiled_folder() -> str:
    folder = Path(tempfile.gettempdir()) / f"common-practice-templates-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return str(folder)
