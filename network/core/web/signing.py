"""What signs cookies and form tokens, made once: to make it costs more than to sign.

A form token holds the secret of its session and when it was signed. Within a minute a session's pages have the same
one, so that it is signed once a minute and not for every page.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer

FORM_SECRET = "csrf_token"  # noqa: S105  (the name under which Flask-WTF keeps it, in the session and for the request)
TOKEN_SALT = "wtf-csrf-token"  # noqa: S105  (with which Flask-WTF signs it)
TOKENS_KEPT = 2_000


class QuickSessions(SecureCookieSessionInterface):
    """Flask's sessions in signed cookies; an application's keys do not change while it runs."""

    def __init__(self) -> None:
        self._made: dict[Any, URLSafeTimedSerializer | None] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer for the application's keys."""
        keys = app.secret_key
        if keys not in self._made:
            self._made[keys] = super().get_signing_serializer(app)
        return self._made[keys]


def form_token() -> str:
    """The token for the forms of this page."""
    if FORM_SECRET in session and FORM_SECRET not in g:
        setattr(g, FORM_SECRET, _signed(current_app.secret_key, session[FORM_SECRET], int(time.time()) // 60))
    token: str = generate_csrf()
    return token


@lru_cache(TOKENS_KEPT)
def _signed(key: str, secret: str, _minute: int) -> str:
    token: str = URLSafeTimedSerializer(key, salt=TOKEN_SALT).dumps(secret)
    return token
