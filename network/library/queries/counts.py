"""The numbers beside the filters when some are in use: each field is counted by all filters but its own.

Two queries do for all fields. Kind, organisation and check state are counted together, in one pass that only
topics narrow, and summed up here; topics are counted in a second pass that everything else narrows. A field that
alone narrows the list has the numbers of the whole library, which are counted ahead.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, select

from network.core.db import db
from network.library.models import Guide, GuideTopic
from network.library.queries.lists import STATEMENTS_KEPT, Filters, conditions
from network.library.queries.tallies import Counts, tallies
from network.library.queries.visible import visible_to
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic

FIELDS = {"kind": "kinds", "topic": "topic_ids", "organisation": "organisation_ids", "check": "checks"}


def counts(viewer: Viewer, filters: Filters) -> Counts:
    """Numbers by facet ("kind", "topic", "organisation", "check") and value; "all" has the matches under ""."""
    if filters == Filters():
        return tallies(viewer)
    alone = _only_field(filters)
    found = _by_fields(viewer, filters, narrow=alone is not None)
    if alone != "topic":
        found["topic"] = _topics(viewer, filters)
    if alone is not None:  # Nothing else narrows the list, so nothing narrows this field's numbers.
        found[alone] = tallies(viewer).get(alone, {})
    return found


def _only_field(filters: Filters) -> str | None:
    """The facet that alone narrows the list, None when several do or something else does."""
    used = [name for name, field in FIELDS.items() if getattr(filters, field)]
    elsewhere = filters.group_id is not None or filters.person_id is not None or filters.used > 0
    return used[0] if len(used) == 1 and not elsewhere else None


@lru_cache(STATEMENTS_KEPT)
def _fields_query(group_ids: frozenset[int], filters: Filters) -> Select[*tuple[Any, ...]]:
    fields = (Guide.kind, Guide.organisation_id, Guide.check_state)
    visible = visible_to(Viewer(group_ids=group_ids))
    return select(*fields, func.count()).where(visible, *conditions(filters)).group_by(*fields)


def _by_fields(viewer: Viewer, filters: Filters, *, narrow: bool) -> Counts:
    """A guide that one field alone shuts out counts for that field; one that none shuts out counts for all.

    With `narrow` those shut out are not asked for at all.
    """
    wide = filters if narrow else replace(filters, kinds=(), organisation_ids=(), checks=())
    rows = db.session.execute(_fields_query(viewer.group_ids, wide))
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
    rows = db.session.execute(_topics_query(viewer.group_ids, replace(filters, topic_ids=())))
    return {str(topic_id): count for topic_id, count in rows}


@lru_cache(STATEMENTS_KEPT)
def _topics_query(group_ids: frozenset[int], filters: Filters) -> CompoundSelect[*tuple[Any, ...]]:
    first_level = func.coalesce(Topic.parent_id, Topic.id)
    joined = (
        select(GuideTopic.topic_id)
        .join(Guide, Guide.id == GuideTopic.guide_id)
        .join(Topic, Topic.id == GuideTopic.topic_id)
        .where(visible_to(Viewer(group_ids=group_ids)), *conditions(filters))
    )
    single = joined.with_only_columns(GuideTopic.topic_id, func.count()).where(Topic.parent_id.is_not(None))
    summed = joined.with_only_columns(first_level, func.count(GuideTopic.guide_id.distinct()))
    return single.group_by(GuideTopic.topic_id).union_all(summed.group_by(first_level))
