"""Which links of a guide lead its readers nowhere, and what is wrong with each.

A guide's readers are everybody, or the members of its closed group. What they may not read is as good as missing for
them; the one who looks at the report learns more only as far as they may read the other end themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import func, or_, select, union, update
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from network.attachments.models import StoredFile
from network.core.db import db
from network.core.transaction import transaction
from network.groups.models import FormerGroupSlug, Group
from network.library.events import GUIDE
from network.library.linking.models import OwnLink
from network.library.models import Guide
from network.library.outside.models import OutsideAddress, OutsideLink
from network.organisations.models import Organisation
from network.people.models import FormerHandle, Person
from network.subjects.registry import Named, subjects
from network.subjects.viewer import VISITOR, Viewer
from network.vocabulary.queries import topic_by_slug

AT_ONCE = 500
MISSING, WITHDRAWN, CLOSED, MOVED = "missing", "withdrawn", "closed", "moved"
BREAKS = frozenset((MISSING, WITHDRAWN, CLOSED))
"""Faults that lead readers nowhere; one that moved still leads on."""


@dataclass(frozen=True)
class Fault:
    """A link with something wrong: its words and path, what, and where it should lead now, if that is known."""

    words: str
    path: str
    kind: str
    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class Known:
    """Everything that faults are told by, read once for many links: what readers may read, and the one who looks."""

    readers: Mapping[tuple[str, int], Named]
    looker: Mapping[tuple[str, int], Named]
    withdrawn: frozenset[int]


def readers_of(group_id: int | None, openness: str | None) -> Viewer:
    """The widest audience of a guide."""
    closed = group_id is not None and openness == "closed"
    return Viewer(group_ids=frozenset({group_id})) if closed and group_id is not None else VISITOR


def faults_of(guide_id: int, viewer: Viewer) -> list[Fault]:
    """What is wrong with the links of a guide's text, in the order of their paths, as this viewer may know it."""
    group = db.session.execute(
        select(Guide.group_id, Group.openness)
        .outerjoin(Group, Group.id == Guide.group_id)
        .where(Guide.id == guide_id, Guide.state == "published")
    ).one_or_none()
    if group is None:
        return []
    links = db.session.scalars(
        select(OwnLink)
        .where(OwnLink.source == GUIDE, OwnLink.source_id == guide_id, OwnLink.place == 0)
        .order_by(OwnLink.path)
    ).all()
    known = _known(links, readers_of(*group), viewer)
    return [fault for link in links if (fault := _fault(link, known)) is not None]


def recount_faults(guide_ids: Iterable[int]) -> None:
    """Keep how many links of each of these guides are broken, outside ones too.

    Looks and counts first, and has others wait only while it writes what is not so any more.
    """
    ids = sorted(set(guide_ids))
    for start in range(0, len(ids), AT_ONCE):
        _recount(ids[start : start + AT_ONCE])


def _recount(ids: Sequence[int]) -> None:
    linking = select(OwnLink.source_id).where(OwnLink.source == GUIDE, OwnLink.place == 0, OwnLink.source_id.in_(ids))
    outside = select(OutsideLink.guide_id).where(OutsideLink.guide_id.in_(ids))
    kept = db.session.execute(
        select(Guide.id, Guide.broken_link_count).where(
            Guide.id.in_(ids), or_(Guide.broken_link_count > 0, Guide.id.in_(union(linking, outside)))
        )
    ).all()
    counted = {row.id: _number(row.id) for row in kept}
    wrong = [{"id": row.id, "broken_link_count": counted[row.id]} for row in kept if row[1] != counted[row.id]]
    db.session.rollback()
    if wrong:
        with transaction() as session:
            session.execute(update(Guide), wrong)


def _number(guide_id: int) -> int:
    outside = db.session.scalar(
        select(func.count())
        .select_from(OutsideLink)
        .join(OutsideAddress, OutsideAddress.id == OutsideLink.address_id)
        .where(OutsideLink.guide_id == guide_id, OutsideAddress.state == "broken")
    )
    return sum(fault.kind in BREAKS for fault in faults_of(guide_id, VISITOR)) + (outside or 0)


def _known(links: Sequence[OwnLink], readers: Viewer, viewer: Viewer) -> Known:
    rows: dict[str, set[int]] = {}
    for link in links:
        if link.row_id is not None:
            rows.setdefault(link.subject, set()).add(link.row_id)
    gone = select(Guide.id).where(Guide.id.in_(rows.get(GUIDE, ())), Guide.state == "withdrawn")
    return Known(_named(rows, readers), _named(rows, viewer), frozenset(db.session.scalars(gone)))


def _named(rows: Mapping[str, Collection[int]], viewer: Viewer) -> dict[tuple[str, int], Named]:
    found: dict[tuple[str, int], Named] = {}
    for name, ids in rows.items():
        subject = subjects().get(name)
        if subject is not None and subject.named is not None:
            found |= {(name, row_id): named for row_id, named in subject.named(sorted(ids), viewer).items()}
    return found


def _fault(link: OwnLink, known: Known) -> Fault | None:
    if link.row_id is None:
        return None if stands(link.path) else Fault(link.words, link.path, MISSING)
    key = (link.subject, link.row_id)
    named = known.readers.get(key)
    if named is not None:
        if link.path == named.address or link.path.startswith(f"{named.address}/"):
            return None
        return Fault(link.words, link.path, MOVED, named.title, named.address)
    if key in known.looker:
        return Fault(link.words, link.path, CLOSED, known.looker[key].title, known.looker[key].address)
    withdrawn = link.subject == GUIDE and link.row_id in known.withdrawn and _public(link.row_id)
    return Fault(link.words, link.path, WITHDRAWN if withdrawn else MISSING)


def _public(guide_id: int) -> bool:
    """May everybody know that there was this guide?"""
    openness = select(Group.openness).join(Guide, Guide.group_id == Group.id).where(Guide.id == guide_id)
    return db.session.scalar(openness) != "closed"


def stands(path: str) -> bool:
    """Is there a page at a path that no subject of ours answers for? Where in doubt, there is."""
    try:
        _, names = current_app.url_map.bind("localhost").match(path, method="GET")
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    if not names:
        return True
    _, place, name, *rest = path.split("/")
    if place in _SUBJECTS or rest[:1] == ["discussions"]:
        return False
    look = _NAMES.get(place)
    return look is None or look(name)


def _one_of(*columns: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]) -> Callable[[str], bool]:
    """Has any of these columns a value?"""
    return lambda value: any(db.session.scalar(select(column).where(column == value)) for column in columns)


_SUBJECTS = frozenset(("library", "collections", "drafts"))
_NAMES: dict[str, Callable[[str], bool]] = {
    "groups": _one_of(Group.slug, FormerGroupSlug.slug),
    "people": _one_of(Person.handle, FormerHandle.handle),
    "organisations": _one_of(Organisation.slug),
    "files": _one_of(StoredFile.name),
    "topics": lambda slug: topic_by_slug(slug) is not None,
}
