"""What happens when an account is closed. All of it runs inside one transaction; nothing here commits."""

from __future__ import annotations

from network.leaving.actions.closing import close
from network.leaving.actions.guides import HeirGone

__all__ = ["HeirGone", "close"]
