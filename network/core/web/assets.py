"""Built files: their fingerprinted names, and serving them with far-future caching."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

PREFIX = "/static/dist/"


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
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(folder),
        prefix=PREFIX,
        immutable_file_test=lambda _path, address: address in fingerprinted,
    )
