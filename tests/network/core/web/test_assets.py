"""Built files, served beside the pages."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask

from network.core.web.assets import add_assets


def test_a_file_that_went_with_a_new_build_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"main.css": "main.1.css"}))
    (tmp_path / "main.1.css").write_text("body {}")
    app = Flask("built", static_folder=None)
    add_assets(app, tmp_path)
    client = app.test_client()
    address = "/static/dist/main.1.css"
    assert client.get(address).status_code == 200
    (tmp_path / "main.1.css").unlink()
    assert client.get(address).status_code == 404
    assert client.get("/static/dist/other.css").status_code == 404
