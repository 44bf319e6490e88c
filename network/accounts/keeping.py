"""What somebody sent after their session had ended is not lost: it waits for them behind the sign-in page. So does what
they had typed when a shared computer was about to sign them out, as far as a script could hand it over (idle.py).

It is bound to the account whose session it was, so the next person at a shared computer never sees it. The request
has passed the check of its form token by then, and nothing is kept for a session that was signed out of, so nobody else
can have planted it.

Where nothing is left of the session (signed out in another tab), the form token that is refused still names the account
that the page was made for, and cannot be forged. Whoever had that page open may leave something there for the account;
it is found only by the address that they are led to, shown whole, and sent by nobody but the account itself.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode

from flask import current_app, g, redirect, request
from flask_wtf.csrf import CSRFError
from sqlalchemy import delete, not_, or_, select
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from network.accounts.models import KeptForm
from network.accounts.sessions import may_still_keep, page_owner, session_owner
from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.core.transaction import transaction
from network.core.web.addresses import sign_in_address
from network.core.web.area import access_of
from network.core.web.errors import expired_form
from network.core.web.forms import typed_words
from network.core.web.signing import FORM_SECRET

KEPT_FOR = timedelta(days=1)
MOST = 10
BEGUN, EMPTY = "begun-", "empty-"
"""How the keys begin of what is kept while somebody writes (begun.py)."""


class Kept(NamedTuple):
    """A form as it was sent: pairs of name and value, and the names of files, which are not kept."""

    key: str
    path: str
    fields: list[tuple[str, str]]
    files: list[str]
    at: datetime


def keep_what_was_sent() -> Response | None:
    """Before a request: a form that only a signed-in person could send, from somebody whose session ended, is kept."""
    owner = session_owner()
    if request.method != "POST" or owner is None or g.viewer.signed_in:
        return None
    access = access_of(current_app).get(request.endpoint or "")
    if access is None or access.allows(g.viewer) or not sent_by_a_page() or not may_still_keep():
        return None
    key = keep_form(owner, request.full_path.rstrip("?"))
    return redirect(sign_in_address(f"/kept/{key}"), 303) if key else None


def keep_what_was_refused(error: CSRFError) -> Any:
    """Answers a form whose token is refused: what a member wrote before they signed out is kept for them alone."""
    access = access_of(current_app).get(request.endpoint or "")
    owner = page_owner(request.form.get(FORM_SECRET, ""), KEPT_FOR) if sent_by_a_page() else None
    asks_sign_in = access is not None and not access.allows(current_app.extensions["visitor"])
    if owner is None or not asks_sign_in or (g.viewer.signed_in and g.viewer.account_id != owner):
        return expired_form(error)
    key = keep_form(owner, request.full_path.rstrip("?"))
    if key is None:
        return expired_form(error)
    return redirect(f"/kept/{key}" if g.viewer.signed_in else sign_in_address(f"/kept/{key}"), 303)


def keep_form(account_id: int, path: str) -> str | None:
    """Keep what this request sends as something written for `path`. None when there is nothing that may be kept."""
    fields = typed_words()
    if not fields:
        return None
    return store(account_id, path, fields)


def fill_in_again() -> None:
    """Before a request: `?kept=…` opens a form with what was typed into it before, for the account it was kept for."""
    if request.method != "GET" or not g.viewer.signed_in or not (key := request.args.get("kept", "")):
        return
    kept = kept_form(key[:40], g.viewer.account_id)
    if kept is not None and kept.path.partition("?")[0] == request.path:
        g.typed_before, g.kept_at = MultiDict(kept.fields), kept.at


def address_again(kept: Kept) -> str:
    """Where writing can go on; empty for what was sent by a button that has no page of its own."""
    path, _, query = kept.path.partition("?")
    try:
        current_app.url_map.bind("").match(unquote(path), method="GET")
    except HTTPException:
        return ""
    others = [(name, value) for name, value in parse_qsl(query) if name != "kept"]
    return f"{path}?{urlencode([*others, ('kept', kept.key)])}"


def kept_form(key: str, account_id: int) -> Kept | None:
    """The form, for the account it was kept for and nobody else."""
    row = db.session.execute(
        select(KeptForm.key, KeptForm.path, KeptForm.fields, KeptForm.files, KeptForm.created_at).where(
            KeptForm.key == key, KeptForm.account_id == account_id, KeptForm.created_at > now() - KEPT_FOR
        )
    ).one_or_none()
    return Kept(row[0], row[1], [(name, value) for name, value in row[2]], list(row[3]), row[4]) if row else None


def forget_kept(key: str, account_id: int) -> None:
    """Throw a kept form away, in the open transaction."""
    db.session.execute(delete(KeptForm).where(KeptForm.key == key, KeptForm.account_id == account_id))


def forget_old_forms() -> None:
    """Scheduled: nothing is kept longer than a day."""
    with transaction() as session:
        session.execute(delete(KeptForm).where(KeptForm.created_at < now() - KEPT_FOR))


def sent_by_a_page() -> bool:
    """Not by a script in the background, which could show nothing and would keep a copy every minute."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def store(account_id: int, path: str, fields: list[tuple[str, str]], key: str = "") -> str:
    """Keep these fields for the account, under a key of chance or in place of what has this `key`; gives the key.

    Beyond the newest ten the oldest give way: of what is looked at while it is written, never what was sent too late.
    """
    looked_at = or_(KeptForm.key.startswith(BEGUN), KeptForm.key.startswith(EMPTY))
    alike = looked_at if key else not_(looked_at)
    key = key or secrets.token_urlsafe(24)
    files = [file.filename for file in request.files.values() if file.filename]
    with transaction() as session:
        session.execute(delete(KeptForm).where(KeptForm.key == key, KeptForm.account_id == account_id))
        older = (
            select(KeptForm.key)
            .where(KeptForm.account_id == account_id, alike)
            .order_by(KeptForm.created_at.desc())
            .offset(MOST - 1)
        )
        if surplus := session.scalars(older).all():
            session.execute(delete(KeptForm).where(KeptForm.key.in_(surplus)))
        add_once(KeptForm, key=key, account_id=account_id, path=path, fields=fields, files=files)
    return key
