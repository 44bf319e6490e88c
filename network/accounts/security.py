"""Flask-Security, used as a library: hashing, signed tokens and the session's identity.

Its own pages are not registered: ours are accessible, commit in one transaction and queue their mails in it (see
docs/decisions/0002-accounts.md). Its per-request hook is taken off, because the Viewer's one query has already asked
whether the account stands; `current_user` is loaded only by pages that use it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore

from network.accounts.models import Account
from network.core.db import db

CONFIRM_WITHIN = timedelta(days=3)
RESET_WITHIN = timedelta(hours=1)


class Datastore(SQLAlchemyUserDatastore):  # type: ignore[misc]
    """Reads accounts. What must be kept is kept by our transactions, so `commit` has nothing to do."""

    def commit(self) -> None:
        """Nothing: only `transaction()` commits."""


def add_security(app: Flask) -> None:
    """Connect Flask-Security to our accounts."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
        SECURITY_CONFIRMABLE=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_CONFIRM_EMAIL_WITHIN=CONFIRM_WITHIN,
        SECURITY_RESET_PASSWORD_WITHIN=RESET_WITHIN,
        SECURITY_TRACKABLE=False,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
    )
    extension = Security(app, Datastore(db, Account, None), register_blueprint=False)
    _drop_request_hook(app)
    app.extensions["security_extension"] = extension


def _drop_request_hook(app: Flask) -> None:
    """Flask-Principal loads the account on every request; nobody here asks it anything."""
    hooks: list[Any] = app.before_request_funcs.get(None, [])
    app.before_request_funcs[None] = [hook for hook in hooks if not hook.__module__.startswith("flask_principal")]
