"""The WSGI application: `gunicorn app:app`, `flask run` and the `flask` commands find it here without settings."""

from __future__ import annotations

import sys

from network.core.settings import SettingError
from network.core.web.assets import AssetsMissing
from network.factory import create_app

try:
    app = create_app()
except (SettingError, AssetsMissing) as problem:
    sys.exit(f"Common Practice cannot start. {problem}")
