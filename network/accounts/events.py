"""What happens to accounts."""

from __future__ import annotations

from dataclasses import dataclass

from network.core.events import Event


@dataclass(frozen=True)
class RecoveryAsked(Event):
    """Somebody forgot the password of this address. Whether it is known is found out later, out of sight."""

    name = "account.recovery_asked"
    email: str
