"""What becomes of a group's guides when it closes.

Those that others use leave the group and stay public. The rest close with it. What stays public is answered for by
somebody whom readers can see: a guide that the group owned goes to its author, else to the author's organisation.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select

from network.accounts.models import Account
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.groups.models import Group
from network.library.actions import rows
from network.library.checking.actions import turn
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide
from network.library.rules import Owner
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import stands
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_public_group


class Goes(NamedTuple):
    """A published guide of a group that closes. `to` is who owns it from then on, when the group owned it."""

    slug: str
    title: str
    to: str


class Fates(NamedTuple):
    """By title: what closes with the group, what leaves it, and what it only owned."""

    closing: list[Goes]
    leaving: list[Goes]
    owned: list[Goes]


_GUIDES = (
    select(
        Guide.slug,
        Guide.title,
        Guide.use_count,
        Guide.group_id,
        Guide.owner_group_id,
        Guide.author_id,
        Account.id.label("stands"),
        Person.name.label("author"),
        Guide.organisation_id,
        Organisation.name.label("organisation"),
    )
    .outerjoin(Person, Person.id == Guide.author_id)
    .outerjoin(Account, and_(Account.id == Person.account_id, stands()))
    .outerjoin(Organisation, Organisation.id == Guide.organisation_id)
)


def fates(group_id: int, viewer: Viewer) -> Fates:
    """What would become of the guides that everybody can read so far, if the viewer closed their group."""
    found = Fates([], [], [])
    belongs, owned = Guide.group_id == group_id, Guide.owner_group_id == group_id
    public = _GUIDES.where(or_(belongs, owned), Guide.state == "published", in_public_group(Guide.group_id))
    for row in db.session.execute(public.order_by(Guide.sort_title, Guide.id)):
        to = _heir(row, viewer)[1] if row.owner_group_id == group_id else ""
        goes = Goes(row.slug, row.title, to)
        if row.group_id != group_id:
            found.owned.append(goes)
        elif row.use_count:
            found.leaving.append(goes)
        else:
            found.closing.append(goes._replace(to=""))
    return found


def keep_public(group_id: int, viewer: Viewer) -> None:
    """Take out of the group what others use, and give what it owned elsewhere to somebody else.

    In the transaction that closes it.
    """
    name = db.session.scalars(select(Group.name).where(Group.id == group_id)).one()
    used, elsewhere = _used_in(group_id), _owned_elsewhere(group_id)
    for guide in db.session.scalars(select(Guide).where(or_(used, elsewhere)).order_by(Guide.id).with_for_update()):
        if guide.group_id == group_id:
            guide.group_id = None
        if guide.owner_group_id == group_id:
            _hand_on(guide, name, viewer)
        guide.revision += 1
        if guide.state != "draft":
            publish(GuideChanged(GUIDE, guide.id))


def _hand_on(guide: Guide, group: str, viewer: Viewer) -> None:
    owner, name = _heir(db.session.execute(_GUIDES.where(Guide.id == guide.id)).one(), viewer)
    former = guide.owner_group_id
    rows.give(guide, owner)
    text = f"from {group} to {name}, because that group was closed"
    turn(guide.id, "taken-over", person_id=viewer.person_id, text=text, at=now())
    detail = {"group": former, "kind": owner.kind, "to": owner.id}
    record("guide.hand_on", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, **detail)


def _heir(row: Any, viewer: Viewer) -> tuple[Owner, str]:
    """Its author, else their organisation of the day; without either whoever closes the group answers for it."""
    if row.stands is not None:
        return Owner("person", row.author_id), row.author
    if row.organisation is not None:
        return Owner("organisation", row.organisation_id), row.organisation
    return Owner("person", viewer.person_id or 0), viewer.name


def _used_in(group_id: int) -> ColumnElement[bool]:
    return and_(Guide.group_id == group_id, Guide.state == "published", Guide.use_count > 0)


def _owned_elsewhere(group_id: int) -> ColumnElement[bool]:
    """Withdrawn ones and drafts as well: they may come out later."""
    return and_(Guide.owner_group_id == group_id, Guide.group_id.is_distinct_from(group_id))
