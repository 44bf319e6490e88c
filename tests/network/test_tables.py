"""Nothing is started on tables that are not those of this program, and the operator is told what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from network.core.db import db
from network.core.transaction import transaction
from network.migrating import wrong_with_tables
from tests.support.app import make_app

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k" * 40,
    "BASE_URL": "https://practice.example",
    "MAIL_URL": "smtp://127.0.0.1:2525",
}


@pytest.fixture
def bare(tmp_path: Path) -> Flask:
    """An application whose database has no tables."""
    app = make_app(tmp_path / "data")
    with app.app_context():
        db.drop_all()
    return app


def test_the_tables_must_be_those_of_this_program(bare: Flask) -> None:
    assert "flask --app app setup" in wrong_with_tables(bare)
    with bare.app_context():
        upgrade()
    assert wrong_with_tables(bare) == ""
    with bare.app_context():
        downgrade()
    assert "flask --app app db upgrade" in wrong_with_tables(bare)
    with bare.app_context(), transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer version" in wrong_with_tables(bare)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _started(tmp_path: Path, *command: str, **settings: str) -> str:
    environ = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TEST_DATABASE")}
    environ |= {**PRODUCTION, "DATA_DIR": str(tmp_path / "data"), "PORT": str(_free_port()), **settings}
    ended = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode != 0
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stderr


GUNICORN = ("gunicorn", "--config", "deploy/gunicorn.conf.py", "app:app")


def test_neither_server_nor_worker_starts_without_tables(tmp_path: Path) -> None:
    assert "flask --app app setup" in _started(tmp_path, *GUNICORN)
    assert "flask --app app setup" in _started(tmp_path, "flask", "--app", "app", "worker")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"WEB_CONCURRENCY": "2"}, "Set WORKER=apart"),
        ({"DATA_DIR": "/proc/nothing"}, "DATA_DIR is “/proc/nothing”"),
        ({"REDIS_URL": "foo"}, "REDIS_URL is “foo”"),
        ({"DATABASE_URL": "sqlite:////proc/nothing/network.sqlite"}, "Look at DATABASE_URL"),
    ],
)
def test_wrong_settings_end_in_a_sentence(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    assert said in _started(tmp_path, *GUNICORN, **settings)
