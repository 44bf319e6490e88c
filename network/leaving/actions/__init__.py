"""What happens when an account is closed. All of it runs inside one transaction; nothing here commits."""

from __future__ import annotations

from network.leaving.actions.closing import close

__all__ = ["close"]
