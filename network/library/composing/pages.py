"""What one open page has saved by itself.

A page that saves while somebody writes has to know two things when it comes again: that its first save has made a draft
already, and that the newer text it finds there is its own. The answer that told it so may have been lost on the line,
so the server remembers both, beside the idempotency keys and for as long.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.core.idempotency import IdempotencyKey
from network.core.web.fields import whole_number
from network.subjects.viewer import Viewer


class LastSave(NamedTuple):
    """Where the page's text lies, and the state of it that the page made: a revision, or a moment."""

    address: str
    state: str

    @property
    def draft_id(self) -> int:
        """The draft that the page saves into; 0 when it is the edit of a guide."""
        return whole_number(self.address.removeprefix("/drafts/"), 0)


def last_save(page: str, viewer: Viewer) -> LastSave | None:
    """What this page saved last; None for one that has saved nothing, and for somebody else's."""
    row = db.session.execute(
        select(IdempotencyKey.owner, IdempotencyKey.address).where(IdempotencyKey.key == _key(page))
    ).one_or_none()
    if not page or row is None or row.owner != str(viewer.person_id):
        return None
    address, _, state = row.address.partition("#")
    return LastSave(address, state)


def remember_save(page: str, viewer: Viewer, address: str, state: str) -> None:
    """In the open transaction: the page at `address` now has the text that this page sent."""
    known = last_save(page, viewer)
    if not page or (known is None and db.session.get(IdempotencyKey, _key(page)) is not None):
        return
    row = IdempotencyKey(key=_key(page), owner=str(viewer.person_id), body_hash="", address=f"{address}#{state}")
    db.session.merge(row)


def seen(page: str, viewer: Viewer, address: str, said: str) -> str:
    """The newest state that the page has seen: what it says itself, or what it saved there last."""
    known = last_save(page, viewer)
    if known is None or known.address != address:
        return said
    # Revisions are numbers of up to nine digits; moments sort as they are written.
    return max(said.strip(), known.state, key=lambda state: state.rjust(9, "0"))


def was_sent(page: str) -> bool:
    """Was the form of this page sent by a button already? What a script sends after that comes too late."""
    return bool(page) and db.session.get(IdempotencyKey, page) is not None


def _key(page: str) -> str:
    return f"page-{page}"[:64]
