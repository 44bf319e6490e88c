"""Limits on how often somebody may knock: per account for members, per address for visitors, in memory or in Redis.

Writing is counted together, whatever is written: a program that posts in twenty places is as fast as one that posts in
one. Members are counted by themselves, because an office of hundreds may share one address.
"""

from __future__ import annotations

import time

import structlog
from flask import Flask, g, request
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse

from network.core.web.forms import clean_text
from network.core.web.hooks import without

SIGN_IN = "20 per minute; 200 per hour"
MAIL = "10 per hour"
RECOVERY_HERE, RECOVERY_NETWORK, RECOVERY_ANYWHERE = "3 per hour", "10 per minute; 60 per hour", "20 per hour"
WRITING = "60 per minute; 600 per hour"
# A whole office may type behind one address.
SUGGESTIONS = "40 per second; 1200 per minute"

log = structlog.get_logger()
limiter = Limiter(get_remote_address, default_limits=[], headers_enabled=False)


def add_limits(app: Flask, redis_url: str) -> None:
    """Connect the limiter. When Redis is away, limits are counted in this process until it is back."""
    app.config.setdefault("RATELIMIT_STORAGE_URI", redis_url or "memory://")
    app.config.setdefault("RATELIMIT_STRATEGY", "moving-window")
    app.config.setdefault("RATELIMIT_SWALLOW_ERRORS", True)
    if redis_url:
        app.config.setdefault("RATELIMIT_IN_MEMORY_FALLBACK_ENABLED", True)
    limiter.init_app(app)
    _look_only_where_there_are_limits(app)


def _look_only_where_there_are_limits(app: Flask) -> None:
    """Every limit is on a view, and its decorator counts by itself.

    The extension would look before each request whether a limit on everything exists, and after it whether headers
    are wanted, and clear away what it noted: a twentieth of a page.
    """
    app.before_request_funcs[None] = without(app.before_request_funcs[None], "flask_limiter")
    app.after_request_funcs[None] = without(app.after_request_funcs[None], "flask_limiter")
    app.teardown_request_funcs[None] = without(app.teardown_request_funcs[None], "flask_limiter")


def who() -> str:
    """Whom a limit counts: the account, or the address of somebody who is not signed in."""
    account_id = getattr(g.get("viewer"), "account_id", None)
    return f"member:{account_id}" if account_id is not None else get_remote_address()


limit_writing = limiter.shared_limit(WRITING, scope="writing", key_func=who, methods=["POST"])
"""The decorator of every form that writes."""


def typed_email() -> str:
    """The e-mail address in the form that is being sent, so that guessing one account's password is slowed down too."""
    return account_key(str(clean_text(request.form.get("email", "")[:320])))


def typed_here() -> str:
    """The same from this network address, so that nobody uses up what somebody else is allowed elsewhere."""
    return here(typed_email())


def here(account: str) -> str:
    """By what name the account is counted as far as it is typed on this network address."""
    return f"{account} from {get_remote_address()}"


def enough(limit: str, *names: str) -> bool:
    """Count one more of these. True when there were as many as the limit says; for what is left out without a word."""
    try:
        return limiter.enabled and not limiter.limiter.hit(parse(limit), *names)
    except Exception as error:  # Whatever Redis throws: what is not counted is not refused.
        log.warning("not counted", error=str(error))
        return False


def account_key(email: str) -> str:
    """By what name the account of an address is counted, whether there is one or not."""
    return "account:" + email.strip().lower()[:320]


def how_often(error: RateLimitExceeded) -> str:
    """The limit that was met, in words: “60 times a minute”, “10 times in 15 minutes”."""
    item = error.limit.limit
    time = in_time(item)
    return f"{item.amount} times {f'in {time}' if (item.multiples or 1) > 1 else time}"


def in_time(item: RateLimitItem) -> str:
    """The time of a limit in words: “an hour”, “15 minutes”."""
    unit, many = item.GRANULARITY.name, item.multiples or 1
    return f"{many} {unit}s" if many > 1 else ("an " if unit == "hour" else "a ") + unit


def wait_seconds() -> int:
    """How long until the limit lets somebody in again; at least a second."""
    now = int(time.time())
    # Never longer than the limit's own time: both ends are whole seconds, so that one may come out too many.
    met = [min(limit.reset_at - now, limit.limit.get_expiry()) for limit in limiter.current_limits if limit.breached]
    return max(1, *met, 0)
