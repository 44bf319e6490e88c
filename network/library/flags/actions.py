"""Saying that a guide is out of date, and answering that.

`Guide.flagged_at` and `check_state` follow: the oldest flag that waits for an answer decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, not_, select

from network.audit.actions import record
from network.core.clock import now
from network.core.db import db
from network.core.events import publish
from network.library.actions import rows
from network.library.checking.models import GuideCheck
from network.library.events import GUIDE, GuideFlagAnswered, GuideFlagged
from network.library.flags.models import MENDED, STILL_RIGHT, TAKEN_BACK, WITHDRAWN, GuideFlag
from network.library.models import Guide
from network.library.rules import may_answer_flag, may_flag
from network.subjects.rules import require
from network.subjects.viewer import Viewer

NO_SENTENCE = "Say in a sentence why the guide is still right."


class AlreadyFlagged(Exception):
    """This member has said something about the guide that still waits for an answer."""


class AlreadyAnswered(Exception):
    """Somebody else was quicker."""


class FlagsWait(Exception):
    """A guide cannot be found right while something that a reader says of it has no answer."""


class Answer(NamedTuple):
    """What is answered to a flag: that it is mended, or else why the guide is still right."""

    mended: bool
    text: str = ""


def flag(*, viewer: Viewer, guide_id: int, reason: str, at: datetime | None = None) -> GuideFlag:
    """A member says what is out of date. Raises AlreadyFlagged, NotAllowed."""
    guide = rows.guide_to_change(guide_id)
    require(may_flag(viewer, rows.standing(guide)), "Sign in to say that this guide is out of date.")
    if _open_flag(guide_id, viewer, from_check=False) is not None:
        raise AlreadyFlagged
    return _raise(guide, viewer, reason, at=at or now())


def mark_for_mending(guide: Guide, viewer: Viewer, reason: str, at: datetime) -> GuideFlag:
    """Whoever answers for the guide found in a check what is wrong; said again, the newer words count."""
    before = _open_flag(guide.id, viewer, from_check=True)
    if before is None:
        return _raise(guide, viewer, reason, at=at, from_check=True)
    before.reason = reason
    guide.revision += 1
    publish(GuideFlagged(GUIDE, guide.id, before.id))
    return before


def answer(*, viewer: Viewer, flag_id: int, mended: bool, text: str = "", at: datetime | None = None) -> GuideFlag:
    """The owner says that it is mended, or, with a sentence, that the guide is still right.

    It is no check: the dates stay. Raises AlreadyAnswered, NotAllowed.
    """
    guide, found = _locked(flag_id)
    require(may_answer_flag(viewer, rows.standing(guide)), "Only its owner and authors can answer this.")
    require(mended or bool(text), NO_SENTENCE)
    _close(guide, found, viewer, MENDED if mended else STILL_RIGHT, text, at or now())
    return found


def take_back(*, viewer: Viewer, flag_id: int, at: datetime | None = None) -> GuideFlag:
    """Who said it takes it back. Raises AlreadyAnswered, NotAllowed."""
    guide, found = _locked(flag_id)
    mine = viewer.signed_in and found.person_id == viewer.person_id
    require(mine and may_flag(viewer, rows.standing(guide)), "Only who said it can take it back.")
    _close(guide, found, viewer, TAKEN_BACK, "", at or now())
    return found


def take_back_of(guide: Guide, viewer: Viewer, at: datetime) -> None:
    """Whoever leaves takes back what they said of a guide, a locked row, and that waits for an answer of others."""
    for found in _open(guide.id, from_check=False):
        if found.person_id == viewer.person_id:
            _close(guide, found, viewer, TAKEN_BACK, "", at)


def answer_by_check(guide: Guide, viewer: Viewer, answers: Mapping[int, Answer], at: datetime) -> None:
    """A check finds the whole guide right, so nothing that was said of it stays open.

    What readers say has its answer in `answers`. What an earlier check found wrong is mended if there is a newer
    version since; without one the guide is right again as it was. Raises FlagsWait.
    """
    for found in _open(guide.id):
        if found.from_check:
            mended = _doubted_version(found) < guide.version
            _close(guide, found, viewer, MENDED if mended else STILL_RIGHT, "", at)
        elif (given := answers.get(found.id)) is None:
            raise FlagsWait
        else:
            require(given.mended or bool(given.text), NO_SENTENCE)
            _close(guide, found, viewer, MENDED if given.mended else STILL_RIGHT, given.text, at)


def close_withdrawn(guide: Guide, viewer: Viewer, reason: str, at: datetime) -> None:
    """The guide goes, and with it whatever was said of it."""
    for found in _open(guide.id):
        _close(guide, found, viewer, WITHDRAWN, reason, at)


def _raise(guide: Guide, viewer: Viewer, reason: str, *, at: datetime, from_check: bool = False) -> GuideFlag:
    found = GuideFlag(guide_id=guide.id, person_id=viewer.person_id, reason=reason, at=at, from_check=from_check)
    db.session.add(found)
    db.session.flush()
    _follow(guide)
    record("guide.flag", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, flag=found.id)
    publish(GuideFlagged(GUIDE, guide.id, found.id))
    return found


def _close(guide: Guide, found: GuideFlag, viewer: Viewer, how: str, text: str, at: datetime) -> None:
    found.answer, found.answer_text = how, text
    found.answered_by, found.answered_at = viewer.person_id, at
    db.session.flush()
    _follow(guide)
    record("guide.flag.answer", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id, flag=found.id, how=how)
    publish(GuideFlagAnswered(GUIDE, guide.id, found.id))


def _doubted_version(found: GuideFlag) -> int:
    """The version that whoever marked it had read when they last found something wrong."""
    doubts = select(func.max(GuideCheck.version)).where(
        GuideCheck.guide_id == found.guide_id,
        GuideCheck.person_id == found.person_id,
        not_(and_(GuideCheck.facts_right, GuideCheck.advice_right)),
    )
    return db.session.scalar(doubts) or 0


def _follow(guide: Guide) -> None:
    """Keep with the guide what lists, pages and the index ask first."""
    waiting = select(func.min(GuideFlag.at)).where(GuideFlag.guide_id == guide.id, GuideFlag.answer == "")
    guide.flagged_at = db.session.scalar(waiting)
    rows.set_check_state(guide)
    guide.revision += 1


def _locked(flag_id: int) -> tuple[Guide, GuideFlag]:
    """The guide first, so that all who change flags of one guide wait for one another."""
    guide_id = db.session.scalars(select(GuideFlag.guide_id).where(GuideFlag.id == flag_id)).one()
    guide = rows.guide_to_change(guide_id)
    found = db.session.get_one(GuideFlag, flag_id, populate_existing=True)
    if found.answer:
        raise AlreadyAnswered
    return guide, found


def _open(guide_id: int, *, from_check: bool | None = None) -> list[GuideFlag]:
    query = select(GuideFlag).where(GuideFlag.guide_id == guide_id, GuideFlag.answer == "").order_by(GuideFlag.id)
    if from_check is not None:
        query = query.where(GuideFlag.from_check.is_(from_check))
    return list(db.session.scalars(query))


def _open_flag(guide_id: int, viewer: Viewer, *, from_check: bool) -> GuideFlag | None:
    mine = (found for found in _open(guide_id, from_check=from_check) if found.person_id == viewer.person_id)
    return next(mine, None)
