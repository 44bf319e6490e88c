"""What links show on a guide's page: to its keepers that some lead nowhere, to readers what links here."""

from __future__ import annotations

from flask import g

from network.library import rules
from network.library.linking.around import around
from network.library.queries.reading import GuidePage
from network.library.sections import Section

PLACE = "what-links-here"


def broken(page: GuidePage) -> Section | None:
    """A note to those who may mend it."""
    if not page.broken_link_count or not rules.may_check(g.viewer, page.standing):
        return None
    return Section("library/linking/note.html", {"address": f"/library/{page.slug}/links"})


def report(page: GuidePage) -> Section | None:
    """The way to the report, among what its owner can do."""
    if not rules.may_check(g.viewer, page.standing):
        return None
    return Section("library/linking/care.html", {"address": f"/library/{page.slug}/links"})


def what_links_here(page: GuidePage) -> Section | None:
    """Guides, discussions and comments that link to this guide and that the viewer may read."""
    links = around(page).links
    return Section("library/linking/backlinks.html", {"links": links}, PLACE, "What links here") if links else None
