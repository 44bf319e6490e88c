"""Limits on guessing passwords. Only wrong passwords count, and they are counted three times.

Tightly for one account from one network address, so that whoever guesses is stopped where they are while the owner
signs in elsewhere; widely for one account from everywhere, against guessing from many addresses; and for one network
address, against trying one password on many accounts. Who has just set a new password by mail is not held up by what
others on their network typed. See docs/decisions/0024-guessing-passwords.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from flask import Response, session
from flask_limiter import RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits import parse

from network.core.web.limits import SIGN_IN, account_key, here, in_time, limiter, typed_email, typed_here

FROM_HERE, FROM_ANYWHERE = "10 per 15 minutes", "100 per hour"
SCOPE = "wrong-passwords"
PROVED = "proved"
HERE, ANYWHERE, NETWORK = "account and network", "account", "network"

log = structlog.get_logger()


def limit_guessing(view: Callable[..., Any]) -> Callable[..., Any]:
    """The decorator of the form that asks for a password; it says `count_wrong_password` when one was wrong."""
    for limit, key, kind in (
        (FROM_HERE, typed_here, HERE),
        (FROM_ANYWHERE, typed_email, ANYWHERE),
        (SIGN_IN, get_remote_address, NETWORK),
    ):
        view = limiter.shared_limit(
            limit,
            scope=SCOPE,
            key_func=key,
            methods=["POST"],
            deduct_when=_only_looks,
            exempt_when=_is_proved if kind == NETWORK else None,
            error_message=kind,
        )(view)
    return view


def count_wrong_password() -> None:
    """The password of this request was wrong.

    The extension would count by itself after the request, but its look after every request is taken off.
    """
    for limit, names in limiter.context.conditional_deductions.items():
        try:
            limiter.limiter.hit(limit.limit, *names)
        except Exception as error:  # Whatever Redis throws: signing in works without it.
            log.warning("wrong password not counted", error=str(error))


def forget_wrong_passwords(email: str) -> None:
    """The owner of the address proved by a mail who they are: what was guessed before keeps them out no longer.

    Nor does what is guessed on their network, as long as this browser's session lasts.
    """
    session[PROVED] = account_key(email)
    if not limiter.enabled:
        return
    account = account_key(email)
    try:
        limiter.limiter.clear(parse(FROM_ANYWHERE), account, SCOPE)
        limiter.limiter.clear(parse(FROM_HERE), here(account), SCOPE)
    except Exception as error:  # Whatever Redis throws: signing in works without it.
        log.warning("wrong passwords not forgotten", error=str(error))


def guessed(error: RateLimitExceeded) -> dict[str, Any]:
    """What the page about a limit is told when the limit is one of these."""
    kind, item = error.limit.error_message, error.limit.limit
    if kind not in (HERE, ANYWHERE, NETWORK):
        return {}
    return {"guessed": kind, "wrong": item.amount, "within": in_time(item)}


def _only_looks(_response: Response) -> bool:
    """A limit that counts some requests only is not counted when it is looked at."""
    return False


def _is_proved() -> bool:
    return bool(session.get(PROVED)) and session[PROVED] == typed_email()
