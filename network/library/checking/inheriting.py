"""Guides whose owner has left are handed on to whoever inherits them.

An account that is gone has left, and so has, for a closed group's guide, whoever is no longer in that group. An
account that only does not stand any more may come back (a suspension ends), so its guides wait a while. A guide
without group and organisation goes to a co-author whose account stands; without one it stays, and administrators
are asked about it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, not_, or_, select

from network.accounts.models import Account
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.once import add_once
from network.core.transaction import transaction
from network.groups.models import Group, Membership
from network.groups.viewers import BELONGS
from network.library.actions import rows
from network.library.checking.actions import turn
from network.library.checking.heirs import heirs, hold_helper
from network.library.checking.models import AbsentOwner
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide
from network.people.models import Person
from network.people.queries import stands

WAITS = timedelta(days=30)
AT_A_TIME = 50


def inherit_from_absent() -> None:
    """Scheduled: note who is gone and who came back, and hand on what has waited long enough."""
    with transaction():
        _note_absent(now())
    after: int | None = 0
    while after is not None:
        with transaction():
            after = _hand_on(now(), after)


def inherit(guide_id: int, at: datetime) -> bool:
    """Hand a guide on to whoever inherits it, in the open transaction. False when there is nobody, or no need."""
    guide = rows.guide_to_change(guide_id)
    former = db.session.get(Person, guide.owner_person_id) if guide.owner_person_id is not None else None
    if former is None or not _gone(guide, former, at):
        return False
    found = heirs(Guide.id == guide.id, gone_id=former.id).get(guide.id)
    if found is not None and found[0].kind == "person":
        found = hold_helper(guide.id, former.id)
    if found is None:
        return False
    owner, name = found
    rows.give(guide, owner)
    guide.revision += 1
    # Who left is not named: whether they wish to be is for them to say when they leave.
    turn(guide.id, "inherited", person_id=None, text=f"to {name}", at=at)
    detail = {"former": former.id, "kind": owner.kind, "to": owner.id}
    record("guide.inherit", actor_id=None, subject=GUIDE, subject_id=guide.id, **detail)
    publish(GuideChanged(GUIDE, guide.id))
    return True


def _note_absent(moment: datetime) -> None:
    back = select(Person.id).join(Account, Account.id == Person.account_id).where(stands())
    db.session.execute(delete(AbsentOwner).where(AbsentOwner.person_id.in_(back)))
    known = exists().where(AbsentOwner.person_id == Person.id)
    for person_id in db.session.scalars(select(Person.id).where(_owns_something(), _absent(), not_(known))).all():
        add_once(AbsentOwner, person_id=person_id, since=moment)


def _hand_on(moment: datetime, after: int) -> int | None:
    """The next few guides by id; returns the last of them, None when there are no more."""
    gone = or_(Person.account_id.is_(None), AbsentOwner.since <= moment - WAITS, _shut_out())
    ids = db.session.scalars(
        select(Guide.id)
        .join(Person, Person.id == Guide.owner_person_id)
        .outerjoin(AbsentOwner, AbsentOwner.person_id == Person.id)
        .where(Guide.state != "draft", Guide.id > after, gone)
        .order_by(Guide.id)
        .limit(AT_A_TIME)
    ).all()
    for guide_id in ids:
        inherit(guide_id, moment)
    return ids[-1] if ids else None


def _gone(guide: Guide, person: Person, moment: datetime) -> bool:
    """Looked at once more: they may have come back since."""
    shut_out = select(exists().where(Guide.id == guide.id, _shut_out()))
    if person.account_id is None or db.session.scalar(shut_out):
        return True
    since = db.session.scalar(select(AbsentOwner.since).where(AbsentOwner.person_id == person.id))
    stands_again = select(exists().where(Account.id == person.account_id, stands()))
    return since is not None and since <= moment - WAITS and not db.session.scalar(stands_again)


def _shut_out() -> ColumnElement[bool]:
    """The guide is in a closed group that its owner does not belong to."""
    closed = exists().where(Group.id == Guide.group_id, Group.openness == "closed")
    belongs = exists().where(
        Membership.group_id == Guide.group_id,
        Membership.person_id == Guide.owner_person_id,
        Membership.role.in_(BELONGS),
    )
    return and_(Guide.owner_person_id.is_not(None), closed, not_(belongs))


def _owns_something() -> ColumnElement[bool]:
    return exists().where(Guide.owner_person_id == Person.id, Guide.state != "draft")


def _absent() -> ColumnElement[bool]:
    return not_(exists().where(and_(Account.id == Person.account_id, stands())))
