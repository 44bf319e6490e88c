"""Reading the library. Home takes what it shows from the names here."""

from __future__ import annotations

from network.library.queries.drafts import my_drafts
from network.library.queries.lists import newest_guides

__all__ = ["my_drafts", "newest_guides"]
