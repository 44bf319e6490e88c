"""What a guide's page shows of its checks: the way to all of them, and an offer where nobody answers for it."""

from __future__ import annotations

from flask import g

from network.library import rules
from network.library.checking.answering import answered_for
from network.library.queries.reading import GuidePage
from network.library.sections import Section


def record(page: GuidePage) -> Section:
    """The link to every check."""
    return Section("library/checking/link.html", {"address": f"/library/{page.slug}/checks"})


def alone(page: GuidePage) -> Section | None:
    """An offer to those who work for the organisation that owns the guide; nobody else costs a question."""
    may = rules.may_take_over(g.viewer, page.standing, answered_for=False)
    if not may or rules.writes(g.viewer, page.standing) or answered_for(page.id):
        return None
    return Section("library/checking/alone.html", {"address": f"/library/{page.slug}/take-over"})
