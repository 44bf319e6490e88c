"""Which guides leave: one's own, a group's, an organisation's, all; never more than the viewer may read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from network.attachments.models import READY, StoredFile
from network.core.db import db
from network.library.events import GUIDE
from network.library.files.models import GuideFile, GuideFileVersion
from network.library.models import Guide, GuideCoAuthor
from network.library.queries.lists import Filters, conditions
from network.library.queries.visible import draft_readable_by, visible_to
from network.portability.stored import name_of
from network.subjects.viewer import VISITOR, Viewer
from network.subjects.visibility import in_readable_group

AT_ONCE = 500


@dataclass(frozen=True)
class Choice:
    """Guides by where they belong; everything that is open when nothing is said."""

    group_id: int | None = None
    organisation_id: int | None = None
    person_id: int | None = None


def chosen(viewer: Viewer, choice: Choice) -> list[int]:
    """The published guides that fit and that the viewer may read, in order of id."""
    filters = Filters(
        group_id=choice.group_id,
        person_id=choice.person_id,
        organisation_ids=(choice.organisation_id,) if choice.organisation_id else (),
    )
    return _ids(and_(visible_to(viewer), *conditions(filters)))


def my_guides(viewer: Viewer) -> list[int]:
    """What the viewer wrote, owns or helped to write, drafts and withdrawn guides included."""
    return _ids(_mine(viewer)) if viewer.person_id is not None else []


def readable(viewer: Viewer, ids: Collection[int]) -> list[int]:
    """Those of the guides and drafts that the viewer may read now, or wrote."""
    may = or_(visible_to(viewer), _mine(viewer)) if viewer.person_id is not None else visible_to(viewer)
    return _ids(and_(may, Guide.id.in_(ids)))


def slugs_of(ids: Sequence[int]) -> list[str]:
    """The addresses of those that are published; some hundred are asked for at once."""
    found: list[str] = []
    for start in range(0, len(ids), AT_ONCE):
        query = select(Guide.slug).where(Guide.id.in_(ids[start : start + AT_ONCE]), Guide.state == "published")
        found += [slug for slug in db.session.scalars(query) if slug]
    return found


def titles_of(viewer: Viewer, ids: Sequence[int]) -> list[tuple[UUID, str]]:
    """Id and title of some guides, for a list that goes to the viewer."""
    rows = db.session.execute(select(Guide.uuid, Guide.title).where(Guide.id.in_(readable(viewer, ids))))
    return [(uuid, title) for uuid, title in rows]


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    helped = select(GuideCoAuthor.guide_id).where(GuideCoAuthor.person_id == viewer.person_id)
    writes = or_(Guide.author_id == viewer.person_id, Guide.id.in_(helped))
    theirs = or_(writes, Guide.owner_person_id == viewer.person_id)
    # Nobody reads a withdrawn guide here any more. Its words stay those of the people who wrote it.
    withdrawn = and_(Guide.state == "withdrawn", in_readable_group(Guide.group_id, viewer))
    return or_(and_(or_(visible_to(viewer), withdrawn), theirs), and_(draft_readable_by(viewer), writes))


def open_library() -> list[int]:
    """Whatever everybody may read."""
    return _ids(visible_to(VISITOR))


def count_open() -> int:
    """How many guides everybody may read."""
    return db.session.scalar(select(func.count()).select_from(Guide).where(visible_to(VISITOR))) or 0


def open_files() -> set[str]:
    """The files and pictures of the open library, by the names that archives give them."""
    query = (
        select(StoredFile.digest)
        .join(Guide, (StoredFile.subject == GUIDE) & (Guide.id == StoredFile.subject_id))
        .outerjoin(GuideFileVersion, GuideFileVersion.stored_id == StoredFile.id)
        .outerjoin(GuideFile, GuideFile.id == GuideFileVersion.file_id)
        .where(StoredFile.state == READY, GuideFile.removed_at.is_(None), visible_to(VISITOR))
    )
    return {name_of(digest) for digest in db.session.scalars(query)}


def by_slugs(viewer: Viewer, slugs: Collection[str]) -> list[int]:
    """The guides at these addresses that the viewer may read, in the same order."""
    query = select(Guide.slug, Guide.id).where(visible_to(viewer), Guide.slug.in_(slugs))
    found = {row.slug: row.id for row in db.session.execute(query)}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def _ids(condition: ColumnElement[bool]) -> list[int]:
    return list(db.session.scalars(select(Guide.id).where(condition).order_by(Guide.id)))
