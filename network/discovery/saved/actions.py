"""What people do with their saved searches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from network.core.clock import now
from network.core.db import db
from network.core.web.templating import zone
from network.discovery.saved.criteria import Criteria
from network.discovery.saved.models import DAILY, MOST, NONE, WEEKLY, KnownHit, SavedSearch, new_feed_secret
from network.discovery.saved.queries import kept_by
from network.people.models import Person
from network.subjects.rules import require
from network.subjects.viewer import Viewer

MORNING = 7
LAG = timedelta(minutes=5)  # The index follows within this, when all is well.
FULL = f"You can keep {MOST} saved searches. Delete one that you no longer need, then save this one."


def save(
    *,
    viewer: Viewer,
    name: str,
    criteria: Criteria,
    alerts: str = WEEKLY,
    known: Iterable[str] = (),
    broad: bool = False,
    topic_id: int | None = None,
) -> SavedSearch:
    """Keep a search. `known` and `broad` are what `known_at_first` gave. Raises NotAllowed beyond the limit."""
    require(viewer.person_id is not None, "Sign in to save a search.")
    assert viewer.person_id is not None
    one_by_one(viewer)
    require(kept_by(viewer.person_id) < MOST, FULL)
    row = SavedSearch(
        person_id=viewer.person_id,
        name=name,
        text=criteria.text,
        subject=criteria.subject,
        filters={name: list(values) for name, values in criteria.filters.items()},
        sort=criteria.sort,
        topic_id=topic_id,
        alerts=alerts,
        broad=broad,
        since=now() - LAG,
        next_at=next_morning(alerts, now()),
    )
    db.session.add(row)
    db.session.flush()
    remember(row.id, known)
    return row


def one_by_one(viewer: Viewer) -> None:
    """Have whatever else this person is saving wait, before looking at what they keep: a button pressed twice saves
    once. Until the end of the open transaction."""
    wait = select(Person.id).where(Person.id == viewer.person_id).with_for_update(key_share=True)
    db.session.execute(wait)


def change(*, viewer: Viewer, saved_id: int, name: str, alerts: str) -> None:
    """Another name, or other alerts. What happened while there were none is not told afterwards."""
    row = _own(viewer, saved_id)
    row.name = name
    if row.alerts != alerts:
        row.since = now() - LAG if row.alerts == NONE else row.since
        row.alerts, row.next_at = alerts, next_morning(alerts, now())


def forget(*, viewer: Viewer, saved_id: int) -> None:
    """Delete it; its alerts end and its feed is gone."""
    db.session.delete(_own(viewer, saved_id))


def new_feed(*, viewer: Viewer, saved_id: int) -> None:
    """Give its feed another address; the one before stops working."""
    _own(viewer, saved_id).feed_secret = new_feed_secret()


def new_feeds(account_id: int) -> bool:
    """Give the feed of each saved search of an account another address; tells whether there was one."""
    query = select(SavedSearch).join(Person, Person.id == SavedSearch.person_id).where(Person.account_id == account_id)
    kept = db.session.scalars(query.order_by(SavedSearch.id).with_for_update(of=SavedSearch)).all()
    for row in kept:
        row.feed_secret = new_feed_secret()
    return bool(kept)


def unfollow(*, viewer: Viewer, topic_id: int) -> None:
    """No longer follow a topic; nothing happens to those who do not."""
    db.session.execute(
        delete(SavedSearch).where(SavedSearch.topic_id == topic_id, SavedSearch.person_id == viewer.person_id)
    )


def stop(*, person_id: int, ids: Sequence[int]) -> None:
    """End the alerts of these searches of a person: what the link in a mail does."""
    db.session.execute(
        update(SavedSearch)
        .where(SavedSearch.person_id == person_id, SavedSearch.id.in_(list(ids)))
        .values(alerts=NONE, next_at=None)
    )


def remember(saved_id: int, keys: Iterable[str]) -> None:
    """Never tell of these (again)."""
    db.session.add_all(KnownHit(saved_search_id=saved_id, key=key) for key in dict.fromkeys(keys))


def next_morning(alerts: str, after: datetime) -> datetime | None:
    """When a daily one is due next (7am where the deployment lives), and a weekly one (on Monday)."""
    if alerts not in (DAILY, WEEKLY):
        return None
    there = after.astimezone(zone())
    morning = there.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    days = 0 if morning > there else 1
    if alerts == WEEKLY:
        days += -(there + timedelta(days=days)).weekday() % 7
    return (morning.replace(tzinfo=None) + timedelta(days=days)).replace(tzinfo=zone())


def named(viewer: Viewer, name: str) -> str:
    """The name, or with a number behind it when the viewer has one of that name."""
    taken = set(
        db.session.scalars(select(func.lower(SavedSearch.name)).where(SavedSearch.person_id == viewer.person_id))
    )
    options = [name, *(f"{name[:94]} ({number})" for number in range(2, MOST + 2))]
    return next(option for option in options if option.lower() not in taken)


def _own(viewer: Viewer, saved_id: int) -> SavedSearch:
    row = db.session.get(SavedSearch, saved_id, with_for_update=True, populate_existing=True)
    require(row is not None and row.person_id == viewer.person_id, "This saved search is not yours.")
    assert row is not None
    return row
