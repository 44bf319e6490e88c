"""Two people give the same title in the same moment: both are kept, at addresses of their own.

On PostgreSQL neither sees what the other has not committed yet.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from network.core.transaction import transaction
from network.library.actions.publishing import publish_new
from network.library.collections.actions.keeping import begin
from network.subjects.viewer import Viewer
from tests.network.library.shelf import content
from tests.support.cast import Cast

LONG_ENOUGH = 0.5
"""Seconds in which the second one comes to the database."""


def guide(viewer: Viewer) -> str:
    """Publish one; gives its address."""
    return publish_new(viewer=viewer, content=content("Damp and mould")).slug or ""


def collection(viewer: Viewer) -> str:
    """Begin one; gives its address."""
    return begin(viewer=viewer, title="Damp and mould", purpose="").slug


@pytest.mark.parametrize("make", [guide, collection])
def test_both_are_kept(app: Flask, cast: Cast, make: Callable[[Viewer], str]) -> None:
    viewers = [cast.viewer(cast.person(name)) for name in ("Priya Raman", "Owen Pritchard")]
    begun = threading.Event()

    def first() -> str:
        with app.app_context(), transaction():
            slug = make(viewers[0])
            begun.set()
            time.sleep(LONG_ENOUGH)
            return slug

    def second() -> str:
        assert begun.wait(10)
        with app.app_context(), transaction():
            return make(viewers[1])

    with ThreadPoolExecutor(2) as pool:
        slugs = [future.result() for future in (pool.submit(first), pool.submit(second))]
    assert slugs == ["damp-and-mould", "damp-and-mould-2"]
