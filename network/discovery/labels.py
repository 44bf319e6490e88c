"""Facet values in words: the index holds slugs, people read names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from network.core.db import db
from network.organisations.models import Organisation
from network.vocabulary.models import Topic

TITLES = {"kind": "Kind", "topic": "Topic", "organisation": "Organisation", "check": "Last checked"}
FIXED = {
    "guide": "Guide",
    "case-study": "Case study",
    "template": "Template",
    "research-report": "Research report",
    "policy": "Policy",
    "code-or-tool": "Code or tool",
    "discussion": "Discussion",
    "question": "Question",
    "announcement": "Announcement",
    "in-date": "Checked, in date",
    "due": "Check due",
    "overdue": "Check overdue",
    "unchecked": "Not checked yet",
    "superseded": "Superseded",
}


def labels(values: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Names for the values of each facet, in at most two queries; an unknown value keeps its own spelling."""
    topics = list(values.get("topic", ()))
    organisations = list(values.get("organisation", ()))
    named: dict[str, dict[str, str]] = {}
    if topics:
        rows = db.session.execute(select(Topic.slug, Topic.name).where(Topic.slug.in_(topics)))
        named["topic"] = {row.slug: row.name for row in rows}
    if organisations:
        found = db.session.execute(
            select(Organisation.slug, Organisation.name).where(Organisation.slug.in_(organisations))
        )
        named["organisation"] = {row.slug: row.name for row in found}
    return {
        facet: {value: named.get(facet, {}).get(value) or FIXED.get(value, value) for value in of}
        for facet, of in values.items()
    }
