"""Applications for tests: the real factory on a real database file, with cheap password hashing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from network.core.db import db
from network.core.settings import Settings, read_settings
from network.core.transaction import transaction
from network.factory import create_app
from network.starting import seed
from tests.support.pages import PageClient
from tests.support.quick import make_applications_quick

make_applications_quick()
SECRET = "a key that is only used by tests, long enough"
CHEAP = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}


def test_settings(folder: Path, **environ: str) -> Settings:
    """Settings as a deployer would give them, with everything in one folder."""
    base = {
        "ENVIRONMENT": "test",
        "DATA_DIR": str(folder),
        "SECRET_KEY": SECRET,
        "BASE_URL": "http://localhost",
        "CONTACT_EMAIL": "help@network.example",
    }
    return read_settings({**base, **environ})


test_settings.__test__ = False  # type: ignore[attr-defined]


def make_app(
    folder: Path, *, seeded: bool = True, made: bool = False, config: dict[str, Any] | None = None, **environ: str
) -> Flask:
    """An application with its tables made; the policy and “Ask anyone” are there unless `seeded` is false.

    `made` says that all of that is in the database already.
    """
    fast = {
        "TESTING": True,
        "RATELIMIT_ENABLED": False,
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": CHEAP,
        "PROPAGATE_EXCEPTIONS": False,
    }
    app = create_app(test_settings(folder, **environ), **{**fast, **(config or {})})
    app.test_client_class = PageClient
    if made:
        return app
    with app.app_context():
        db.create_all()
        if seeded:
            with transaction():
                seed()
    return app
