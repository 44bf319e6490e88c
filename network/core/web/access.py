"""Named access rules: who may call a route at all.

Every route states one (see area.py). What a viewer may do to a particular row is decided by the feature's own rules;
these answer only the coarse question that can be asked before anything is loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flask import Response, abort, current_app, g, redirect, request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as BaseResponse

from network.core.web.addresses import sign_in_address


class Visitor(Protocol):
    """As much of a viewer as the floor needs to know."""

    @property
    def signed_in(self) -> bool: ...
    @property
    def is_moderator(self) -> bool: ...
    @property
    def is_administrator(self) -> bool: ...


@dataclass(frozen=True)
class Access:
    """A rule with a name that the route table and the tests can show."""

    name: str
    allows: Callable[[Visitor], bool]


def _may_read(viewer: Visitor) -> bool:
    return viewer.signed_in or bool(current_app.config["OPEN_READING"])


everyone = Access("everyone", lambda viewer: True)
readers = Access("readers", _may_read)
members = Access("members", lambda viewer: viewer.signed_in)
moderators = Access("moderators", lambda viewer: viewer.is_moderator)
administrators = Access("administrators", lambda viewer: viewer.is_administrator)
development = Access("development", lambda viewer: bool(current_app.config["DEVELOPMENT"]))


class NotToSee(Forbidden):
    """Refuses reading. Every other 403 refuses a change to what one may well see; the error page tells them apart."""


def refuse(access: Access) -> Response | BaseResponse:
    """Send a visitor to sign in and back; tell a member that this is not for them."""
    if access is development:
        abort(404)
    if g.viewer.signed_in:
        raise NotToSee
    back = request.full_path.rstrip("?") if request.method == "GET" else request.referrer
    return redirect(sign_in_address(back), 303)
