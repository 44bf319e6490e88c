"""Whether the account of a request still stands when it writes: it may have been closed or suspended since it began."""

from __future__ import annotations

from flask import current_app, g, redirect, request
from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from network.accounts.models import Account
from network.accounts.sessions import forget_stamp
from network.core.db import db
from network.core.web.addresses import sign_in_address
from network.core.web.forms import say

NOT_KEPT = "You are signed out, because the account was closed or suspended. What you sent was not saved"


class AccountGone(Exception):
    """The account for which something was about to be written does not stand any more."""


def require_standing() -> None:
    """As a write begins. Raises AccountGone.

    Where writers do not queue, the row is held until the end, so that whoever closes or suspends the account waits,
    and finds all that was written. Two writers of one account wait for each other: both may change the account next.
    """
    account_id = getattr(g.get("viewer"), "account_id", None)
    if account_id is not None and db.session.scalar(_standing(account_id).with_for_update(key_share=True)) is None:
        raise AccountGone


def explain_gone() -> Response | None:
    """Answers a fault that came of it: where each question sees what is stored now, rows may be gone between two."""
    account_id = getattr(g.get("viewer"), "account_id", None)
    try:
        gone = account_id is not None and db.session.scalar(_standing(account_id)) is None
    except SQLAlchemyError:
        return None
    return to_sign_in() if gone else None


def to_sign_in(_error: AccountGone | None = None) -> Response:
    """The answer that the next request would get as well."""
    g.viewer = current_app.extensions["visitor"]
    forget_stamp()
    say(NOT_KEPT)
    back = request.full_path.rstrip("?") if request.method == "GET" else request.referrer
    return redirect(sign_in_address(back), 303)


def _standing(account_id: int) -> Select[int]:
    return select(Account.id).where(
        Account.id == account_id, Account.active.is_(True), Account.confirmed_at.is_not(None)
    )
