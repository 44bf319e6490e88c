"""The newest guides of a list with their full text: what everybody may read, whoever asks.

A feed's address is kept by readers and their servers and passed on; nothing that was said in confidence belongs there.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.core.licences import Licence
from network.core.text.xml import clean
from network.core.web.addresses import absolute
from network.library.carried.models import CarriedGuide
from network.library.content import licence_shown
from network.library.models import KINDS, Guide, GuideCoAuthor, ImportSource
from network.library.queries.lists import Filters, conditions
from network.library.queries.owners import OWNER_NAME, with_owner
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import credited
from network.portability.links import outward_html, shut
from network.portability.parts import slug_of
from network.portability.reading import others_named
from network.portability.states import states
from network.subjects.viewer import VISITOR

ITEMS = 20


class Item(NamedTuple):
    """One guide of a feed."""

    uuid: str
    title: str
    address: str
    kind: str
    language: str
    summary: str
    html: str
    authors: tuple[str, ...]
    organisation: str
    licence: Licence
    source: str
    states: dict[str, Any]
    version: int
    published: datetime
    updated: datetime


def newest(filters: Filters) -> list[Item]:
    """At most twenty, published last first; four queries, and a fifth when one of them is superseded.

    The ids are found first, in the index, so that long texts of other guides are not read to be sorted away.
    """
    newest_first = (Guide.published_at.desc(), Guide.id.desc())
    found = select(Guide.id).where(visible_to(VISITOR), *conditions(filters)).order_by(*newest_first).limit(ITEMS)
    ids = list(db.session.scalars(found))
    if not ids:
        return []
    query = with_owner(
        select(
            *(Guide.id, Guide.uuid, Guide.slug, Guide.title, Guide.kind, Guide.language, Guide.summary, Guide.html),
            *(Guide.licence, Guide.licence_name, Guide.licence_address, Guide.version),
            *(Guide.published_at, Guide.updated_at, Guide.checked_at, Guide.check_due, Guide.flagged_at),
            *(Guide.use_count, Guide.superseded_by_id, CarriedGuide.facts),
            OWNER_NAME.label("owner"),
            Organisation.name.label("organisation"),
            ImportSource.name.label("source_name"),
            ImportSource.address.label("source_address"),
        )
    )
    query = query.outerjoin(ImportSource, ImportSource.id == Guide.source_id)
    query = query.outerjoin(CarriedGuide, CarriedGuide.guide_id == Guide.id)
    rows = db.session.execute(query.where(Guide.id.in_(ids)).order_by(*newest_first)).all()
    helped, successors = _co_authors(ids), others_named({row.superseded_by_id for row in rows}, VISITOR)
    closed = shut([row.html for row in rows], VISITOR)
    return [
        Item(
            uuid=str(row.uuid),
            title=clean(row.title),
            address=absolute(f"/library/{row.slug}"),
            kind=KINDS.get(row.kind, row.kind),
            language=row.language,
            summary=clean(row.summary),
            html=clean(outward_html(row.html, closed, absolute(f"/library/{row.slug}"))),
            authors=tuple(clean(name) for name in (*_first(row), *helped.get(row.id, ())) if name),
            organisation=clean(row.organisation or ""),
            licence=Licence(*map(clean, licence_shown(row.licence, row.licence_name, row.licence_address))),
            source=clean(row.source_name or "") if row.source_address else "",
            states=states(row, slug_of(successors.get(row.superseded_by_id))),
            version=row.version,
            published=row.published_at,
            updated=max(row.published_at, row.updated_at),
        )
        for row in rows
    ]


def _first(row: Any) -> list[str]:
    """Who wrote it where it came from; else its owner."""
    return [name for name, _ in (row.facts or {}).get("authors", ())] or [row.owner]


def _co_authors(ids: list[int]) -> dict[int, list[str]]:
    query = (
        select(GuideCoAuthor.guide_id, credited())
        .join(Person, Person.id == GuideCoAuthor.person_id)
        .join(Guide, Guide.id == GuideCoAuthor.guide_id)
        .where(GuideCoAuthor.guide_id.in_(ids), Guide.owner_person_id.is_distinct_from(GuideCoAuthor.person_id))
        .order_by(credited())
    )
    found: dict[int, list[str]] = {}
    for guide_id, name in db.session.execute(query):
        found.setdefault(guide_id, []).append(name)
    return found
