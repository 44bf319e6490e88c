"""What happens to an account. All of these run inside a transaction and commit nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from network.accounts.models import Account, new_stamp
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import Event, publish
from network.core.mail.message import queue_mail
from network.core.web.addresses import absolute


@dataclass(frozen=True)
class RecoveryAsked(Event):
    """Somebody forgot the password of this address. Whether it is known is found out later, out of sight."""

    name = "account.recovery_asked"
    email: str


def add_account(*, email: str, password_hash: str, role: str = "member", confirmed: bool = False) -> Account:
    """A new account; the address must be free and in lower case."""
    account = Account(email=email, password=password_hash, role=role, confirmed_at=now() if confirmed else None)
    db.session.add(account)
    db.session.flush()
    return account


def mail_confirmation(account: Account, *, name: str, token: str, back: str) -> None:
    """Queue the mail with the link that confirms the address."""
    link = absolute(f"/confirm/{token}") + (f"?next={back}" if back else "")
    queue_mail(account.email, "Confirm your email address", "accounts/confirm", name=name, link=link)


def mail_already_joined(email: str) -> None:
    """Somebody joined with an address that has an account: its owner is told, the form says nothing."""
    queue_mail(
        email,
        "You already have an account",
        "accounts/already_joined",
        sign_in=absolute("/sign-in"),
        recover=absolute("/recover"),
    )


def confirm(account_id: int, *, person_id: int | None) -> None:
    """The address is its owner's. Confirming twice changes nothing."""
    account = db.session.get_one(Account, account_id)
    if account.confirmed_at is None:
        account.confirmed_at = now()
        record("account.confirm", actor_id=person_id, subject="account", subject_id=account.id)


def ask_recovery(email: str) -> None:
    """Queue the look-up, for known and unknown addresses alike."""
    publish(RecoveryAsked(email=email), urgent=True)


def mail_recovery(email: str, token: str) -> None:
    """Queue the mail with the link that sets a new password."""
    queue_mail(email, "Choose a new password", "accounts/recover", link=absolute(f"/recover/{token}"))


def set_password(account_id: int, password_hash: str, *, person_id: int | None) -> Account:
    """Store a new password, end all sessions and links, and tell the address."""
    account = db.session.get_one(Account, account_id)
    account.password = password_hash
    account.fs_uniquifier = new_stamp()
    if account.confirmed_at is None:
        account.confirmed_at = now()
    record("account.password", actor_id=person_id, subject="account", subject_id=account.id)
    queue_mail(account.email, "Your password was changed", "accounts/password_changed", recover=absolute("/recover"))
    return account


def end_sessions(account_id: int) -> None:
    """Sign the account out everywhere."""
    db.session.get_one(Account, account_id).fs_uniquifier = new_stamp()


def account_by_email(email: str) -> Account | None:
    """The account of an address; addresses are compared in lower case."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))
