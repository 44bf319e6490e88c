"""Built files: their fingerprinted names, and serving them with far-future caching."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from whitenoise import WhiteNoise

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/static/dist/"


class _Files(WhiteNoise):  # type: ignore[misc]
    """Lists the files once, at the start. One that is gone since, after a new build, is not found: without this the
    server would close the connection without a word."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            answer: Iterable[bytes] = super().__call__(environ, start_response)
        except FileNotFoundError:
            answer = self.application(environ, start_response)
        return answer


class AssetsMissing(RuntimeError):
    """The front end has not been built."""


def add_assets(app: Flask, folder: Path) -> None:
    """Serve `folder` and give templates `asset(name)`. Raises AssetsMissing when it has not been built."""
    manifest = folder / "manifest.json"
    if not manifest.exists():
        raise AssetsMissing("The front end is not built yet. Build it with: make assets")
    names: dict[str, str] = json.loads(manifest.read_text())

    def asset(name: str) -> str:
        return PREFIX + names[name]

    fingerprinted = {PREFIX + name for name in names.values()}
    app.jinja_env.globals["asset"] = asset
    app.wsgi_app = _Files(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=PREFIX,
        immutable_file_test=lambda _path, address: address in fingerprinted,
    )
