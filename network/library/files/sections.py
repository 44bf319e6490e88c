"""What files show on their guide's page."""

from __future__ import annotations

from flask import g

from network.library.files.queries import files_of
from network.library.files.rules import may_change_files
from network.library.files.showing import file_item, shown_to
from network.library.queries.reading import GuidePage
from network.library.sections import Section

ANCHOR = "files"


def files(page: GuidePage) -> Section | None:
    """The files of a guide that has some."""
    if not page.file_count:
        return None
    may_change = may_change_files(g.viewer, page.standing)
    shown = [file_item(line) for line in shown_to(files_of(page.id), may_change=may_change)]
    if not shown:
        return None
    context = {
        "files": shown,
        "address": f"/library/{page.slug}/files",
        "versions": any(item["version"] > 1 for item in shown),
        "may_change": may_change,
    }
    return Section("library/files/section.html", context, anchor=ANCHOR, title="Files")


def care(page: GuidePage) -> Section | None:
    """The way to change them, for those who may."""
    if not may_change_files(g.viewer, page.standing):
        return None
    return Section("library/files/care.html", {"address": f"/library/{page.slug}/files", "count": page.file_count})
