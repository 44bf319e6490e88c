"""What hangs together with a guide, gathered once for all sections of its page.

Collections, what links here and what else to read are three sections of three parts; asked one by one they would cost
a query or two each. A guide that nothing links to and beside which nothing was found costs none at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from flask import g
from sqlalchemy import Integer, bindparam, literal, select, union_all

from network.core.prepared import Prepared
from network.library.collections.events import COLLECTION
from network.library.collections.models import Collection, CollectionItem
from network.library.collections.queries import visible_to
from network.library.events import GUIDE
from network.library.linking.models import OwnLink
from network.library.linking.queries import named
from network.library.queries.lists import STATEMENTS_KEPT
from network.library.queries.reading import GuidePage
from network.subjects.registry import Named
from network.subjects.viewer import Viewer
from network.threads.addresses import post_address

MOST_SHOWN = 20
MOST_LOOKED_AT = 200
Key = tuple[str, int]


class Backlink(NamedTuple):
    """Something that links here: its title, where the link stands, what it is, and the rest as in Named."""

    title: str
    address: str
    kind: str
    tag: str = ""
    tag_tone: str = ""
    uses: int = 0


@dataclass(frozen=True)
class Around:
    """What the viewer may read of it. `collections` are titles and addresses; `readable` holds what `related` names."""

    links: list[Backlink] = field(default_factory=list)
    collections: list[tuple[str, str]] = field(default_factory=list)
    readable: Mapping[Key, Named] = field(default_factory=dict)


def around(page: GuidePage) -> Around:
    """For this page and this request."""
    kept: tuple[int, Around] | None = g.get("around_guide")
    if kept is None or kept[0] != page.id:
        kept = g.around_guide = (page.id, _gather(page, g.viewer))
    return kept[1]


def _gather(page: GuidePage, viewer: Viewer) -> Around:
    if not page.link_count and not page.related:
        return Around()
    links: dict[tuple[str, int, bool], int] = {}
    collections = []
    for source, row_id, place, title, slug in (
        _found(viewer.group_ids).rows(guide_id=page.id) if page.link_count else ()
    ):
        if source == COLLECTION:
            collections.append((title, f"/collections/{slug}"))
        elif (source, row_id) != (GUIDE, page.id):
            links[source, row_id, place > 0] = place
    related = {(name, row_id) for name, row_id, *_ in page.related}
    readable = _readable({(source, row_id) for source, row_id, _ in links} | related, viewer)
    return Around(_backlinks(links, readable), sorted(collections), readable)


def _readable(keys: Iterable[Key], viewer: Viewer) -> dict[Key, Named]:
    """Titles and addresses by one query for each subject."""
    by_subject: dict[str, set[int]] = {}
    for name, row_id in keys:
        by_subject.setdefault(name, set()).add(row_id)
    return {(name, row_id): row for name, ids in by_subject.items() for row_id, row in named(name, ids, viewer).items()}


def _backlinks(links: Mapping[tuple[str, int, bool], int], readable: Mapping[Key, Named]) -> list[Backlink]:
    """Each source once: guides first, then discussions, then comments."""
    found = []
    for (source, row_id, in_post), place in links.items():
        row = readable.get((source, row_id))
        if row is not None:
            comment = source == GUIDE and in_post
            address = post_address(row.address, place) if in_post else row.address
            if comment:
                link = Backlink(row.title, address, "Comment on a guide")
            else:
                link = Backlink(row.title, address, row.kicker, row.tag, row.tag_tone, row.uses or 0)
            found.append(((source != GUIDE) + 2 * comment, link))
    return [link for _, link in sorted(found)][:MOST_SHOWN]


@lru_cache(STATEMENTS_KEPT)
def _found(group_ids: frozenset[int]) -> Prepared:
    """The texts that link to a guide, whoever may read them, and the collections it is in that the viewer may read."""
    guide_id = bindparam("guide_id", type_=Integer)
    texts = (
        select(OwnLink.source, OwnLink.source_id, OwnLink.place, literal("").label("title"), literal("").label("slug"))
        .where(OwnLink.subject == GUIDE, OwnLink.row_id == guide_id)
        .order_by(OwnLink.id.desc())
        .limit(MOST_LOOKED_AT)
        .subquery()
    )
    lists = (
        select(literal(COLLECTION), Collection.id, literal(0), Collection.title, Collection.slug)
        .join(CollectionItem, CollectionItem.collection_id == Collection.id)
        .where(
            CollectionItem.subject == GUIDE,
            CollectionItem.subject_id == guide_id,
            visible_to(Viewer(group_ids=group_ids)),
        )
    )
    return Prepared(select(union_all(select(texts), lists).subquery()))
