"""The page that says what administrators and moderators find, and where."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import g, render_template

from network.admin.organisations.views import PLACE as ORGANISATIONS
from network.admin.topics.views import PLACE as TOPICS
from network.core.web.access import Access, administrators, moderators
from network.core.web.area import Area
from network.discovery.log.pages import PLACE as SEARCHES

PLACE = "/admin"


class Task(NamedTuple):
    """Something to look after."""

    title: str
    address: str
    text: str
    access: Access


TASKS = (
    Task("Topics", TOPICS, "The list that everything is filed under.", administrators),
    Task("Organisations", ORGANISATIONS, "Public bodies, and the email domains of their staff.", administrators),
    Task("Glossary", "/glossary", "Acronyms and other ways of saying things, so that search finds both.", moderators),
    Task("Failed searches", SEARCHES, "What people looked for and did not find.", moderators),
    Task("What people said about search", SEARCHES + "/feedback", "Whether results were useful.", moderators),
    Task("Pinned results", SEARCHES + "/pins", "What comes first for a search, or is left out, and why.", moderators),
    Task("Wanted", "/wanted", "What people wait for. You can hide an entry with a reason, or merge two.", moderators),
)

area = Area("administration", __name__)


@area.get(PLACE, access=moderators)
def overview() -> Any:
    """What this viewer may look after."""
    return render_template("admin/overview.html", tasks=[task for task in TASKS if task.access.allows(g.viewer)])
