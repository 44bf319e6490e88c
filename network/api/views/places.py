"""Topics and organisations, each in one answer: there are hundreds at most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from network.api.addresses import list_address
from network.api.schemas.places import OrganisationListSchema, TopicListSchema
from network.api.views import area
from network.core.web.addresses import absolute
from network.library.queries.tallies import tallies
from network.organisations import queries
from network.subjects.viewer import VISITOR
from network.vocabulary.queries import all_topics


@area.read("/topics", gives=TopicListSchema)
def topics(_asked: Mapping[str, Any]) -> dict[str, Any]:
    """All topics, in the order of the network."""
    tree, counted = all_topics(), tallies(VISITOR).get("topic", {})
    slugs = {topic.id: topic.slug for topic in tree}
    return {
        "items": [
            {
                "slug": topic.slug,
                "name": topic.name,
                "about": topic.about,
                "parent": slugs.get(topic.parent_id or 0),
                "guides": counted.get(str(topic.id), 0),
                "address": absolute(f"/topics/{topic.slug}"),
                "list": list_address(topic=topic.slug),
            }
            for topic in tree
        ]
    }


@area.read("/organisations", gives=OrganisationListSchema)
def organisations(_asked: Mapping[str, Any]) -> dict[str, Any]:
    """All organisations, by name."""
    counted = tallies(VISITOR).get("organisation", {})
    return {
        "items": [
            {
                "slug": one.slug,
                "name": one.name,
                "kind": one.kind,
                "size": one.size,
                "people": one.people,
                "guides": counted.get(str(one.id), 0),
                "address": absolute(f"/organisations/{one.slug}"),
                "list": list_address(organisation=one.slug),
            }
            for one in queries.organisations()
        ]
    }
