"""Importing by the web in tests: files made here, read in this process unless a test is about the other one."""

from __future__ import annotations

import io
import json
import time
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Inches
from flask import Flask

from network.core.worker import drain
from network.library.importing.archives import CannotRead
from network.library.importing.documents import Limits
from network.library.incoming import actions, apart, reading
from network.library.incoming.files import folder_of
from tests.support.cast import Cast
from tests.support.pictures import picture
from tests.support.sending import filled, find_form, send


def word_file(title: str = "Missed bins", *, pictures: int = 1, paragraphs: int = 3) -> bytes:
    """A Word file as Word writes it, with a picture that has no text."""
    document = docx.Document()
    document.add_heading(title, 1)
    for number in range(paragraphs):
        document.add_paragraph(f"Step {number}: ask the crew before you ask the resident, and write the answer down.")
    for _ in range(pictures):
        document.add_picture(io.BytesIO(picture()), width=Inches(1))
    document.add_paragraph("The end of it all.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return out.getvalue()


class Importer:
    """A member who imports, and the worker."""

    def __init__(self, app: Flask, person: int) -> None:
        self.app, self.person = app, person
        self.client: Any = Cast(app).client(person)

    def upload(self, files: dict[str, bytes]) -> Any:
        """Send the files; what the browser is answered with."""
        fields = filled(find_form(self.client.get("/library/import").get_data(as_text=True)))
        data = {**fields, "files": [(io.BytesIO(content), name) for name, content in files.items()]}
        return self.client.post("/library/import", data=data)

    def read(self, files: dict[str, bytes]) -> str:
        """Upload and let the worker read; the address of the import."""
        answer = self.upload(files)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        address = str(answer.headers["Location"])
        drain(self.app)
        while "Reading your files" in self.page(address):
            time.sleep(0.3)
            drain(self.app)
        return address

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200
        return str(answer.get_data(as_text=True))

    def start(self, address: str, **typed: Any) -> Any:
        """Start with what is ticked, as one's own words unless told otherwise."""
        return send(self.client, address, **{"words": "own", **typed})

    def bring_in(self, files: dict[str, bytes], **typed: Any) -> str:
        """The whole way; the page at its end."""
        address = self.read(files)
        assert self.start(address, **typed).status_code == 303
        drain(self.app)
        return self.page(address)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.setattr(actions, "PAUSE", timedelta())
    if "in_a_process_of_its_own" in request.fixturenames:
        return

    def read_here(folder: str) -> bool:
        place: Path = folder_of(folder)
        names = json.loads((place / "sent" / "names.json").read_text("utf-8"))
        sent = [(name, (place / "sent" / f"{n:04}").read_bytes()) for n, name in enumerate(names)]
        try:
            apart.read(sent, Limits(), place / "read")
        except CannotRead as problem:
            apart.tell(place / "read", {"problem": str(problem)})
        return False

    monkeypatch.setattr(reading, "at_work", read_here)


@pytest.fixture
def in_a_process_of_its_own() -> None:
    """Has files read as the worker has them read."""


@pytest.fixture
def importer(app: Flask, cast: Cast) -> Importer:
    """Owen, of Harrowdale."""
    cast.organisation()
    cast.topic()
    return Importer(app, cast.person("Owen Pritchard"))
