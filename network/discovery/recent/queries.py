"""Reading one's own recent searches. On a shared computer there are none."""

from __future__ import annotations

from flask import has_request_context
from sqlalchemy import select

from network.accounts.sessions import is_shared
from network.core.db import db
from network.discovery.recent.models import MOST, KeepsNoSearches, RecentSearch
from network.subjects.viewer import Viewer


def recent(viewer: Viewer, prefix: str = "", limit: int = MOST) -> list[str]:
    """What the viewer searched for lately, newest first, as far as it begins with `prefix`.

    Nothing for visitors, and nothing on a shared computer: the next person may look at the screen.
    """
    if not viewer.signed_in or here_shared():
        return []
    query = select(RecentSearch.text).where(RecentSearch.person_id == viewer.person_id)
    if begun := fold(prefix):
        query = query.where(RecentSearch.folded.startswith(begun, autoescape=True))
    return list(db.session.scalars(query.order_by(RecentSearch.at.desc()).limit(limit)))


def keeps(viewer: Viewer) -> bool:
    """Are the viewer's searches kept? A member's are, until they say otherwise."""
    if not viewer.signed_in:
        return False
    return db.session.get(KeepsNoSearches, viewer.person_id) is None


def here_shared() -> bool:
    """Is this request from a computer that its user said is shared?"""
    return has_request_context() and is_shared()


def fold(text: str) -> str:
    """The form by which the same text in other letters is told."""
    return " ".join(text.split()).casefold()
