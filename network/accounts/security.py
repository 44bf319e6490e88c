"""Flask-Security, used as a library: hashing passwords and the session's identity.

Its own pages are not registered: ours are accessible, commit in one transaction and queue their mails in it (see
docs/decisions/0002-accounts.md). Its hooks are taken off, because the Viewer's one query has already asked whether
the account stands.
"""

from __future__ import annotations

from flask import Flask
from flask_security import RoleMixin, Security, SQLAlchemyUserDatastore

from network.accounts.models import Account
from network.core.db import db
from network.core.web.hooks import without


class NoRoles(RoleMixin):
    """What a Role would be: an account of ours has one word in its place."""


class Datastore(SQLAlchemyUserDatastore):
    """Reads accounts. What must be kept is kept by our transactions, so `commit` has nothing to do."""

    def commit(self) -> None:
        """Nothing: only `transaction()` commits."""


def add_security(app: Flask) -> None:
    """Connect Flask-Security to our accounts."""
    app.config.update(
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  (the name of an algorithm)
        # Argon2 salts by itself. Hashing under the secret key first would lose every password with the key.
        SECURITY_PASSWORD_SINGLE_HASH={"argon2"},
        SECURITY_TRACKABLE=False,
        SECURITY_CLI_USERS_NAME=None,  # Its commands would commit by themselves.
        SECURITY_CLI_ROLES_NAME=None,
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
    )
    extension = Security(app, Datastore(db, Account, NoRoles), register_blueprint=False)
    _drop_hooks(app)
    app.extensions["security_extension"] = extension


def _drop_hooks(app: Flask) -> None:
    """Flask-Principal and Flask-Login load the account for every request and every page; nobody here asks for it."""
    app.before_request_funcs[None] = without(app.before_request_funcs.get(None, []), "flask_principal")
    pages = app.template_context_processors
    pages[None] = without(pages[None], "flask_login", "flask_security")
