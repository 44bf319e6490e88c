"""The numbers beside the filters when some are in use: each field is counted by all filters but its own.

Two queries do for all fields. Kind, organisation and check state are counted together, in one pass that
only topics narrow, and summed up here; topics are counted in a second pass that everything else narrows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import func, select

from network.core.db import db
from network.library.models import Guide, GuideTopic
from network.library.queries.lists import Filters, conditions
from network.library.queries.tallies import Counts, tallies
from network.library.queries.visible import visible_to
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic


def counts(viewer: Viewer, filters: Filters) -> Counts:
    """Numbers by facet ("kind", "topic", "organisation", "check") and value; "all" has the number of
    matches under "".
    """
    if filters == Filters():
        return tallies(viewer)
    found: dict[str, Counter[str]] = {name: Counter() for name in ("all", "kind", "organisation", "check")}
    fields = (Guide.kind, Guide.organisation_id, Guide.check_state)
    wide = replace(filters, kinds=(), organisation_ids=(), checks=())
    rows = db.session.execute(
        select(*fields, func.count()).where(visible_to(viewer), *conditions(wide)).group_by(*fields)
    )
    fits_kind, fits_organisation, fits_check = _fits(filters)
    for kind, organisation_id, check, count in rows:
        in_kind, in_organisation, in_check = fits_kind(kind), fits_organisation(organisation_id), fits_check(check)
        if in_organisation and in_check:
            found["kind"][kind] += count
        if in_kind and in_check and organisation_id is not None:
            found["organisation"][str(organisation_id)] += count
        if in_kind and in_organisation:
            found["check"][check] += count
        if in_kind and in_organisation and in_check:
            found["all"][""] += count
    return {**found, "topic": _topics(viewer, filters)}


def _fits(
    filters: Filters,
) -> tuple[Callable[[str], bool], Callable[[int | None], bool], Callable[[str], bool]]:
    return (
        lambda kind: not filters.kinds or kind in filters.kinds,
        lambda organisation_id: not filters.organisation_ids or organisation_id in filters.organisation_ids,
        lambda check: not filters.checks or check in filters.checks,
    )


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
