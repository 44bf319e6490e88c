"""Making the benchmark's network once, and what the load needs to know of it."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, session
from flask_migrate import upgrade
from flask_wtf.csrf import generate_csrf
from sqlalchemy import select
from tqdm import tqdm

from bench.generate import LONG_THREAD, Size, generate
from network.accounts.models import Account
from network.core.db import db
from network.core.settings import read_settings
from network.core.transaction import transaction
from network.core.worker import drain, run_due
from network.discovery.indexing import rebuild
from network.discovery.indexing import size as index_size
from network.discussions.models import Discussion
from network.factory import create_app
from network.groups.models import Group
from network.starting import seed


def prepare(size: Size, folder: Path) -> Flask:
    """The application on the filled database, with its index built."""
    app = create_app(read_settings(os.environ))
    if (folder / "ready").exists():
        return app
    with app.app_context():
        upgrade()
        with transaction():
            seed()
        generate(app, size)
    drain(app)
    run_due(app)  # What comes round by the clock has been round, as on any network that has run for a day.
    drain(app)  # The mails of the morning are out.
    with app.app_context(), tqdm(total=index_size(), desc="Indexing", unit=" items") as bar:
        rebuild(bar.update)
    (folder / "ready").touch()
    return app


def member_cookie(app: Flask) -> str:
    """The cookie of a member of several groups, with the token that a first page has put into it."""
    with app.app_context():
        stamp = db.session.scalars(select(Account.fs_uniquifier).where(Account.id == 1)).one()
    with app.test_request_context():
        generate_csrf()
        kept = {"_user_id": stamp, "_fresh": True, "_permanent": True, "csrf_token": session["csrf_token"]}
        value = app.session_interface.get_signing_serializer(app).dumps(kept)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={value}"


def documents(app: Flask) -> int:
    """How many there are to search in."""
    with app.app_context():
        return index_size()


def long_threads(app: Flask) -> tuple[str, ...]:
    """Addresses of discussions with a full page of posts, in open groups."""
    with app.app_context():
        rows = db.session.execute(
            select(Group.slug, Discussion.number, Discussion.slug)
            .join(Group, Group.id == Discussion.group_id)
            .where(Group.openness == "open", Discussion.reply_count == LONG_THREAD - 1)
            .limit(15)
        )
        return tuple(f"/groups/{group}/discussions/{number}-{slug}" for group, number, slug in rows)
