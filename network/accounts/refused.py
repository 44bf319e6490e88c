"""What somebody wrote and may send no more is not lost: the group was closed meanwhile, they were taken out of it, what
they replied to was hidden.

The page that refuses shows their words, and they are kept for a day like those that were sent too late (keeping.py).
The same words that are refused again are kept once.
"""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from flask import g, request

from network.accounts.keeping import REFUSED, sent_by_a_page, store
from network.accounts.written import Row, written_and_chosen
from network.core.web.forms import typed_words


class Refused(NamedTuple):
    """What was written, and where it is kept."""

    written: list[Row]
    address: str


def keep_refused() -> Refused | None:
    """Keep what a member wrote into the form that is being refused; None when they wrote nothing.

    A form without a token of ours is nobody's writing. (An address that does not exist asks for none.)
    """
    viewer, fields = g.get("viewer"), typed_words()
    written, _ = written_and_chosen(fields)
    if not written or viewer is None or not viewer.signed_in or not g.get("csrf_valid") or not sent_by_a_page():
        return None
    path = request.full_path.rstrip("?")
    return Refused(written, f"/kept/{store(viewer.account_id, path, fields, _key(viewer.account_id, path, written))}")


def _key(account_id: int, path: str, written: list[Row]) -> str:
    return REFUSED + hashlib.sha256(json.dumps([account_id, path, written]).encode()).hexdigest()[:32]
