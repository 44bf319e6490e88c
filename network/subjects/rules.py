"""How an action refuses: one exception, answered 403 with a sentence that says why and who could."""

from __future__ import annotations


class NotAllowed(Exception):
    """The viewer may not do this. The message is shown to them."""


def require(allowed: bool, message: str = "You are not able to do this.") -> None:
    """Raise NotAllowed unless the rule held."""
    if not allowed:
        raise NotAllowed(message)
