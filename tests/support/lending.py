"""One application for one test after the other: its data and itself are put back to what they were before each.

Making an application and showing its first page takes longer than most tests do. What a test may change of it is its
data, which come anew from the network that it is a copy of, and what hangs together with the application in the
dictionaries, lists and sets of Flask and of ours: settings, handlers, what features lent each other, what is kept in
memory. All of them are filled again as they were. One that got another address, or whose worker runs, is thrown away.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask

from network.core.web.limits import limiter
from tests.support.app import make_app
from tests.support.copies import Made, close, database

_numbers = itertools.count(1)
_idle: dict[Path, Lent] = {}


class Lent:
    """An application on a copy of a network, with what is to be put back."""

    def __init__(self, like: Made) -> None:
        number = next(_numbers)
        self.like, self.folder = like, like.folder.with_name(f"{like.folder.name}-{number}")
        self.name = f"{like.database}_{number}"
        self.app: Flask | None = None
        self.before: list[tuple[Any, Any]] = []
        self.addresses = 0

    @contextmanager
    def running(self, server: str) -> Iterator[Flask]:
        """The application on data that nobody has touched."""
        shutil.copytree(self.like.folder, self.folder)
        with database(server, like=self.like.database, name=self.name) as environ:
            if self.app is None:
                self.app = make_app(self.folder, made=True, **environ)
                self.before, self.addresses = remembered(self.app), _addresses(self.app)
            limiter.enabled = self.app.config["RATELIMIT_ENABLED"]  # One for all; who is made last says.
            yield self.app
            close(self.app)
        shutil.rmtree(self.folder)

    def put_back(self) -> bool:
        """Whether the application is as it was, so that it may be lent again."""
        assert self.app is not None
        spoilt = "worker_wake" in self.app.extensions or _addresses(self.app) != self.addresses
        for container, contents in self.before:
            _refill(container, contents)
        return not spoilt


@contextmanager
def lent(like: Made, server: str) -> Iterator[Flask]:
    """An application on a copy of this network, which other tests had before."""
    found = _idle.pop(like.folder, None) or Lent(like)
    with found.running(server) as app:
        yield app
    if found.put_back():
        _idle[like.folder] = found


def remembered(app: Flask) -> list[tuple[Any, Any]]:
    """Each dictionary, list and set of an application and of what is ours beneath it, with what is in it now."""
    found: dict[int, tuple[Any, Any]] = {}
    waiting: list[Any] = [vars(app), vars(app.jinja_env)]
    while waiting:
        value = waiting.pop()
        container = value if isinstance(value, dict | list | set) else _attributes(value)
        if container is None or id(container) in found:
            continue
        contents = dict(container) if isinstance(container, dict) else list(container)
        found[id(container)] = container, contents
        waiting += contents.values() if isinstance(contents, dict) else contents
    return list(found.values())


def _attributes(value: Any) -> dict[str, Any] | None:
    ours = type(value).__module__.partition(".")[0] == "network" and not isinstance(value, type)
    return getattr(value, "__dict__", None) if ours else None


def _addresses(app: Flask) -> int:
    return sum(1 for _ in app.url_map.iter_rules())


def _refill(container: Any, contents: Any) -> None:
    if isinstance(container, list):
        container[:] = contents
    else:
        container.clear()
        container.update(contents)
