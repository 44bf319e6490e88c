"""What somebody began to write is kept while they look elsewhere, and offered to them when they come back to the page.

It lies beside what was sent too late (keeping.py): a day, for its account alone. There is one for each page that was
opened, known by the key of its form, so that newer words take the place of older ones and two questions that are
written side by side stay two. What was sent too late is never offered: it is found by its own address alone.

A button that shows the words again leads to them by an address too, so that Back, reload and links work.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from flask import g, request
from sqlalchemy import delete, select

from network.accounts.keeping import BEGUN, EMPTY, KEPT_FOR, address_again, kept_form, store
from network.accounts.models import KeptForm
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction
from network.core.web.forms import CreatingForm, Form, typed_words

OF_THE_PAGE = ("kept", "preview")
NO_WORDS = {"base", "group", "idempotency_key", "person", "sure", "version"}
"""What a form sends although nobody has written anything."""


class Begun(NamedTuple):
    """What waits for a page: its key, where to go on with it, and when it was kept."""

    key: str
    address: str
    at: datetime | None

    @property
    def state(self) -> str:
        """By which a script tells one state of it from another; empty for nothing."""
        return self.at.isoformat() if self.at else ""


def keep_begun(path: str, *, shown: bool = False, **instead: str) -> str:
    """Keep what this request sends as begun at `path`, with `instead` in place of what it says; the key of it.

    Where nothing was written there is no key and nothing to offer any more, unless what was chosen is to be `shown`.
    """
    left_out = {"preview", *instead}
    fields = [(name, value) for name, value in typed_words() if name not in left_out] + list(instead.items())
    account_id, path = g.viewer.account_id, plain(path)
    page = next((value for name, value in fields if name == "idempotency_key"), "")
    if any(value.strip() for name, value in fields if name not in NO_WORDS):
        return store(account_id, path, fields, _key(BEGUN, account_id, path, page))
    with transaction():
        forget_begun(path, page)
    return store(account_id, path, fields, _key(EMPTY, account_id, path, page)) if shown else ""


def show_again(path: str, *, looks: bool = True, **instead: str) -> str:
    """The address that shows what this request sends: laid out or with what is wrong in it, if it `looks_again`."""
    path, key = plain(path), keep_begun(path, shown=True, **instead)
    found = kept_form(key, g.viewer.account_id) if key else None
    address = address_again(found) if found else path
    if not looks:
        return address
    address = f"{address}{'&' if '?' in address else '?'}preview=1"
    return f"{address}#preview" if "preview" in request.form else address


def looks_again(form: Form) -> bool:
    """Whether the page is to lay out what was typed; what is wrong in it stands in the form by then."""
    if not brought_back() or "preview" not in request.args:
        return False
    form.validate()
    # It only shows what was sent with a token before.
    form["csrf_token"].errors = []
    return not form.errors


def brought_back() -> bool:
    """Whether this page was opened to go on with what was typed before."""
    return request.method != "POST" and g.get("typed_before") is not None


def begun_at(path: str) -> Begun:
    """What the viewer began at a page. It is not offered on a page that shows something kept already.

    Asks only for those of whom something is kept.
    """
    if brought_back():
        return Begun("", "", g.kept_at)
    if not g.viewer.has_kept:
        return Begun("", "", None)
    return newest_at(path)


def newest_at(path: str) -> Begun:
    """What the viewer began at a page, the newest."""
    query = (
        select(KeptForm.key, KeptForm.path)
        .where(
            KeptForm.account_id == g.viewer.account_id,
            KeptForm.key.startswith(BEGUN),
            KeptForm.created_at > now() - KEPT_FOR,
        )
        .order_by(KeptForm.created_at.desc())
    )
    wanted = path.partition("?")[0]
    key = next((key for key, at in db.session.execute(query) if at.partition("?")[0] == wanted), "")
    found = kept_form(key, g.viewer.account_id) if key else None
    return Begun(found.key, address_again(found), found.at) if found else Begun("", "", None)


def forget_begun(path: str, page: str | None = "") -> None:
    """In the open transaction: what was begun at `path`, on the page with this key, is sent or saved now."""
    account_id = g.viewer.account_id
    keys = (_key(BEGUN, account_id, path, page or ""), request.args.get("kept", "")[:40])
    db.session.execute(delete(KeptForm).where(KeptForm.key.in_(keys), KeptForm.account_id == account_id))


def forget_sent(path: str, form: Form) -> None:
    """The same for a form that is sent from its page."""
    forget_begun(path, form.idempotency_key.data if isinstance(form, CreatingForm) else "")


def plain(path: str) -> str:
    """An address without what only says how the page is shown."""
    at, _, query = path.partition("#")[0].partition("?")
    others = [(name, value) for name, value in parse_qsl(query) if name not in OF_THE_PAGE]
    return f"{at}?{urlencode(others)}" if others else at


def _key(kind: str, account_id: int, path: str, page: str) -> str:
    of = f"{account_id} {path.partition('?')[0]} {page}"
    return kind + hashlib.sha256(of.encode()).hexdigest()[:34]
