"""What engines do with documents before they write them."""

from __future__ import annotations

from collections.abc import Sequence

from search.contract import Document


def latest_only(documents: Sequence[Document]) -> list[Document]:
    """The last document given for each key."""
    return list({document.key: document for document in documents}.values())
