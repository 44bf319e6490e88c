"""The bytes of stored files: the one place that knows where they lie."""

from __future__ import annotations

from network.attachments.pictures import storage


def content_of(name: str) -> bytes | None:
    """What a stored file holds; None when it is gone. Files are small: ten megabytes at most. May raise StoreAway."""
    try:
        return storage().read(name)
    except ValueError:
        return None
