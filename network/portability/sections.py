"""What a guide's page offers for taking it along."""

from __future__ import annotations

from network.library.queries.reading import GuidePage
from network.library.sections import Section


def take_along(page: GuidePage) -> Section:
    """The guide as a file, and for a pack."""
    return Section("portability/section.html", {"slug": page.slug})
