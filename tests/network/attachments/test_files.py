"""A file is as visible as what it belongs to, and never runs."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from network.attachments.actions import attach, detach, sweep
from network.attachments.pictures import Stored, storage, store_picture
from network.core.transaction import transaction
from network.subjects.registry import Subject, register
from network.subjects.viewer import Viewer
from tests.support.cast import Cast
from tests.support.pictures import picture


@pytest.fixture
def secret(app: Flask, cast: Cast) -> int:
    """A subject that only one person may read."""
    reader = cast.person()

    def may_read(viewer: Viewer, row_id: int) -> bool:
        return row_id == 7 and viewer.person_id == reader

    nothing: Any = lambda *_: {}  # noqa: E731
    register(
        app,
        Subject("secret", "Secret", "Secrets", nothing, nothing, nothing, nothing, may_read),
    )
    return reader


def put(app: Flask, *, subject: str = "secret", subject_id: int = 7, **changes: Any) -> str:
    with app.app_context():
        stored = store_picture(picture(), "a drawing “of” ünits.png")
        stored = Stored(**{**stored.__dict__, **changes})
        with transaction():
            attach(stored, subject=subject, subject_id=subject_id, uploaded_by=None)
        return stored.name


def test_only_readers_of_the_subject_get_the_file(app: Flask, cast: Cast, secret: int) -> None:
    name = put(app)
    assert cast.client(secret).get(f"/files/{name}").status_code == 200
    refused = cast.client(cast.person("Owen Pritchard")).get(f"/files/{name}")
    unknown = cast.client(secret).get("/files/" + "0" * 32 + ".png")
    assert cast.client().get(f"/files/{name}").status_code == refused.status_code == unknown.status_code == 404
    assert refused.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("subject", "subject_id"), [("secret", 8), ("no such subject", 7)])
def test_a_file_without_a_readable_subject_is_nobodys(
    app: Flask, cast: Cast, secret: int, subject: str, subject_id: int
) -> None:
    name = put(app, subject=subject, subject_id=subject_id)
    assert cast.client(secret).get(f"/files/{name}").status_code == 404


def test_our_pictures_are_shown_and_kept_by_this_browser_only(app: Flask, cast: Cast, secret: int) -> None:
    name = put(app)
    answer = cast.client(secret).get(f"/files/{name}")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert not answer.headers.get("Content-Disposition", "").startswith("attachment")
    again = cast.client(secret).get(f"/files/{name}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/pdf", "text/plain"])
def test_everything_else_is_handed_over_to_be_saved(app: Flask, cast: Cast, secret: int, media_type: str) -> None:
    app.test_client_class = FlaskClient  # What is sent as a page here is no page of ours to be checked.
    name = put(app, media_type=media_type)
    answer = cast.client(secret).get(f"/files/{name}", headers={"Accept": "text/html"})
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert "filename*=UTF-8''a%20drawing" in disposition
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["../network.sqlite", "..%2fnetwork.sqlite", "%2e%2e/secret_key", "x", "a" * 32 + ".png/..", "."]
)
def test_names_lead_nowhere_else(cast: Cast, name: str) -> None:
    assert cast.client().get(f"/files/{name}").status_code in (404, 405, 308)


def test_a_file_that_left_the_disk_is_not_found(app: Flask, cast: Cast, secret: int) -> None:
    name = put(app)
    with app.app_context():
        storage().remove(name)
    assert cast.client(secret).get(f"/files/{name}").status_code == 404


def test_the_sweep_takes_what_nobody_names_after_two_days(app: Flask) -> None:
    kept, old, young = put(app), put(app), put(app)
    with app.app_context():
        with transaction():
            detach(old)
            detach(young)
        days_ago = time.time() - 3 * 86_400
        for name in (kept, old):
            os.utime(storage().path(name), (days_ago, days_ago))
        assert sweep() == 1
        assert [storage().path(name).exists() for name in (kept, old, young)] == [True, False, True]
        assert sweep() == 0
