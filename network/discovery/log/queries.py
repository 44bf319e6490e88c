"""Reading the log as moderators see it: sums over days, never a single search with its hour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, or_, select

from network.core.clock import now
from network.core.db import db
from network.core.web.pagination import Page, offset
from network.discovery.log.models import SearchFeedback, SearchLogRow

DAYS = timedelta(days=30)
PER_PAGE = 20
MOST_NEXT = 3
ENOUGH = 2
"""In how many sessions a text that did find something has to be searched for before it is shown."""


class FailedSearch(NamedTuple):
    """A text that found nothing that holds all its words: in how many sessions, and when last."""

    text: str
    times: int
    last: datetime
    then: tuple[tuple[str, int], ...] = ()
    useful: int = 0
    not_useful: int = 0


class Said(NamedTuple):
    """What somebody answered after a search."""

    text: str
    useful: bool | None
    said: str
    at: datetime


_FAILED = func.max(case((SearchLogRow.failed.is_(True), 1), else_=0))


def failed_searches(page: int, per_page: int = PER_PAGE) -> Page[FailedSearch]:
    """The texts that failed most often in the last 30 days, with what was searched for next and what people said."""
    since = now() - DAYS
    failing = (SearchLogRow.failed.is_(True), SearchLogRow.hour > since)
    times = func.count()
    rows = db.session.execute(
        select(SearchLogRow.text, times.label("times"), func.max(SearchLogRow.hour).label("last"))
        .where(*failing)
        .group_by(SearchLogRow.text)
        .order_by(times.desc(), SearchLogRow.text)
        .limit(per_page)
        .offset(offset(page, per_page))
    ).all()
    total = db.session.scalar(select(func.count(SearchLogRow.text.distinct())).where(*failing)) or 0
    texts = [row.text for row in rows]
    then, answers = _then(texts, since), _answers(texts, since)
    items = [
        FailedSearch(row.text, row.times, row.last, tuple(then.get(row.text, ())[:MOST_NEXT]), *answers[row.text])
        for row in rows
    ]
    return Page(items, page, per_page, total)


def feedback(page: int, per_page: int = PER_PAGE) -> Page[Said]:
    """What people said, newest day first; within a day by text, so that the order tells nothing finer."""
    rows = db.session.execute(
        select(SearchFeedback.text, SearchFeedback.useful, SearchFeedback.said, SearchFeedback.hour)
        .order_by(func.date(SearchFeedback.hour).desc(), SearchFeedback.text, SearchFeedback.id)
        .limit(per_page)
        .offset(offset(page, per_page))
    )
    total = db.session.scalar(select(func.count(SearchFeedback.id))) or 0
    return Page([Said(*row) for row in rows], page, per_page, total)


def _then(texts: Sequence[str], since: datetime) -> dict[str, list[tuple[str, int]]]:
    """What was searched for right after each of these: only what failed, or was searched for in enough sessions."""
    shown = (
        select(SearchLogRow.text)
        .where(SearchLogRow.hour > since)
        .group_by(SearchLogRow.text)
        .having(or_(func.count() >= ENOUGH, _FAILED == 1))
    )
    times = func.count()
    rows = db.session.execute(
        select(SearchLogRow.before, SearchLogRow.text, times)
        .where(SearchLogRow.before.in_(texts), SearchLogRow.hour > since, SearchLogRow.text.in_(shown))
        .group_by(SearchLogRow.before, SearchLogRow.text)
        .order_by(times.desc(), SearchLogRow.text)
    )
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for before, text, count in rows:
        found[before or ""].append((text, count))
    return found


def _answers(texts: Sequence[str], since: datetime) -> dict[str, tuple[int, int]]:
    """How often a search was called useful and not useful."""
    rows = db.session.execute(
        select(SearchFeedback.text, SearchFeedback.useful, func.count())
        .where(SearchFeedback.text.in_(texts), SearchFeedback.useful.is_not(None), SearchFeedback.hour > since)
        .group_by(SearchFeedback.text, SearchFeedback.useful)
    )
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for text, useful, count in rows:
        found[text][0 if useful else 1] = count
    return defaultdict(lambda: (0, 0), {text: (yes, no) for text, (yes, no) in found.items()})
