"""Reading the library. Home takes what it shows from the names here."""

from __future__ import annotations

from network.library.queries.drafts import my_drafts
from network.library.queries.lists import checks_due, newest_guides

__all__ = ["checks_due", "my_drafts", "newest_guides"]
