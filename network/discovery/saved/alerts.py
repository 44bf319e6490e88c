"""Alerts: who is told of what, when. At once after the index was fed, daily and weekly in the morning.

Searching is slow, so it is done before the transaction. In the transaction everything is looked at once more: that the
saved search is as it was, that its owner may still sign in and read what was found, and that it was not told before.
What is told, the mark that it was and the mail are kept together, so nothing is told twice and no mail is empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog
from sqlalchemy import select

from network.core import outbox
from network.core.clock import now
from network.core.db import db
from network.core.outbox import Message, backlog
from network.core.transaction import transaction
from network.discovery.documents import key as key_of
from network.discovery.documents import split
from network.discovery.hits.cards import cards_of
from network.discovery.saved.actions import next_morning, remember
from network.discovery.saved.models import AT_ONCE, DAILY, WEEKLY, SavedSearch
from network.discovery.saved.news import OVERLAP, known_of, news, require_whole
from network.discovery.saved.notices import Told, mail_news
from network.discovery.saved.queries import Saved, searches
from network.discovery.wanted.queries import told_of
from network.groups.viewers import viewer_of
from search.contract import EngineError

CONSUMER = "saved.alerts"
INDEX = "index"
LOOK = "saved.look"
GUIDE = "guide"
LATER = timedelta(seconds=10)
# While nothing is found at once, “since” is moved this seldom: not every look is a write.
MOVED_AFTER = timedelta(days=2)

log = structlog.get_logger()


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer: something changed, so whoever wants to hear at once may have news.

    While the index has not been fed what these messages tell of, it comes back to them later.
    """
    if _index_is_behind(messages):
        with transaction():
            outbox.add(CONSUMER, LOOK, {}, after=LATER)
        return
    at_once = searches(SavedSearch.alerts == AT_ONCE)
    if at_once:
        require_whole()
    for saved in at_once:
        _tell(saved.person_id, [saved])


def morning() -> None:
    """Scheduled: what is due of the daily and weekly ones, all of one person in one mail."""
    due = (SavedSearch.alerts.in_((DAILY, WEEKLY)), SavedSearch.next_at <= now())
    by_person: dict[int, list[Saved]] = defaultdict(list)
    for saved in searches(*due):
        by_person[saved.person_id].append(saved)
    if not by_person:
        return
    try:
        require_whole()
        for person_id, theirs in by_person.items():
            _tell(person_id, theirs)
    except EngineError as error:
        log.warning("alerts wait for the index", error=str(error))


def _tell(person_id: int, due: Sequence[Saved]) -> None:
    moment, viewer = now(), viewer_of(person_id)
    found = {saved.id: news(saved, viewer) for saved in due} if viewer.signed_in else {}
    at_once = all(saved.alerts == AT_ONCE for saved in due)
    if at_once and not any(found.values()) and all(saved.since > moment - MOVED_AFTER for saved in due):
        db.session.rollback()
        return
    with transaction():
        rows = _unchanged(due)
        told = _told(person_id, [saved for saved in due if saved.id in rows], found)
        for saved in due:
            if row := rows.get(saved.id):
                row.since = max(row.since, moment - OVERLAP)
                row.next_at = next_morning(row.alerts, moment)
        if told:
            mail_news(person_id, told)


def _unchanged(due: Sequence[Saved]) -> Mapping[int, SavedSearch]:
    """Those that nobody else has told, changed or deleted since they were read, locked."""
    by_id = {saved.id: saved for saved in due}
    rows = db.session.scalars(
        select(SavedSearch).where(SavedSearch.id.in_(by_id)).order_by(SavedSearch.id).with_for_update()
    )
    return {row.id: row for row in rows if (row.since, row.alerts) == (by_id[row.id].since, by_id[row.id].alerts)}


def _told(person_id: int, due: Sequence[Saved], found: Mapping[int, Sequence[str]]) -> list[Told]:
    """What their owner may read now and was not told before, marked as told."""
    viewer = viewer_of(person_id)
    if not viewer.signed_in:
        return []
    cards = cards_of([key for saved in due for key in found.get(saved.id, ())], viewer)
    from_board = _from_board(person_id, list(cards))
    told = []
    for saved in due:
        keys = [key for key in found.get(saved.id, ()) if key in cards]
        known = known_of(saved.id, keys)
        fresh = [key for key in keys if key not in known]
        remember(saved.id, fresh)
        if new := [key for key in fresh if key not in from_board]:
            told.append(Told(saved, [cards[key] for key in new]))
    return told


def _from_board(person_id: int, keys: Sequence[str]) -> set[str]:
    """Guides that the board of what is wanted has told them of: nobody is told twice."""
    ids = [row_id for subject, row_id in map(split, keys) if subject == GUIDE]
    return {key_of(GUIDE, guide_id) for guide_id in told_of(person_id, ids)} if ids else set()


def _index_is_behind(messages: Sequence[Message]) -> bool:
    """Does a row still wait for the index that is no younger than these messages?"""
    _, oldest = backlog(INDEX)
    db.session.rollback()
    return oldest is not None and oldest <= max(message.created_at for message in messages)
