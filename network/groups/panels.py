"""What groups show on the pages of people and topics."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import or_, select

from network.core.db import db
from network.groups.lists import GroupRow, groups_of_person, groups_of_topics
from network.subjects.names import hue, initials
from network.subjects.panels import Panel, lend
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic


def lend_panels(app: Flask) -> None:
    """At “person.aside” the person's groups, at “topic.main” the groups about a topic."""
    lend(app, "person.aside", of_person)
    lend(app, "topic.main", of_topic)


def of_person(viewer: Viewer, person_id: int) -> Panel | None:
    """The groups of a person, as far as the viewer may know."""
    rows = groups_of_person(person_id, viewer)
    return Panel("groups/panels/of_person.html", {"groups": _shown(rows)}) if rows else None


def of_topic(viewer: Viewer, topic_id: int) -> Panel | None:
    """Groups about a topic or one under it."""
    ids = db.session.scalars(select(Topic.id).where(or_(Topic.id == topic_id, Topic.parent_id == topic_id))).all()
    rows = groups_of_topics(ids, viewer)
    return Panel("groups/panels/of_topic.html", {"groups": _shown(rows)}) if rows else None


def _shown(rows: list[GroupRow]) -> list[dict[str, Any]]:
    return [
        {
            "name": row.name,
            "address": row.address,
            "purpose": row.purpose,
            "initials": initials(row.name),
            "hue": hue(row.id),
            "closed": row.openness == "closed",
        }
        for row in rows
    ]
