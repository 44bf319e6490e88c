"""The glossary of the demo network, kept by its moderator."""

from __future__ import annotations

from collections.abc import Callable

from network.core.transaction import transaction
from network.demo import files
from network.groups.viewers import viewer_of
from network.vocabulary.glossary.actions import add_entry


def load_glossary(keeper: int, progress: Callable[[int], object]) -> None:
    """Add the entries, in one transaction."""
    viewer = viewer_of(keeper)
    with transaction():
        for row in files.rows("glossary"):
            add_entry(viewer=viewer, term=row["term"], ways=row["ways"], meaning=row["meaning"])
    progress(1)
