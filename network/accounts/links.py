"""Links in mails: random, for one purpose, used once, and only the newest of a purpose works.

A stateless signed token cannot be taken back when a newer one is asked for, so links are rows. The row dies with its
first use, with the next link of the same purpose, and with every change of the password or address.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, select

from network.accounts.models import Account, MailedLink
from network.core.clock import now
from network.core.db import db
from network.core.transaction import transaction

CONFIRM, RECOVER, EMAIL = "confirm", "recover", "email"
NEW = timedelta(minutes=10)
LASTS = {CONFIRM: timedelta(days=3), RECOVER: timedelta(hours=1), EMAIL: timedelta(hours=1)}


class LinkGone(Exception):
    """The link was used, replaced or too old by the time it was acted on."""


class Linked(NamedTuple):
    """What a link stands for. `new_email` is only set for the purpose EMAIL."""

    account_id: int
    email: str
    password: str
    new_email: str


def make_link(account_id: int, purpose: str, *, new_email: str = "") -> str:
    """A new secret for a mail, in the open transaction; earlier ones of the same purpose stop working."""
    secret = secrets.token_urlsafe(32)
    db.session.execute(delete(MailedLink).where(MailedLink.account_id == account_id, MailedLink.purpose == purpose))
    db.session.add(
        MailedLink(
            account_id=account_id,
            purpose=purpose,
            digest=_digest(secret),
            email=new_email,
            expires_at=now() + LASTS[purpose],
        )
    )
    return secret


def is_new(account_id: int, purpose: str) -> bool:
    """Was a link for this made a moment ago, so that its mail may still be on the way?"""
    made_since = MailedLink.expires_at > now() + LASTS[purpose] - NEW
    mine = (MailedLink.account_id == account_id, MailedLink.purpose == purpose)
    return db.session.scalar(select(MailedLink.account_id).where(*mine, made_since)) is not None


def read_link(secret: str, purpose: str) -> Linked | None:
    """Whose link it is; None when it is wrong, used, replaced or too old, or the account is closed. Uses nothing up."""
    row = db.session.execute(
        select(Account.id, Account.email, Account.password, MailedLink.email)
        .join(MailedLink, MailedLink.account_id == Account.id)
        .where(
            MailedLink.digest == _digest(secret),
            MailedLink.purpose == purpose,
            MailedLink.expires_at > now(),
            Account.active.is_(True),
        )
    ).one_or_none()
    return Linked(*row) if row else None


def use_link(secret: str, purpose: str) -> Linked:
    """Use the link up, in the open transaction. Raises LinkGone when somebody was faster."""
    linked = read_link(secret, purpose)
    if linked is None:
        raise LinkGone(purpose)
    db.session.execute(delete(MailedLink).where(MailedLink.digest == _digest(secret)))
    return linked


def end_links(account_id: int) -> None:
    """No link that was mailed for this account works any more."""
    db.session.execute(delete(MailedLink).where(MailedLink.account_id == account_id))


def forget_old_links() -> None:
    """Scheduled: drop links that are too old to work."""
    with transaction() as session:
        session.execute(delete(MailedLink).where(MailedLink.expires_at < now()))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
