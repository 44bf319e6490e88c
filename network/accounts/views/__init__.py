"""The pages of accounts. Nothing on them is kept by the browser."""

from __future__ import annotations

from flask import g

from network.core.web.area import Area

area = Area("accounts", __name__)


@area.before_request
def keep_nothing() -> None:
    """Account pages carry no-store."""
    g.keep_nothing = True


from network.accounts.views import addresses, idle, keeping, passwords, sessions, signing_in  # noqa: E402  (they register)

__all__ = ["addresses", "area", "idle", "keeping", "passwords", "sessions", "signing_in"]
