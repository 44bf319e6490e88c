"""Who is asked about a guide: those who act for its owner, and whoever comes next when there is nobody.

The first of these steps in which somebody is left decides:
  1. the owner; the facilitators of a group that owns it; for an organisation those who wrote it and work there,
  2. whoever wrote a person's or a group's guide,
  3. the facilitators of the group that it belongs to,
  4. the administrators, so that somebody knows.
Nobody is asked whose account does not stand, or who may not read the guide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, exists, or_, select

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
    for people in _steps(guide_id, standing):
        viewers = [viewer_of(person_id) for person_id in people]
        found = [viewer for viewer in viewers if viewer.signed_in and rules.may_read(viewer, standing)]
        if found:
            return found
    return []


def answered_for(guide_id: int, organisation_id: int) -> bool:
    """Does somebody who wrote this guide still work for the organisation that owns it?"""
    return bool(_writers(guide_id, organisation_id))


def somebody_answers() -> ColumnElement[bool]:
    """As a condition on guides that organisations own: somebody who wrote it still works there."""
    helped = select(GuideCoAuthor.person_id).where(GuideCoAuthor.guide_id == Guide.id).correlate(Guide)
    return (
        exists()
        .where(
            Account.id == Person.account_id,
            stands(),
            Person.organisation_id == Guide.owner_organisation_id,
            or_(Person.id == Guide.author_id, Person.id.in_(helped)),
        )
        .correlate(Guide)
    )


def _steps(guide_id: int, standing: Standing) -> Iterator[Sequence[int]]:
    kind, owner_id = standing.owner
    if kind == "person":
        yield [owner_id]
    elif kind == "group":
        yield _facilitators(owner_id)
    else:
        yield _writers(guide_id, owner_id)
    if kind != "organisation":
        writers = standing.co_author_ids | ({standing.author_id} if standing.author_id is not None else set())
        yield sorted(writers)
    if standing.group_id is not None:
        yield _facilitators(standing.group_id)
    administrators = select(Person.id).join(Account, Account.id == Person.account_id)
    yield list(db.session.scalars(administrators.where(Account.role == "administrator", stands()).order_by(Person.id)))


def _facilitators(group_id: int) -> list[int]:
    query = select(Membership.person_id).where(Membership.group_id == group_id, Membership.role == "facilitator")
    return list(db.session.scalars(query.order_by(Membership.person_id)))


def _writers(guide_id: int, organisation_id: int) -> list[int]:
    """Who wrote the guide, alone or with others, and works for the organisation."""
    helped = select(GuideCoAuthor.person_id).where(GuideCoAuthor.guide_id == guide_id)
    wrote = select(Guide.author_id).where(Guide.id == guide_id)
    return list(
        db.session.scalars(
            select(Person.id)
            .join(Account, Account.id == Person.account_id)
            .where(
                stands(), Person.organisation_id == organisation_id, or_(Person.id.in_(helped), Person.id.in_(wrote))
            )
            .order_by(Person.id)
        )
    )
