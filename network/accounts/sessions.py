"""Sessions: who is signed in here, and what "this is a shared computer" means.

On a shared computer the cookie ends with the browser, ten idle minutes sign out, nothing is kept in the browser, and
the time is written to the cookie at most once a minute.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from flask import Flask, g, session
from flask_security.utils import login_user, logout_user

from network.accounts.models import Account

IDLE_SECONDS = 600
RENEW_AFTER = 60
ENDED = "ended"


@dataclass(frozen=True)
class SharedComputer:
    """Shown in the ribbon on every page while it is on."""

    minutes: int = IDLE_SECONDS // 60


def open_session(account: Account, *, shared: bool) -> None:
    """Sign the account in here. Any earlier session of this browser is dropped, so that it cannot be planted."""
    session.clear()
    login_user(account, remember=False)
    session.permanent = not shared
    if shared:
        session["shared"] = int(time.time())


def close_session() -> None:
    """Sign out here and forget everything in the cookie."""
    logout_user()
    session.clear()


def session_stamp() -> str | None:
    """The stamp that the Viewer's query looks for; None for visitors and for a shared computer left idle."""
    stamp: str | None = session.get("_user_id")
    return stamp if stamp and not _ran_out() else None


def add_sessions(app: Flask) -> None:
    """Templates get `shared_computer`; pages of a shared computer are not kept by the browser."""

    @app.context_processor
    def shared() -> dict[str, Any]:
        return {"shared_computer": SharedComputer() if g.get("keep_nothing_here") else None}


def _ran_out() -> bool:
    seen = session.get("shared")
    if seen is None:
        return False
    idle = time.time() - seen
    if idle > IDLE_SECONDS:
        session.clear()
        session[ENDED] = True
        return True
    if idle > RENEW_AFTER:
        session["shared"] = int(time.time())
    g.keep_nothing = g.keep_nothing_here = True
    return False
