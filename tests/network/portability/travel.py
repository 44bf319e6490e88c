"""Taking guides from one network to another, for tests, and comparing what arrived."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from flask import Flask

from network.groups.viewers import viewer_of
from network.library.batches import Report
from network.library.carried.restoring import restore
from network.library.importing.own import front_matter, open_own
from network.library.importing.own_guide import ITS_OWN
from network.portability.archive import write_archive
from network.portability.choosing import my_guides, open_library
from network.subjects.viewer import VISITOR
from tests.support.app import make_app


def packed(app: Flask, *, person: int | None = None) -> bytes:
    """The open library as an archive, or what is a person's."""
    target = io.BytesIO()
    with app.app_context():
        viewer = VISITOR if person is None else viewer_of(person)
        ids = open_library() if person is None else my_guides(viewer)
        write_archive(target, ids, viewer)
    return target.getvalue()


def unpacked(app: Flask, data: bytes, person: int, *, published: bool = True) -> Report:
    """Bring an archive in as a person's."""
    with app.app_context():
        archive = open_own(io.BytesIO(data))
        assert archive is not None
        return restore(archive, viewer=viewer_of(person), published=published)


def files_of(data: bytes) -> dict[str, bytes]:
    """What is in an archive, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def told(data: bytes) -> dict[str, Any]:
    """An archive as it should be the same in every network: fields, bodies, and the bytes of pictures and files."""
    found: dict[str, Any] = {}
    for name, content in files_of(data).items():
        if not name.startswith("guides/"):
            continue
        if not name.endswith(".md"):
            found[name] = content
            continue
        fields, body = front_matter(content.decode(), name)
        for other in ("superseded_by", "adapted_from"):
            fields.get(other, {}).pop("address", None)
        found[name] = {key: value for key, value in fields.items() if key not in ITS_OWN}, body
    return found


def elsewhere(folder: Path) -> Flask:
    """Another network, empty."""
    return make_app(folder, BASE_URL="https://elsewhere.example", SITE_NAME="Elsewhere")
