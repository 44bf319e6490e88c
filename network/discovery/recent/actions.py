"""Keeping, clearing and switching off recent searches."""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, g
from flask import after_this_request as afterwards
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from network.core.clock import now
from network.core.db import db
from network.core.once import add_once
from network.core.transaction import transaction
from network.discovery.recent.models import MOST, KeepsNoSearches, RecentSearch
from network.discovery.recent.queries import fold, here_shared
from network.subjects.viewer import Viewer

LONGEST = 500

log = structlog.get_logger()


def remember_afterwards(viewer: Viewer, text: str) -> None:
    """Keep this text once the page has been sent: nobody waits for it, and a search is not lost when it fails."""
    if not viewer.signed_in or here_shared() or not text.strip():
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    @afterwards
    def when_sent(response: Response) -> Response:
        if not g.get("failed"):
            response.call_on_close(lambda: _remember(app, viewer.person_id or 0, text))
        return response


def keep(person_id: int, text: str) -> None:
    """Put a text first, and drop what is older than the newest twenty. In the open transaction."""
    if db.session.get(KeepsNoSearches, person_id) is not None:
        return
    folded = fold(text)[:LONGEST]
    row = db.session.get(RecentSearch, (person_id, folded))
    if row is None:
        row = RecentSearch(person_id=person_id, folded=folded)
        db.session.add(row)
    row.text, row.at = " ".join(text.split())[:LONGEST], now()
    db.session.flush()
    mine = select(RecentSearch.folded).where(RecentSearch.person_id == person_id)
    surplus = db.session.scalars(mine.order_by(RecentSearch.at.desc()).offset(MOST)).all()
    if surplus:
        db.session.execute(
            delete(RecentSearch).where(RecentSearch.person_id == person_id, RecentSearch.folded.in_(surplus))
        )


def clear(person_id: int) -> None:
    """Forget all of them."""
    db.session.execute(delete(RecentSearch).where(RecentSearch.person_id == person_id))


def switch(person_id: int, *, on: bool) -> None:
    """Keep them from now on, or keep none; what was kept goes with the latter."""
    if on:
        db.session.execute(delete(KeepsNoSearches).where(KeepsNoSearches.person_id == person_id))
    else:
        clear(person_id)
        add_once(KeepsNoSearches, person_id=person_id)


def _remember(app: Flask, person_id: int, text: str) -> None:
    try:
        with app.app_context():
            newest = (
                select(RecentSearch.folded)
                .where(RecentSearch.person_id == person_id)
                .order_by(RecentSearch.at.desc())
                .limit(1)
            )
            # The next page of the same search is no new search.
            if db.session.scalar(newest) != fold(text)[:LONGEST]:
                with transaction():
                    keep(person_id, text)
    except SQLAlchemyError as error:
        log.warning("a recent search was not kept", error=type(error).__name__)
