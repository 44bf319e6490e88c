"""What the tests of files share."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask

from network.attachments.uploads import store_upload
from network.core.transaction import transaction
from network.core.worker import drain
from network.library.files import actions
from network.library.files.queries import FileLine, all_versions
from tests.network.library.shelf import Shelf
from tests.support.cast import Cast
from tests.support.office import word
from tests.support.sending import filled, find_form


class Cabinet:
    """Puts files to the guides of one application."""

    def __init__(self, app: Flask, cast: Cast) -> None:
        self.app, self.cast, self.shelf = app, cast, Shelf(cast)

    def add(self, person: int, guide_id: int, data: bytes = b"", name: str = "consent_form.docx", **given: Any) -> str:
        """A file, by the action; the address of its only version."""
        viewer = self.cast.viewer(person)
        with self.app.app_context():
            stored = store_upload(data or word("Consent form"), name)
            with transaction():
                actions.add_file(viewer=viewer, guide_id=guide_id, stored=stored, **{"title": "Consent form", **given})
        self.settle()
        return f"/files/{stored.name}"

    def replace(self, person: int, guide_id: int, number: int = 1, data: bytes = b"", name: str = "newer.docx") -> str:
        """A newer version, by the action; its address."""
        viewer = self.cast.viewer(person)
        with self.app.app_context():
            stored = store_upload(data or word("Newer form"), name)
            with transaction():
                actions.replace_file(viewer=viewer, guide_id=guide_id, number=number, stored=stored)
        self.settle()
        return f"/files/{stored.name}"

    def lines(self, guide_id: int) -> list[list[FileLine]]:
        """All versions of all files."""
        with self.app.app_context():
            return all_versions(guide_id)

    def settle(self) -> None:
        """Let the worker finish."""
        while drain(self.app):
            pass


def upload(client: Any, address: str, data: bytes, name: str = "consent_form.docx", **typed: str) -> Any:
    """Fetch the page of a form with a file, choose one, send it."""
    page = client.get(address)
    assert page.status_code == 200, f"{address} answers {page.status_code}"
    fields = {**filled(find_form(page.get_data(as_text=True))), **typed, "file": (io.BytesIO(data), name)}
    return client.post(address, data=fields, content_type="multipart/form-data")


@pytest.fixture
def cabinet(app: Flask, cast: Cast) -> Cabinet:
    """Puts files to guides."""
    return Cabinet(app, cast)


@pytest.fixture
def priya(cast: Cast) -> int:
    """Who writes."""
    return cast.person("Priya Raman")


@pytest.fixture
def owen(cast: Cast) -> int:
    """Somebody else."""
    return cast.person("Owen Pritchard")
