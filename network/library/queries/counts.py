"""The numbers beside the filters when some are in use: each field is counted by all filters but its own.

Two queries do for all fields. Kind, organisation and check state are counted together, in one pass that
only topics narrow, and summed up here; topics are counted in a second pass that everything else narrows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from network.core.db import db
from network.library.models import Guide, GuideTopic
from network.library.queries.lists import Filters, conditions
from network.library.queries.tallies import Counts, tallies
from network.library.queries.visible import visible_to
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic


def counts(viewer: Viewer, filters: Filters) -> Counts:
    """Numbers by facet ("kind", "topic", "organisation", "check") and value; "all" has the matches under ""."""
    if filters == Filters():
        return tallies(viewer)
    narrowed = _by_fields(viewer, filters)
    if filters == Filters(topic_ids=filters.topic_ids):
        topics = tallies(viewer).get("topic", {})  # Nothing but topics narrows the list, and they do not narrow these.
    else:
        topics = _topics(viewer, filters)
    return {**narrowed, "topic": topics}


def _by_fields(viewer: Viewer, filters: Filters) -> Counts:
    """A guide that one field alone shuts out counts for that field; one that none shuts out counts for all."""
    fields = (Guide.kind, Guide.organisation_id, Guide.check_state)
    wide = replace(filters, kinds=(), organisation_ids=(), checks=())
    rows = db.session.execute(
        select(*fields, func.count()).where(visible_to(viewer), *conditions(wide)).group_by(*fields)
    )
    wanted: tuple[set[Any], ...] = (set(filters.kinds), set(filters.organisation_ids), set(filters.checks))
    active = [(number, values) for number, values in enumerate(wanted) if values]
    total = 0
    sums: tuple[dict[Any, int], dict[Any, int], dict[Any, int]] = ({}, {}, {})
    for row in rows:
        shut_out = [number for number, values in active if row[number] not in values]
        if len(shut_out) > 1:
            continue
        for number in shut_out or (0, 1, 2):
            value = row[number]
            sums[number][value] = sums[number].get(value, 0) + row[3]
        total += 0 if shut_out else row[3]
    kinds, organisations, checks = sums
    organisations.pop(None, None)
    by_organisation = {str(organisation_id): count for organisation_id, count in organisations.items()}
    return {"all": {"": total}, "kind": kinds, "organisation": by_organisation, "check": checks}


def _topics(viewer: Viewer, filters: Filters) -> dict[str, int]:
    """By topic; one of the first level counts what is filed under it or under one below it, each guide once."""
    narrowed = (visible_to(viewer), *conditions(filters, without="topic_ids"))
    first_level = func.coalesce(Topic.parent_id, Topic.id)
    joined = (
        select(GuideTopic.topic_id)
        .join(Guide, Guide.id == GuideTopic.guide_id)
        .join(Topic, Topic.id == GuideTopic.topic_id)
        .where(*narrowed)
    )
    single = joined.with_only_columns(GuideTopic.topic_id, func.count()).where(Topic.parent_id.is_not(None))
    summed = joined.with_only_columns(first_level, func.count(GuideTopic.guide_id.distinct()))
    rows = db.session.execute(single.group_by(GuideTopic.topic_id).union_all(summed.group_by(first_level)))
    return {str(topic_id): count for topic_id, count in rows}
