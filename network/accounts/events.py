"""What happens to accounts."""

from __future__ import annotations

from dataclasses import dataclass

from network.core.events import Event


@dataclass(frozen=True)
class RecoveryAsked(Event):
    """Somebody forgot the password of this address. Whether it is known is found out later, out of sight."""

    name = "account.recovery_asked"
    email: str


@dataclass(frozen=True)
class SignInRefused(Event):
    """Nobody was signed in; `right` when the password was the one of the address, which may not be confirmed yet.

    `back` is where they were going.
    """

    name = "account.sign_in_refused"
    email: str
    right: bool
    back: str
