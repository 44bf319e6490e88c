"""Signed words in an address: they prove that we made it, so that a link in a mail needs no sign-in.

Each kind of link has a name of its own, and what was signed for one is not read for another.
"""

from __future__ import annotations

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

LONGEST = 4000


def sign(kind: str, content: list[Any]) -> str:
    """The end of an address of this kind."""
    return str(_signer(kind).dumps(content))


def read_signed(kind: str, token: str) -> list[Any] | None:
    """What was signed; None for anything that we did not sign, or signed as something else."""
    try:
        content: list[Any] = _signer(kind).loads(token[:LONGEST])
    except BadSignature:
        return None
    return content


def _signer(kind: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=kind)
