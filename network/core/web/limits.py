"""Limits on how often somebody may knock: per address and per account, kept in memory or in Redis."""

from __future__ import annotations

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from network.core.web.forms import clean_text

SIGN_IN = "20 per minute; 200 per hour"
MAIL = "10 per hour"
WRITING = "60 per minute; 600 per hour"
# A whole office may type behind one address.
SUGGESTIONS = "40 per second; 1200 per minute"

limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=False)


def add_limits(app: Flask, redis_url: str) -> None:
    """Connect the limiter. When Redis is away, limits are counted in this process until it is back."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", redis_url or "memory://")
    app.config.setdefault("RATELIMIT_STRATEGY", "moving-window")
    app.config.setdefault("RATELIMIT_SWALLOW_ERRORS", True)
    if redis_url:
        app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", True)
    limiter.init_app(app)


def typed_email() -> str:
    """The e-mail address in the form that is being sent, so that guessing one account's password is slowed down too."""
    return "account:" + str(clean_text(request.form.get("email", ""))).strip().lower()[:320]
