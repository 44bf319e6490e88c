"""Closing an account, in one transaction: either all of it is done, or nothing is."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from network.accounts.models import Account
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.mail.message import queue_mail
from network.core.mail.withdrawing import withdraw_mails
from network.core.web.addresses import absolute
from network.groups.actions import depart
from network.groups.viewers import viewer_of
from network.leaving.actions import collections, flags, guides, naming, posts, traces
from network.leaving.choices import DELETE, MARKERS, NAME, Choices
from network.people.events import PersonLeft
from network.people.models import Person
from network.people.standing import LastAdministrator, is_last_administrator, lock_administrators


def close(*, account_id: int, choices: Choices, by_id: int | None) -> bool:
    """Close the account as chosen; False when it is closed already. Raises LastAdministrator and HeirGone.

    `by_id` is the person themselves; None when somebody who runs the service does it at their wish.
    """
    lock_administrators()
    account = db.session.get(Account, account_id, with_for_update=True, populate_existing=True)
    if account is None:
        return False
    if is_last_administrator(account):
        raise LastAdministrator
    at, email = now(), account.email
    person = db.session.scalars(select(Person).where(Person.account_id == account_id).with_for_update()).one()
    # For a suspended account the viewer is a visitor; what is closed is this person's all the same.
    viewer = replace(viewer_of(person.id), person_id=person.id, account_id=account_id)
    keeps_name = choices.credit == NAME
    if keeps_name:
        guides.keep_credit(person.id)
    guides.settle(viewer, choices)
    if choices.collections == DELETE:
        collections.take_all_away(viewer)
    depart(person_id=person.id, heirs=choices.facilitators)
    if choices.posts == MARKERS:
        posts.take_along(person.id, at)
        flags.take_along(viewer, at)
    naming.unname(person, traces.handles_of(person), keeps_name=keeps_name)
    traces.forget(person)
    traces.empty(person, person.name if keeps_name else None)
    db.session.delete(account)
    db.session.flush()
    guides.hand_on(person.id)
    withdraw_mails(email)
    queue_mail(email, "Your account is closed", "leaving/closed", join=absolute("/join"))
    record(
        "account.close",
        actor_id=by_id,
        subject="account",
        subject_id=account_id,
        posts=choices.posts,
        credit=choices.credit,
        collections=choices.collections,
    )
    publish(PersonLeft("person", person.id), urgent=True)
    return True
