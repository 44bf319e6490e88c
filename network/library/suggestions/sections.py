"""What suggestions show on a guide's page."""

from __future__ import annotations

from flask import g

from network.library import rules
from network.library.queries.reading import GuidePage
from network.library.sections import Section


def link(page: GuidePage) -> Section | None:
    """“Suggest a change” under the title; visitors are led through sign-in and back. Whoever may edit edits."""
    if rules.may_check(g.viewer, page.standing):
        return None
    return Section("library/suggestions/sections/link.html", {"address": f"/library/{page.slug}"}, alone=True)


def waiting(page: GuidePage) -> Section | None:
    """Below the versions: how many wait, or where to read what became of earlier ones."""
    if not page.suggestion_count and not page.contributors:
        return None
    return _section("waiting", page)


def care(page: GuidePage) -> Section | None:
    """A reminder for those who can answer."""
    if not page.suggestion_count or not rules.may_check(g.viewer, page.standing):
        return None
    return _section("care", page)


def _section(name: str, page: GuidePage) -> Section:
    context = {"address": f"/library/{page.slug}", "count": page.suggestion_count}
    return Section(f"library/suggestions/sections/{name}.html", context)
