"""What one open page has saved by itself.

A page that saves while somebody writes has to know two things when it comes again: that its first save has made a draft
already, and that the newer text it finds there is its own. The answer that told it so may have been lost on the line,
so the server remembers both, beside the idempotency keys and for as long. It remembers the turn of the save too: a page
that goes away sends its last one beside another that is still under way, and either may come first.
"""

from __future__ import annotations

from typing import NamedTuple

from flask import request
from sqlalchemy import select

from network.core.db import db
from network.core.idempotency import IdempotencyKey
from network.core.web.fields import whole_number
from network.subjects.viewer import Viewer


class Overtaken(Exception):
    """A newer text of the same page came before this one, which has nothing to add."""


class LastSave(NamedTuple):
    """Where the page's text lies, the state of it that the page made (a revision, or a moment), and the save's turn."""

    address: str
    state: str
    turn: int

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
    address, _, rest = row.address.partition("#")
    state, _, turn = rest.partition("#")
    return LastSave(address, state, _number(turn))


def remember_save(page: str, viewer: Viewer, address: str, state: str) -> None:
    """In the open transaction: the page at `address` now has the text that this page sent."""
    known = last_save(page, viewer)
    if not page or (known is None and db.session.get(IdempotencyKey, _key(page)) is not None):
        return
    saved = f"{address}#{state}#{max(_turn(), known.turn if known else 0)}"
    db.session.merge(IdempotencyKey(key=_key(page), owner=str(viewer.person_id), body_hash="", address=saved))


def require_turn(page: str, viewer: Viewer) -> None:
    """In the open transaction: raises Overtaken when the page has saved something newer. Buttons have no turn."""
    known = last_save(page, viewer)
    if known is not None and 0 < _turn() < known.turn:
        raise Overtaken


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


def _turn() -> int:
    """Rises with every save that the script of a page sends: milliseconds since 1970, or one more than before."""
    return _number(request.form.get("turn"))


def _number(text: str | None) -> int:
    return whole_number(text, 0, digits=15)


def _key(page: str) -> str:
    return f"page-{page}"[:64]
