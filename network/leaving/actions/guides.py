"""Guides and drafts of somebody who leaves: handed on, so that somebody answers for what stays."""

from __future__ import annotations

from sqlalchemy import and_, delete, or_, select

from network.attachments.actions import detach_all
from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.core.mail.message import queue_mail
from network.core.once import add_once
from network.core.web.addresses import absolute
from network.leaving.choices import HAND_OVER, WITHDRAW, Choices
from network.leaving.queries import written
from network.library.actions import rows
from network.library.actions.ending import withdraw
from network.library.checking.actions import turn
from network.library.checking.heirs import hold, hold_helper
from network.library.checking.inheriting import inherit
from network.library.events import GUIDE, GuideChanged
from network.library.models import Guide, GuideCoAuthor
from network.library.rules import Owner
from network.library.suggestions.models import DRAFT, Suggestion
from network.people.mailing import email_of
from network.subjects.viewer import Viewer

REASON = "Its owner has left, and nobody was there to look after it."


class HeirGone(Exception):
    """Whoever was to take guides over has left or is suspended meanwhile."""


def settle(viewer: Viewer, choices: Choices) -> None:
    """What the owner chose for guides that nobody inherits, while they still are the owner. Raises HeirGone."""
    handed: list[Guide] = []
    for guide_id, fate in sorted(choices.guides.items()):
        guide = rows.guide_to_change(guide_id)
        if guide.owner_person_id != viewer.person_id:
            continue
        if fate == WITHDRAW and guide.state == "published":
            withdraw(viewer=viewer, guide_id=guide_id, reason=REASON)
        elif fate == HAND_OVER and choices.heir_id is not None:
            _hand_over(guide, choices.heir_id)
            handed.append(guide)
    if handed and choices.heir_id is not None:
        _tell(choices.heir_id, handed)


def keep_credit(person_id: int) -> None:
    """The author's name stays on each guide among those who wrote it, whoever owns it from now on."""
    mine = select(Guide.id).where(
        Guide.owner_person_id == person_id, Guide.author_id == person_id, Guide.state != "draft"
    )
    for guide_id in db.session.scalars(mine.order_by(Guide.id)).all():
        add_once(GuideCoAuthor, guide_id=guide_id, person_id=person_id)


def hand_on(person_id: int) -> None:
    """Once the account is gone: guides go to whoever inherits them, drafts to those who help to write them."""
    owned = select(Guide.id).where(Guide.owner_person_id == person_id, Guide.state != "draft")
    for guide_id in db.session.scalars(owned.order_by(Guide.id)).all():
        inherit(guide_id, now())
    lent = and_(Guide.owner_person_id == person_id, Guide.state == "draft")
    drafts = select(Guide.id).where(or_(written(person_id), lent))
    for guide_id in db.session.scalars(drafts.order_by(Guide.id)).all():
        _pass_draft(rows.guide_to_change(guide_id), person_id)
    db.session.execute(
        delete(Suggestion)
        .where(Suggestion.author_id == person_id, Suggestion.state == DRAFT)
        .execution_options(synchronize_session=False)
    )


def _hand_over(guide: Guide, heir_id: int) -> None:
    name = hold(heir_id)
    if name is None:
        raise HeirGone
    former = guide.owner_person_id
    rows.give(guide, Owner("person", heir_id))
    guide.revision += 1
    turn(guide.id, "taken-over", person_id=None, text=f"to {name}", at=now())
    record("guide.hand_over", actor_id=former, subject=GUIDE, subject_id=guide.id, to=heir_id)
    publish(GuideChanged(GUIDE, guide.id))


def _tell(heir_id: int, handed: list[Guide]) -> None:
    """One mail, however many they are."""
    first, more = handed[0], len(handed) - 1
    queue_mail(
        email_of(heir_id),
        f"You look after “{first.title}” now" if not more else f"You look after {more + 1} guides now",
        "leaving/handed_over",
        guides=[{"title": guide.title, "address": absolute(f"/library/{guide.slug}")} for guide in handed],
    )


def _pass_draft(draft: Guide, person_id: int) -> None:
    """Nobody else has ever seen a draft without co-authors; it goes. One of another author was only owned: from a group
    that closed while they were suspended. It is theirs.
    """
    draft.revision += 1
    if draft.author_id not in (None, person_id):
        rows.give(draft, Owner("person", draft.author_id))
    elif heir := hold_helper(draft.id, person_id):
        draft.author_id = None
        if draft.owner_person_id == person_id:
            rows.give(draft, heir[0])
    else:
        _discard(draft, person_id)


def _discard(draft: Guide, person_id: int) -> None:
    record("guide.discard", actor_id=person_id, subject=GUIDE, subject_id=draft.id)
    detach_all(subject=GUIDE, subject_id=draft.id)
    db.session.delete(draft)
    db.session.flush()
