"""The bytes of stored files: the one place that knows where they lie."""

from __future__ import annotations

from typing import Any

from network.attachments.models import StoredFile
from network.attachments.pictures import storage


def ready() -> list[Any]:
    """Conditions on the files that may leave: none that waits for a look or was set apart, where that is kept."""
    state = getattr(StoredFile, "state", None)
    return [] if state is None else [state == "ready"]


def content_of(name: str) -> bytes | None:
    """What a stored file holds; None when it is gone. Files are small: ten megabytes at most. May raise StoreAway."""
    try:
        return storage().read(name)
    except ValueError:
        return None
