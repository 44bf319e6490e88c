"""Addresses that come from outside, and links that go there: neither is ever taken on trust."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from flask import current_app, request

_HOST = re.compile(r"(?:https?:)?//([^/?#]*)", re.IGNORECASE)


def own_path(address: str) -> str | None:
    """The path of an address of this network, with or without its host; None for one elsewhere."""
    host = _HOST.match(address)
    if host is None:
        return address if address.startswith("/") else None
    ours = urlsplit(current_app.config["BASE_URL"]).netloc.lower()
    return address[host.end() :] if host[1].lower() == ours else None


def safe_next(target: str | None, default: str = "/") -> str:
    """The part of `target` that is a path on our own site, or the default.

    Browsers read `//host`, `/\\host` and control characters as ways off the site; anything odd is dropped.
    """
    if not target or len(target) > 2000 or any(ord(c) < 33 or c == "\\" for c in target):
        return default
    own = urlsplit(current_app.config["BASE_URL"])
    try:
        parts = urlsplit(target)
    except ValueError:  # What looks like an address and cannot be one, such as “http://[”.
        return default
    if (parts.scheme or parts.netloc) and (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        return default
    path = parts.path
    if not path.startswith("/") or path.startswith("//") or path.lower().startswith(("/%2f", "/%5c")):
        return default
    return path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def sign_in_address(back: str | None = None) -> str:
    """The sign-in page, which leads back to `back` afterwards."""
    target = safe_next(back, "")
    return f"/sign-in?next={quote(target)}" if target else "/sign-in"


def moved_code() -> int:
    """The status that leads on for ever from an old address; what was sent there is sent on, not lost."""
    return 301 if request.method in ("GET", "HEAD") else 308


def absolute(path: str) -> str:
    """A full address for mails and feeds, built from BASE_URL and never from the Host header."""
    return str(current_app.config["BASE_URL"]) + path
