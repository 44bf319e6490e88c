"""What happens to an account. All of these run inside a transaction and commit nothing."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from sqlalchemy import select

from network.accounts.confirming import tell_confirmed
from network.accounts.events import RecoveryAsked, SignInRefused
from network.accounts.links import CONFIRM, EMAIL, RECOVER, LinkGone, end_links, is_new, make_link, use_link
from network.accounts.models import Account, new_stamp
from network.accounts.tokens import end_tokens
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.mail.message import queue_mail
from network.core.web.addresses import absolute


class Renewed(NamedTuple):
    """An account whose sessions, links and tokens ended, and whether its feeds have other addresses now."""

    account: Account
    feeds: bool


def add_account(
    *, email: str, password_hash: str, role: str = "member", confirmed: bool = False, at: datetime | None = None
) -> Account:
    """A new account; the address must be free and in lower case. `at` is when it was made, now unless given."""
    made = at or now()
    account = Account(
        email=email, password=password_hash, role=role, created_at=made, confirmed_at=made if confirmed else None
    )
    db.session.add(account)
    db.session.flush()
    return account


def mail_confirmation(account: Account, *, back: str) -> None:
    """Queue the mail with the link that confirms the address and leads on to `back`."""
    link = absolute(f"/confirm/{make_link(account.id, CONFIRM)}") + (f"?next={quote(back)}" if back else "")
    queue_mail(account.email, "Confirm your email address", "accounts/confirm", link=link)


def mail_already_joined(email: str) -> None:
    """Somebody joined with an address that has an account: its owner is told, the form says nothing.

    The owner of a suspended one hears nothing either, or anybody could have mail sent there.
    """
    known = account_by_email(email)
    if known is not None and not known.active:
        return
    queue_mail(
        email,
        "You already have an account",
        "accounts/already_joined",
        sign_in=absolute("/sign-in"),
        recover=absolute("/recover"),
    )


def refuse(email: str, *, right: bool, back: str) -> None:
    """Queue the look whether the address only has to be confirmed, for every refused sign-in alike."""
    publish(SignInRefused(email=email, right=right, back=back), urgent=True)


def mail_confirmation_again(email: str, *, back: str) -> None:
    """Queue the confirmation once more for somebody who knows the password, unless it went out a moment ago."""
    account = account_by_email(email)
    if account is not None and account.active and account.confirmed_at is None and not is_new(account.id, CONFIRM):
        mail_confirmation(account, back=back)


def confirm(secret: str, *, person_id: int | None) -> Account:
    """Use up a confirmation link: the address is its owner's. Raises LinkGone when the link no longer works."""
    account = db.session.get_one(Account, use_link(secret, CONFIRM).account_id)
    _confirmed(account, person_id)
    return account


def ask_recovery(email: str) -> None:
    """Queue the look-up, for known and unknown addresses alike."""
    publish(RecoveryAsked(email=email), urgent=True)


def mail_recovery(account: Account) -> None:
    """Queue the mail with the link that sets a new password."""
    link = absolute(f"/recover/{make_link(account.id, RECOVER)}")
    queue_mail(account.email, "Choose a new password", "accounts/recover", link=link)


def recover(secret: str, password_hash: str, *, person_id: int | None) -> Renewed:
    """Use up a recovery link: store a new password. Raises LinkGone. Reading the mail also confirms the address."""
    renewed = set_password(use_link(secret, RECOVER).account_id, password_hash, person_id=person_id)
    _confirmed(renewed.account, person_id)
    return renewed


def set_password(account_id: int, password_hash: str, *, person_id: int | None) -> Renewed:
    """Store a new password, end all sessions, links and tokens, and tell the address."""
    account = db.session.get_one(Account, account_id)
    account.password = password_hash
    feeds = _end_everything(account)
    record("account.password", actor_id=person_id, subject="account", subject_id=account.id)
    recover = absolute("/recover")
    queue_mail(account.email, "Your password was changed", "accounts/password_changed", recover=recover, feeds=feeds)
    return Renewed(account, feeds)


def ask_new_email(account: Account, new_email: str) -> None:
    """Queue a mail to a new address with the link that makes it the account's; a taken one is only told so."""
    if account_by_email(new_email) is not None:
        mail_already_joined(new_email)
        return
    link = absolute(f"/settings/email/{make_link(account.id, EMAIL, new_email=new_email)}")
    queue_mail(new_email, "Confirm your new email address", "accounts/change_email", link=link)


def change_email(secret: str, account_id: int, *, person_id: int) -> Renewed:
    """Use up the link: the new address signs in from now on, other sessions and tokens end, the old address is told.

    Raises LinkGone when the link is another's or no longer works, or the address has been taken since.
    """
    linked = use_link(secret, EMAIL)
    if linked.account_id != account_id or account_by_email(linked.new_email) is not None:
        raise LinkGone(EMAIL)
    account = db.session.get_one(Account, account_id)
    account.email = linked.new_email
    feeds = _end_everything(account)
    record("account.email", actor_id=person_id, subject="account", subject_id=account_id)
    queue_mail(linked.email, "Your email address was changed", "accounts/email_changed")
    tell_confirmed(account)
    return Renewed(account, feeds)


def end_sessions(account_id: int, *, person_id: int) -> Account:
    """Sign the account out everywhere."""
    account = db.session.get_one(Account, account_id)
    account.fs_uniquifier = new_stamp()
    record("account.end_sessions", actor_id=person_id, subject="account", subject_id=account_id)
    return account


def account_by_email(email: str) -> Account | None:
    """The account of an address; addresses are compared in lower case."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def account_by_id(account_id: int) -> Account:
    """The account of somebody who is signed in."""
    return db.session.scalars(select(Account).where(Account.id == account_id)).one()


def _end_everything(account: Account) -> bool:
    """Whatever leads into the account, or speaks for it, leads nowhere any more. Tells whether its feeds moved."""
    account.fs_uniquifier = new_stamp()
    end_links(account.id)
    return end_tokens(account.id)


def _confirmed(account: Account, person_id: int | None) -> None:
    if account.confirmed_at is None:
        account.confirmed_at = now()
        record("account.confirm", actor_id=person_id, subject="account", subject_id=account.id)
        tell_confirmed(account)
