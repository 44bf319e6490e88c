"""What happens to people: joining and confirming. Inside a transaction; nothing here commits."""

from __future__ import annotations

from sqlalchemy import select

from network.accounts import actions as accounts
from network.accounts.models import Account
from network.accounts.tokens import confirmation_token
from network.core.db import db
from network.core.events import publish
from network.core.text.slugs import slugify
from network.organisations.queries import organisations_of_email
from network.people.events import PersonJoined
from network.people.models import FormerHandle, Person
from network.policy.actions import accept_policy
from network.policy.queries import policy_in_force

HANDLE_LENGTH = 50


def join(*, name: str, email: str, job_title: str, password_hash: str, back: str = "") -> None:
    """Add an account and a profile that shows once the address is confirmed; a known address only gets a mail."""
    known = accounts.account_by_email(email)
    if known is not None and known.confirmed_at is not None:
        accounts.mail_already_joined(email)
        return
    if known is not None:  # Joined before but never confirmed: whoever can read the mail decides, with the new words.
        known.password = password_hash
        db.session.execute(
            Person.__table__.update().where(Person.account_id == known.id).values(name=name, job_title=job_title)
        )
    account = known or add_member(name=name, email=email, job_title=job_title, password_hash=password_hash)
    accounts.mail_confirmation(account, name=name, token=confirmation_token(account), back=back)


def add_member(
    *, name: str, email: str, job_title: str, password_hash: str, role: str = "member", confirmed: bool = False
) -> Account:
    """A new account with its profile; the policy in force counts as accepted."""
    account = accounts.add_account(email=email, password_hash=password_hash, role=role, confirmed=confirmed)
    person = Person(account_id=account.id, handle=free_handle(name), name=name, job_title=job_title)
    db.session.add(person)
    db.session.flush()
    if policy := policy_in_force():
        accept_policy(account.id, policy.id)
    if confirmed:
        recognise(person, email)
        publish(PersonJoined("person", person.id))
    return account


def confirm(account_id: int) -> Person:
    """The address is theirs: recognise the organisation and show the profile. Twice changes nothing."""
    account = db.session.get_one(Account, account_id)
    person = db.session.scalars(select(Person).where(Person.account_id == account_id)).one()
    if account.confirmed_at is None:
        accounts.confirm(account_id, person_id=person.id)
        recognise(person, account.email)
        publish(PersonJoined("person", person.id))
    return person


def recognise(person: Person, email: str) -> None:
    """Set the organisation when the address names exactly one; where several share a domain the person chooses."""
    found = organisations_of_email(email)
    if len(found) == 1:
        person.organisation_id = found[0][0]
        person.organisation_confirmed = True


def free_handle(name: str) -> str:
    """A handle made of the name that nobody has or had: “ann-evans”, “ann-evans-2”."""
    base = slugify(name)[:HANDLE_LENGTH].strip("-")
    taken = set(db.session.scalars(select(Person.handle).where(Person.handle.startswith(base))))
    taken |= set(db.session.scalars(select(FormerHandle.handle).where(FormerHandle.handle.startswith(base))))
    number = 1
    while (handle := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return handle
