"""Whether what a request was let in with still holds when it writes.

A request begins with its first line, and its body may take its time: meanwhile the account may have been closed or
suspended, the session ended, the person taken out of a group or out of a role.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, g, has_request_context, redirect, request, session
from sqlalchemy import Select, select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from network.accounts.keeping import keep_form, sent_by_a_page
from network.accounts.models import Account
from network.accounts.sessions import STAMP, forget_stamp, session_name
from network.core.db import db
from network.core.web.addresses import sign_in_address
from network.core.web.errors import error_page
from network.core.web.forms import say
from network.subjects.viewer import Viewer

NOT_KEPT = (
    "You are signed out, because the account was closed or suspended, its password was changed, or this session was "
    "ended elsewhere. What you sent was not saved"
)
CHANGED = "Your role, or your part in a group, changed while this was being sent. It was not saved yet"


class AccountGone(Exception):
    """The account or the session for which something was about to be written does not stand any more."""


class RightsChanged(Exception):
    """Who writes may do less now than when the request began."""


def require_standing() -> None:
    """As a write begins. Raises AccountGone or RightsChanged.

    Where writers do not queue, the row is held until the end, so that whoever closes or suspends the account waits,
    and finds all that was written. Two writers of one account wait for each other: both may change the account next.
    """
    before: Viewer | None = g.get("viewer")
    if before is None or before.account_id is None or not has_request_context():
        return
    if db.session.get_bind().dialect.name != "sqlite":
        db.session.execute(_standing(before.account_id).with_for_update(key_share=True))
    viewer: Viewer = current_app.extensions["load_viewer"](session.get(STAMP), session_name())
    if viewer.account_id != before.account_id:
        raise AccountGone
    if _may_less(viewer, before):
        g.viewer = viewer
        raise RightsChanged


def _may_less(viewer: Viewer, before: Viewer) -> bool:
    """What was gained meanwhile is no reason to refuse anything."""
    kept = before.group_ids <= viewer.group_ids and before.facilitated_ids <= viewer.facilitated_ids
    demoted = before.is_moderator > viewer.is_moderator or before.is_administrator > viewer.is_administrator
    return demoted or not kept


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


def to_what_was_sent(_error: RightsChanged) -> Any:
    """What a page sent waits for its writer, who sees what they may do now and can send it again."""
    key = keep_form(g.viewer.account_id, request.full_path.rstrip("?")) if sent_by_a_page() else None
    if key is None:
        return error_page(403, description=f"{CHANGED}. Try again.")
    say(CHANGED)
    return redirect(f"/kept/{key}", 303)


def _standing(account_id: int) -> Select[int]:
    return select(Account.id).where(
        Account.id == account_id, Account.active.is_(True), Account.confirmed_at.is_not(None)
    )
