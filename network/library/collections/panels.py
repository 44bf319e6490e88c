"""Where collections show on other pages: a guide's, a topic's, a group's."""

from __future__ import annotations

from sqlalchemy import or_, select

from network.core.db import db
from network.library.collections.queries import of_group, of_topics
from network.library.linking.around import around
from network.library.queries.reading import GuidePage
from network.library.sections import Section
from network.subjects.panels import Panel
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic

MOST = 5
MOST_HELD = 10
EVERY = 1000


def of_guide(page: GuidePage) -> Section:
    """The collections that a guide is in, and the way into one."""
    context = {"held": tuple(around(page).collections[:MOST_HELD]), "collect": f"/library/{page.slug}/collect"}
    return Section("library/collections/on_guide.html", context, alone=True)


def on_topic(viewer: Viewer, topic_id: int) -> Panel | None:
    """Collections with guides of a topic or one under it."""
    ids = db.session.scalars(select(Topic.id).where(or_(Topic.id == topic_id, Topic.parent_id == topic_id))).all()
    heads = of_topics(ids, viewer, MOST)
    return Panel("library/collections/on_topic.html", {"collections": heads}) if heads else None


def on_group(viewer: Viewer, group_id: int) -> Panel | None:
    """Collections that a group keeps."""
    heads = of_group(group_id, viewer, MOST)
    return Panel("library/collections/on_group.html", {"collections": heads}) if heads else None


def of_closing(viewer: Viewer, group_id: int) -> Panel | None:
    """The collections that close with a group."""
    heads = of_group(group_id, viewer, EVERY)
    return Panel("library/collections/of_closing.html", {"collections": heads}) if heads else None
