"""Joining and confirming: how an account gets a face. Inside a transaction; nothing here commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, false, or_, select

from network.accounts import actions as accounts
from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.transaction import transaction
from network.organisations.queries import organisations_of_email
from network.people.events import OrganisationConfirmed, PersonJoined, ProfileChanged
from network.people.handles import free_handle
from network.people.models import Person
from network.people.seeking import sought_text
from network.policy.actions import accept_policy
from network.policy.queries import queue_for_policy

UNCONFIRMED_KEPT = timedelta(days=14)


class Recognised(NamedTuple):
    """How many people are confirmed staff of an organisation from now on, or of another, and how many of none."""

    now_staff: int = 0
    no_longer: int = 0


def join(*, name: str, email: str, job_title: str, password_hash: str, back: str = "") -> None:
    """Add an account and a profile that shows once the address is confirmed; a known address only gets a mail."""
    queue_for_policy()  # Two people joining at once must not be given one handle, nor one address twice.
    known = accounts.account_by_email(email)
    if known is not None and (known.confirmed_at is not None or not known.active):
        accounts.mail_already_joined(email)
        return
    if known is not None:  # Joined before, never confirmed. Confirming asks for the password, so this harms nobody.
        known.password = password_hash
        person = db.session.scalars(select(Person).where(Person.account_id == known.id)).one()
        person.name, person.job_title = name, job_title
        person.sought = sought_text(person)
    account = known or add_member(name=name, email=email, job_title=job_title, password_hash=password_hash)
    accounts.mail_confirmation(account, back=back)


def add_member(
    *,
    name: str,
    email: str,
    job_title: str,
    password_hash: str,
    role: str = "member",
    confirmed: bool = False,
    handle: str = "",
    at: datetime | None = None,
) -> Account:
    """A new account with its profile; the policy in force counts as accepted. `at` is when they joined."""
    made = at or now()
    account = accounts.add_account(email=email, password_hash=password_hash, role=role, confirmed=confirmed, at=made)
    person = Person(
        account_id=account.id,
        handle=handle or free_handle(name),
        name=name,
        job_title=job_title,
        created_at=made,
        updated_at=made,
    )
    person.sought = sought_text(person)
    db.session.add(person)
    db.session.flush()
    if policy := queue_for_policy():
        accept_policy(account.id, policy.id, at=made)
    if confirmed:
        _welcome(person, email)
    return account


def confirm(secret: str) -> Account:
    """Use up a confirmation link and show the profile. Raises LinkGone when the link no longer works."""
    return accounts.confirm(secret, person_id=None)


def recognise(account: Account) -> None:
    """An address was confirmed, whatever way: the profile can be seen, with the organisation of that address."""
    _welcome(person_of(account.id), account.email)


def recognise_anew(domains: Iterable[str]) -> Recognised:
    """Domains of organisations came or went: look again whose staff they are who have an address under these."""
    under = [Account.email.endswith(sign + domain, autoescape=True) for domain in domains for sign in ("@", ".")]
    rows = db.session.execute(
        select(Person, Account.email)
        .join(Account, Account.id == Person.account_id)
        .where(Account.confirmed_at.is_not(None), or_(false(), *under))
    ).all()
    known: dict[str, list[int]] = {}  # Asked once a domain: thousands may have the same.
    now_staff = no_longer = 0
    for person, email in rows:
        before = person.organisation_id
        domain = email.rpartition("@")[2]
        if domain not in known:
            known[domain] = _ids_of(email)
        _recognise(person, known[domain])
        if person.organisation_id != before:
            now_staff += person.organisation_id is not None
            no_longer += person.organisation_id is None
            person.revision += 1
            publish(ProfileChanged("person", person.id))
            note_organisation(person, before)
    return Recognised(now_staff, no_longer)


def forget_unconfirmed() -> None:
    """Scheduled: what was typed by people who never confirmed their address goes, and their handle is free again."""
    with transaction() as session:
        stale = select(Account.id).where(Account.confirmed_at.is_(None), Account.created_at < now() - UNCONFIRMED_KEPT)
        ids = session.scalars(stale).all()
        session.execute(delete(Person).where(Person.account_id.in_(ids)))
        session.execute(delete(Account).where(Account.id.in_(ids)))


def person_of(account_id: int) -> Person:
    """The profile of an account."""
    return db.session.scalars(select(Person).where(Person.account_id == account_id)).one()


def _welcome(person: Person, email: str) -> None:
    """Recognise the organisation. Where several share a domain the person chooses; one that is not theirs goes."""
    before = person.organisation_id
    _recognise(person, _ids_of(email))
    person.revision += 1
    publish(PersonJoined("person", person.id))
    note_organisation(person, before)


def note_organisation(person: Person, before: int | None) -> None:
    """Tell those who kept something of this person while they had no organisation."""
    if before is None and person.organisation_id is not None:
        publish(OrganisationConfirmed(person.id))


def _ids_of(email: str) -> list[int]:
    return [organisation_id for organisation_id, _ in organisations_of_email(email)]


def _recognise(person: Person, theirs: Sequence[int]) -> None:
    if person.organisation_id not in theirs:
        person.organisation_id = theirs[0] if len(theirs) == 1 else None
    person.organisation_confirmed = person.organisation_id is not None
