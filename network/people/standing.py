"""Whether an account stands: suspending and reinstating it. Inside a transaction; nothing here commits."""

from __future__ import annotations

from sqlalchemy import select

from network.accounts.models import Account, new_stamp
from network.audit.actions import record
from network.core.db import db
from network.core.events import publish
from network.core.mail.withdrawing import withdraw_mails
from network.people.events import ProfileChanged
from network.people.models import Person

LAST_ADMINISTRATOR = "Nobody else is an administrator here. Somebody has to run the service."


class LastAdministrator(Exception):
    """Without this account nobody could run the service."""

    def __init__(self) -> None:
        super().__init__(LAST_ADMINISTRATOR)


def is_last_administrator(account: Account) -> bool:
    """Would the service be without an administrator if this account did not stand?"""
    others = select(Account.id).where(
        Account.role == "administrator",
        Account.id != account.id,
        Account.active.is_(True),
        Account.confirmed_at.is_not(None),
    )
    return account.role == "administrator" and db.session.scalar(others.limit(1)) is None


def lock_administrators() -> None:
    """Until the transaction ends no other administrator goes: where writers do not queue, the last two could both."""
    db.session.execute(
        select(Account.id).where(Account.role == "administrator").order_by(Account.id).with_for_update()
    ).all()


def suspend(account: Account, *, reason: str, person_id: int | None = None) -> None:
    """From the next request on the account is signed out everywhere, its profile is not shown, and no mail goes to it.

    What its owner wrote stays. Raises LastAdministrator.
    """
    lock_administrators()
    if is_last_administrator(account):
        raise LastAdministrator
    account.active = False
    account.fs_uniquifier = new_stamp()
    withdraw_mails(account.email)
    _turned(account, "account.suspend", person_id, reason=reason)


def reinstate(account: Account, *, person_id: int | None = None) -> None:
    """The account stands again, with all that it had; its owner signs in anew."""
    account.active = True
    _turned(account, "account.reinstate", person_id)


def _turned(account: Account, act: str, person_id: int | None, **detail: str) -> None:
    record(act, actor_id=person_id, subject="account", subject_id=account.id, **detail)
    person = db.session.scalars(select(Person).where(Person.account_id == account.id)).one()
    person.revision += 1
    publish(ProfileChanged("person", person.id), urgent=True)
