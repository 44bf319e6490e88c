"""The link in an alert that stops it: signed, so that it needs no sign-in, and good for stopping only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

LONGEST = 2000


class Stop(NamedTuple):
    """Whose alerts end, and those of which saved searches."""

    person_id: int
    ids: list[int]


def stop_token(person_id: int, ids: Sequence[int]) -> str:
    """What the address ends with."""
    return str(_signer().dumps([person_id, list(ids)]))


def read_stop(token: str) -> Stop | None:
    """None for anything that we did not sign."""
    try:
        person_id, ids = _signer().loads(token[:LONGEST])
    except BadSignature:
        return None
    return Stop(int(person_id), [int(one) for one in ids])


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="saved-search-stop")
