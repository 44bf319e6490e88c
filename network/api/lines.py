"""Guides as lists of the interface have them: three queries for any number, a fourth when one is superseded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from network.api.addresses import guide_address
from network.core.db import db
from network.core.prepared import Prepared
from network.core.web.addresses import absolute
from network.library.content import licence_shown
from network.library.models import Guide, GuideTopic
from network.library.queries.lists import Filters, conditions, guides
from network.library.queries.owners import OWNER_NAME, with_owner
from network.library.queries.tallies import tallies
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import credited
from network.portability.parts import slug_of
from network.portability.reading import others_named
from network.portability.states import states
from network.subjects.viewer import VISITOR
from network.vocabulary.models import Topic

_Checker = aliased(Person)
_ROWS = (
    with_owner(
        select(
            *(Guide.id, Guide.uuid, Guide.slug, Guide.title, Guide.summary, Guide.kind, Guide.language, Guide.version),
            *(Guide.licence, Guide.licence_name, Guide.licence_address, Guide.published_at, Guide.updated_at),
            *(Guide.owner_person_id, Guide.owner_group_id, Guide.use_count, Guide.superseded_by_id),
            *(Guide.checked_at, Guide.check_due, Guide.flagged_at),
            OWNER_NAME.label("owner"),
            Organisation.name.label("organisation"),
            credited(_Checker).label("checked_by"),
        )
    )
    .outerjoin(_Checker, _Checker.id == Guide.checked_by)
    .where(Guide.id.in_(bindparam("ids", expanding=True)), visible_to(VISITOR))
)
_TOPICS = Prepared(
    select(GuideTopic.guide_id, Topic.slug, Topic.name)
    .join(Topic, Topic.id == GuideTopic.topic_id)
    .where(GuideTopic.guide_id.in_(bindparam("ids", expanding=True)))
    .order_by(Topic.name)
)


def page_of(filters: Filters, *, sort: str, limit: int, offset: int) -> tuple[list[dict[str, Any]], int]:
    """A page of the guides that everybody may read, and how many there are."""
    ids = [line.id for line in guides(VISITOR, filters, sort=sort, limit=limit, offset=offset)]
    found = lines(ids)
    return [found[guide_id] for guide_id in ids if guide_id in found], max(_total(filters), offset + len(ids))


def lines(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Those of these guides that everybody may read."""
    if not ids:
        return {}
    rows = db.session().connection().execute(_ROWS, {"ids": list(ids)}).all()
    topics: dict[int, list[dict[str, str]]] = defaultdict(list)
    for guide_id, slug, name in _TOPICS.rows(ids=list(ids)):
        topics[guide_id].append({"slug": slug, "name": name})
    successors = others_named({row.superseded_by_id for row in rows}, VISITOR)
    return {row.id: _line(row, topics[row.id], slug_of(successors.get(row.superseded_by_id))) for row in rows}


def licence(shown: Any, name: str = "") -> dict[str, str]:
    """A licence as answers name it; `shown` is a Licence, `name` what the list of licences calls it."""
    return {"id": name, "name": shown.name, "address": shown.address}


def _line(row: Any, topics: list[dict[str, str]], successor: str | None) -> dict[str, Any]:
    owner = "person" if row.owner_person_id is not None else "group" if row.owner_group_id else "organisation"
    return {
        "uuid": row.uuid,
        "self": guide_address(row.uuid),
        "address": absolute(f"/library/{row.slug}"),
        "title": row.title,
        "summary": row.summary,
        "kind": row.kind,
        "language": row.language,
        "version": row.version,
        "published": row.published_at,
        "updated": row.updated_at,
        "owner": {"kind": owner, "name": row.owner},
        "organisation": row.organisation,
        "topics": topics,
        "licence": licence(licence_shown(row.licence, row.licence_name, row.licence_address), row.licence),
        "trust": {**states(row, successor), "checked_by": row.checked_by if row.checked_at else ""},
    }


def _total(filters: Filters) -> int:
    """Without filters the number is counted ahead."""
    if filters == Filters():
        return tallies(VISITOR).get("all", {}).get("", 0)
    query = select(func.count()).select_from(Guide).where(visible_to(VISITOR), *conditions(filters))
    return db.session.scalar(query) or 0
