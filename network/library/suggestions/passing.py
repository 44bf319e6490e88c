"""Whose turn it is to answer a suggestion, and how it goes on to others when nobody does."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from network.accounts.models import Account
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.groups.models import Membership
from network.groups.viewers import viewer_of
from network.library.actions import rows
from network.library.models import Guide
from network.library.rules import Standing
from network.library.suggestions.events import SuggestionPassedOn
from network.library.suggestions.models import OPEN, WITH_AUTHORS, WITH_GROUP, WITH_OWNER, Suggestion
from network.library.suggestions.rules import may_answer
from network.people.models import Person

PATIENCE = timedelta(days=14)


def pass_on(limit: int = 100) -> int:
    """Scheduled: suggestions that waited long enough go to the next who may answer; returns how many went."""
    ripe = (
        select(Suggestion.id, Suggestion.guide_id)
        .join(Guide, Guide.id == Suggestion.guide_id)
        .where(
            Suggestion.state == OPEN,
            Suggestion.stage < WITH_GROUP,
            Suggestion.passed_at <= now() - PATIENCE,
            Guide.state == "published",
        )
        .order_by(Suggestion.passed_at)
        .limit(limit)
    )
    found = db.session.execute(ripe).all()
    for suggestion_id, guide_id in found:
        standing = rows.standing(rows.guide_to_change(guide_id))
        suggestion = db.session.get_one(Suggestion, suggestion_id, populate_existing=True)
        if suggestion.state == OPEN:
            advance(suggestion, standing)
    return len(found)


def advance(suggestion: Suggestion, standing: Standing) -> None:
    """To the next stage at which there is anybody; the last one is the last whoever is there."""
    suggestion.stage += 1
    if suggestion.stage == WITH_AUTHORS and not turn_of(standing, WITH_AUTHORS):
        suggestion.stage = WITH_GROUP
    suggestion.passed_at = now()
    publish(SuggestionPassedOn(suggestion.id, suggestion.guide_id, suggestion.stage))


def turn_of(standing: Standing, stage: int) -> list[int]:
    """The people whose turn it is at a stage: members who are here and may answer."""
    if stage == WITH_OWNER:
        found = _owners(standing)
    elif stage == WITH_AUTHORS:
        others = {*standing.co_author_ids, *([standing.author_id] if standing.author_id is not None else [])}
        found = sorted(others - set(_owners(standing)))
    else:
        found = _able(_facilitators(standing.group_id), standing, stage) or _administrators()
    return _able(found, standing, stage)


def _able(people: list[int], standing: Standing, stage: int) -> list[int]:
    return [one for one in people if may_answer(viewer_of(one), standing, state=OPEN, stage=stage)]


def _owners(standing: Standing) -> list[int]:
    """The owner; for a group whoever facilitates it, for an organisation whoever wrote the guide for it."""
    kind, owner_id = standing.owner
    if kind == "group":
        return _facilitators(owner_id)
    owner = owner_id if kind == "person" else standing.author_id
    return [] if owner is None else [owner]


def _facilitators(group_id: int | None) -> list[int]:
    query = select(Membership.person_id).where(Membership.group_id == group_id, Membership.role == "facilitator")
    return list(db.session.scalars(query.order_by(Membership.person_id))) if group_id is not None else []


def _administrators() -> list[int]:
    query = select(Person.id).join(Account, Account.id == Person.account_id).where(Account.role == "administrator")
    return list(db.session.scalars(query.order_by(Person.id)))
