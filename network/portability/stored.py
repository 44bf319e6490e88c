"""The bytes of stored files and what those make of them: the one place that knows where they lie."""

from __future__ import annotations

from network.attachments.pictures import storage


def content_of(name: str) -> bytes | None:
    """What a stored file holds; None when it is gone. Files are small: ten megabytes at most. May raise StoreAway."""
    try:
        return storage().read(name)
    except ValueError:
        return None


def name_of(digest: str) -> str:
    """What a file is called in an archive: the same everywhere, by its bytes."""
    return digest[:16]
