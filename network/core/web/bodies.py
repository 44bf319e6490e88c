"""Routes that take larger requests than others: whoever uploads says how much, and everybody else stays small.

The limit must be known before anything reads the form, and the first to do so is the guard before every view.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, abort, current_app, g, request

MOST_FIELDS = 10_000
"""Of a form without files. Werkzeug counts the parts of others only, and makes every pair an object first."""


@dataclass(frozen=True)
class Body:
    """How many bytes and parts a request may have, and what to say of one that is larger."""

    most: int
    parts: int
    too_large: str


def allow_larger(app: Flask, endpoint: str, body: Body) -> None:
    """Let members send this much to the endpoint."""
    _bodies(app)[endpoint] = body


def set_limits() -> None:
    """Before every request: the limits of its route. Visitors have the usual ones everywhere."""
    if request.mimetype == "application/x-www-form-urlencoded":
        _count_fields()
    body = _bodies(current_app).get(request.endpoint or "") if request.method == "POST" else None
    if body is None or not g.viewer.signed_in:
        return
    request.max_content_length, request.max_form_parts = body.most, body.parts
    if (request.content_length or 0) > body.most:
        abort(413, description=body.too_large)


def _count_fields() -> None:
    if (request.content_length or 0) > current_app.config["MAX_FORM_MEMORY_SIZE"]:
        abort(413)
    if request.get_data().count(b"&") >= MOST_FIELDS:
        abort(413, description="This form has more fields than any of ours.")


def _bodies(app: Flask) -> dict[str, Body]:
    known: dict[str, Body] = app.extensions.setdefault("larger_bodies", {})
    return known
