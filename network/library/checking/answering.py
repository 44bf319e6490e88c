"""Who is asked about a guide: those who act for its owner, and whoever comes next when there is nobody.

The first of these steps in which somebody is left decides:
  1. the owner; the facilitators of a group that owns it; for an organisation those who wrote it and work there,
  2. whoever wrote a person's or a group's guide,
  3. the facilitators of the group that it belongs to,
  4. the administrators, so that somebody knows.
Nobody is asked whose account does not stand, or who may not read the guide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy import ColumnElement, Select, exists, or_, select

from network.accounts.models import Account
from network.core.db import db
from network.groups.models import Membership
from network.groups.viewers import viewer_of
from network.library import rules
from network.library.models import Guide, GuideCoAuthor
from network.library.rules import Standing
from network.people.models import Person
from network.people.queries import stands
from network.subjects.viewer import Viewer


def asked_about(guide_id: int, standing: Standing) -> list[Viewer]:
    """As viewers, by id; empty when nobody is left who may read the guide."""
    return asked_about_each({guide_id: standing})[guide_id]


def asked_about_each(guides: Mapping[int, Standing]) -> dict[int, list[Viewer]]:
    """The same for several guides, with a few questions for all and one for each of the people."""
    owners = [standing.owner for standing in guides.values()]
    groups = {owner.id for owner in owners if owner.kind == "group"}
    groups |= {standing.group_id for standing in guides.values() if standing.group_id is not None}
    facilitators = _facilitators(groups)
    writers = _writers([guide_id for guide_id, standing in guides.items() if standing.owner.kind == "organisation"])
    viewer, administrators = cache(viewer_of), cache(_administrators)

    def steps(guide_id: int, standing: Standing) -> Iterator[Sequence[int]]:
        kind, owner_id = standing.owner
        if kind == "person":
            yield [owner_id]
        elif kind == "group":
            yield facilitators.get(owner_id, ())
        else:
            yield writers.get(guide_id, ())
        if kind != "organisation":
            yield sorted(standing.co_author_ids | ({standing.author_id} if standing.author_id is not None else set()))
        if standing.group_id is not None:
            yield facilitators.get(standing.group_id, ())
        yield administrators()

    def first(guide_id: int, standing: Standing) -> list[Viewer]:
        for people in steps(guide_id, standing):
            viewers = [viewer(person_id) for person_id in people]
            found = [viewer for viewer in viewers if viewer.signed_in and rules.may_read(viewer, standing)]
            if found:
                return found
        return []

    return {guide_id: first(guide_id, standing) for guide_id, standing in guides.items()}


def answered_for(guide_id: int) -> bool:
    """Does somebody who wrote this guide still work for the organisation that owns it?"""
    return bool(_writers([guide_id]))


def somebody_answers() -> ColumnElement[bool]:
    """As a condition on guides that organisations own: somebody who wrote it still works there."""
    return (
        exists()
        .where(
            Account.id == Person.account_id,
            stands(),
            Person.organisation_id == Guide.owner_organisation_id,
            _wrote(),
        )
        .correlate(Guide)
    )


def _administrators() -> Sequence[int]:
    query = select(Person.id).join(Account, Account.id == Person.account_id)
    return db.session.scalars(query.where(Account.role == "administrator", stands()).order_by(Person.id)).all()


def _facilitators(group_ids: Collection[int]) -> dict[int, list[int]]:
    if not group_ids:
        return {}
    query = select(Membership.group_id, Membership.person_id).where(
        Membership.group_id.in_(group_ids), Membership.role == "facilitator"
    )
    return _by_first(query.order_by(Membership.person_id))


def _writers(guide_ids: Collection[int]) -> dict[int, list[int]]:
    """Who wrote each of these guides, alone or with others, and works for the organisation that owns it."""
    if not guide_ids:
        return {}
    query = (
        select(Guide.id, Person.id)
        .join(Person, Person.organisation_id == Guide.owner_organisation_id)
        .join(Account, Account.id == Person.account_id)
        .where(Guide.id.in_(guide_ids), stands(), _wrote())
    )
    return _by_first(query.order_by(Person.id))


def _wrote() -> ColumnElement[bool]:
    helped = select(GuideCoAuthor.person_id).where(GuideCoAuthor.guide_id == Guide.id).correlate(Guide)
    return or_(Person.id == Guide.author_id, Person.id.in_(helped))


def _by_first(query: Select[int, int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for first, second in db.session.execute(query):
        found.setdefault(first, []).append(second)
    return found
