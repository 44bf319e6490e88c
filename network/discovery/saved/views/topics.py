"""Following a topic: a saved search for all that is filed under it. The topic's page shows the button as a panel."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import say
from network.core.web.limits import limit_writing
from network.discovery.saved import actions
from network.discovery.saved.criteria import Criteria
from network.discovery.saved.news import known_at_first
from network.discovery.saved.queries import followed
from network.discovery.saved.views import area
from network.subjects.panels import Panel
from network.subjects.viewer import Viewer
from network.vocabulary.queries import TopicRow, topic_by_slug, topics_by_ids


@area.post("/topics/<slug>/follow", access=members)
@limit_writing
def follow(slug: str) -> Any:
    """Hear once a week what is new under a topic."""
    topic = _topic(slug)
    criteria = Criteria(topic=topic.slug)
    known, broad = known_at_first(criteria, g.viewer)
    with transaction():
        actions.one_by_one(g.viewer)
        if followed(g.viewer, topic.id) is None:
            name = actions.named(g.viewer, topic.name)
            actions.save(viewer=g.viewer, name=name, criteria=criteria, known=known, broad=broad, topic_id=topic.id)
    say(f"You follow {topic.name}. On Mondays we write to you what is new")
    return redirect(f"/topics/{topic.slug}", 303)


@area.post("/topics/<slug>/unfollow", access=members)
@limit_writing
def unfollow(slug: str) -> Any:
    """No longer."""
    topic = _topic(slug)
    with transaction():
        actions.unfollow(viewer=g.viewer, topic_id=topic.id)
    say(f"You no longer follow {topic.name}")
    return redirect(f"/topics/{topic.slug}", 303)


def button(viewer: Viewer, topic_id: int) -> Panel | None:
    """What the topic's page shows of it: a button, and for visitors a link that leads through sign-in and back."""
    topics = topics_by_ids([topic_id])
    if not topics:
        return None
    return Panel("discovery/saved/follow.html", {"topic": topics[0], "followed": followed(viewer, topic_id)})


def _topic(slug: str) -> TopicRow:
    found = topic_by_slug(slug)
    if found is None:
        abort(404)
    return found.topic
