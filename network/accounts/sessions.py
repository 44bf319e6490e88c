"""Sessions: who is signed in here, and what "this is a shared computer" means.

On a shared computer the cookie ends with the browser, ten idle minutes sign out (idle.py says so two minutes before),
nothing is kept in the browser, and the time is written to the cookie at most once a minute.

A session has a name of its own. Signing out writes the name down (EndedSession), and the Viewer's query looks there, so
that a copy of the cookie opens nothing either while other devices stay signed in.

A session that ran out leaves four things in its cookie: whose it was, so that what they send next can be kept for them,
the secret of the form tokens, so that a page opened before still proves that it came from here, its name, so that the
next form that is sent (looking writes nothing) ends every copy of the cookie, and a seal of the stamp, so that nothing
is kept for those who hold a cookie from before the password was changed.

The secret of the form tokens names the account. A token is signed, so that a page still tells for whom it was made when
nothing is left of its session.
"""

from __future__ import annotations

import secrets
import time
from datetime import timedelta
from hashlib import blake2b

from flask import current_app, g, request, session
from flask_security.utils import login_user, logout_user
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import delete, exists, select

from network.accounts.models import Account, EndedSession
from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.core.transaction import transaction
from network.core.web.fields import whole_number
from network.core.web.signing import FORM_SECRET, TOKEN_SALT

IDLE_SECONDS = 600
RENEW_AFTER = 60
# What a page does by itself is no sign that somebody is there.
UNATTENDED = {"accounts.idle", "accounts.keep"}
ENDED = "ended"
WHOSE = "account"
STAMP = "_user_id"
NAME = "session"
SEAL = "seal"
UNSAID = "unsaid"


def open_session(account: Account, *, shared: bool) -> None:
    """Sign the account in here. Any earlier session of this browser is dropped, so that it cannot be planted.

    Only the same person keeps the secret of the form tokens: a page they left open can then still be sent.
    """
    secret = session.get(FORM_SECRET) if session_owner() == account.id else None
    session.clear()
    login_user(account, remember=False)
    session[WHOSE], session[NAME], session[SEAL] = account.id, _new_name(), _seal(account.fs_uniquifier)
    session[FORM_SECRET] = secret or f"{account.id}.{_seal(account.fs_uniquifier)}.{secrets.token_hex(20)}"
    session.permanent = not shared
    if shared:
        session["shared"] = int(time.time())


def end_session() -> bool:
    """Have no copy of this session's cookie open anything again. In the open transaction, before close_session().

    False when it has no name, or was ended before.
    """
    name = session_name()
    return bool(name) and add_once(EndedSession, id=name)


def end_what_ran_out() -> None:
    """Before a request: the first form that is sent after a session ran out ends the copies of its cookie as well.

    What is left here gets another name, so that it is no copy; a copy keeps the name that is ended.
    """
    if request.method == "POST" and session.get(ENDED) == UNSAID and session_name():
        with transaction():
            first = end_session()
        if first:
            session[NAME], session[ENDED] = _new_name(), True


def may_still_keep() -> bool:
    """Whether what this session sends may be kept for its owner: not once they signed out of it, or changed their
    password, because then it may be anybody who holds a copy of the cookie."""
    ended = exists().where(EndedSession.id == session_name())
    stamp = db.session.scalar(select(Account.fs_uniquifier).where(Account.id == session_owner(), ~ended))
    return stamp is not None and session.get(SEAL) == _seal(stamp)


def page_owner(token: str, youngest: timedelta) -> int | None:
    """The account that a page was made for, by its form token; None when nobody can say, it is old, or the password was
    changed since."""
    signer = URLSafeTimedSerializer(current_app.secret_key or "", salt=TOKEN_SALT)
    try:
        number, seal, _ = str(signer.loads(token, max_age=int(youngest.total_seconds()))).split(".")
    except (BadData, ValueError):
        return None
    account_id = whole_number(number, 0)
    stamp = db.session.scalar(select(Account.fs_uniquifier).where(Account.id == account_id))
    return account_id if stamp is not None and seal == _seal(stamp) else None


def forget_ended_sessions() -> None:
    """Scheduled: names are kept until the last cookie that bears them has run out by itself."""
    lasts: timedelta = current_app.config["PERMANENT_SESSION_LIFETIME"] + timedelta(days=1)
    with transaction() as rows:
        rows.execute(delete(EndedSession).where(EndedSession.ended_at < now() - lasts))


def close_session() -> bool:
    """Sign out here and forget everything in the cookie. True when this was a shared computer."""
    shared = "shared" in session or ENDED in session
    logout_user()
    session.clear()
    return shared


def session_stamp() -> str | None:
    """The stamp that the Viewer's query looks for; None for visitors and for a shared computer left idle."""
    stamp: str | None = session.get(STAMP)
    return stamp if stamp and not _ran_out() else None


def session_name() -> str:
    """The name of the session; empty for visitors and for sessions from before there were names."""
    return str(session.get(NAME, ""))


def forget_stamp() -> None:
    """The stamp opens nothing any more: take it out, so that the cookie is not signed anew with it in it."""
    session.pop(STAMP, None)


def session_owner() -> int | None:
    """The account whose session this is or was, also after it ended; None when nobody has signed in here."""
    owner: int | None = session.get(WHOSE)
    return owner


def is_shared() -> bool:
    """Was this session opened on a shared computer?"""
    return "shared" in session


def ran_out() -> bool:
    """Did ten idle minutes end the session that was here?"""
    return ENDED in session


def ends_at() -> int | None:
    """When an idle session ends here, in seconds since 1970; None unless it was opened on a shared computer."""
    seen: int | None = session.get("shared")
    return None if seen is None else seen + IDLE_SECONDS


def renew() -> None:
    """Somebody is there: the ten minutes begin again."""
    if is_shared():
        session["shared"] = int(time.time())


def _ran_out() -> bool:
    seen = session.get("shared")
    if seen is None:
        return False
    idle = time.time() - seen
    if idle > IDLE_SECONDS:
        left = {name: session[name] for name in (WHOSE, FORM_SECRET, NAME, SEAL) if name in session}
        session.clear()
        session.update(left, **{ENDED: UNSAID})
        return True
    if idle > RENEW_AFTER and request.endpoint not in UNATTENDED:
        renew()
    g.keep_nothing = g.keep_nothing_here = True
    return False


def _new_name() -> str:
    return secrets.token_urlsafe(16)


def _seal(stamp: str) -> str:
    """Tells one stamp from another and opens nothing."""
    return blake2b(stamp.encode(), digest_size=16).hexdigest()
