"""Reading imports: always those of one member, for nobody else knows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, select

from network.core.db import db
from network.library.incoming.models import (
    EDITED,
    FAILED,
    MADE,
    PUBLISHED,
    READING,
    READY,
    RENEWED,
    RUNNING,
    WAITING,
    ImportItem,
    ImportJob,
)
from network.library.models import FormerGuideSlug, Guide
from network.subjects.viewer import Viewer

LISTED = 20
OPEN = (READING, READY, RUNNING)


class Job(NamedTuple):
    """An import as pages and the worker know it."""

    id: int
    person_id: int
    state: str
    folder: str
    name: str
    problem: str
    options: Mapping[str, Any]
    total: int
    done: int
    created_at: datetime

    @property
    def address(self) -> str:
        """Where its member sees it."""
        return f"/library/import/{self.id}"


class Item(NamedTuple):
    """A file of an import."""

    number: int
    path: str
    title: str
    kind: str
    words: int
    pictures: int
    digest: str
    remarks: Sequence[str]
    standing: str
    reason: str
    before_id: int | None
    slug: str
    outcome: str
    guide_id: int | None


class Before(NamedTuple):
    """What a member made of a file in an earlier import."""

    guide_id: int
    digest: str
    standing: str


_JOB = [getattr(ImportJob, name) for name in Job._fields]
_ITEM = [getattr(ImportItem, name) for name in Item._fields]


def my_jobs(viewer: Viewer) -> list[Job]:
    """The newest imports of a member."""
    query = select(*_JOB).where(ImportJob.person_id == viewer.person_id)
    rows = db.session.execute(query.order_by(ImportJob.created_at.desc(), ImportJob.id.desc()).limit(LISTED))
    return [Job(*row) for row in rows]


def my_job(viewer: Viewer, job_id: int) -> Job | None:
    """An import of this member; somebody else's is none."""
    found = job(job_id)
    return found if found and found.person_id == viewer.person_id else None


def job(job_id: int) -> Job | None:
    """An import, for the worker."""
    row = db.session.execute(select(*_JOB).where(ImportJob.id == job_id)).one_or_none()
    return Job(*row) if row else None


def items_of(job_id: int) -> list[Item]:
    """The files of an import in their order."""
    rows = db.session.execute(select(*_ITEM).where(ImportItem.job_id == job_id).order_by(ImportItem.number))
    return [Item(*row) for row in rows]


def waiting(job_id: int, most: int) -> list[Item]:
    """The next files to bring in."""
    query = select(*_ITEM).where(ImportItem.job_id == job_id, ImportItem.outcome == WAITING)
    return [Item(*row) for row in db.session.execute(query.order_by(ImportItem.number).limit(most))]


def addresses(job_id: int) -> dict[str, str]:
    """Where the guides of an import will stand, by the paths of their files: they link to each other."""
    query = select(ImportItem.path, ImportItem.slug).where(ImportItem.job_id == job_id, ImportItem.slug != "")
    return {path: f"/library/{slug}" for path, slug in db.session.execute(query)}


def earlier(person_id: int) -> tuple[dict[str, Before], dict[str, Before]]:
    """What a member's earlier imports made and is still here: by digest and by path, the newest of each."""
    rows = db.session.execute(
        select(ImportItem.path, ImportItem.digest, Guide.id, Guide.state, Guide.updated_at, Guide.imported_at)
        .join(ImportJob, ImportJob.id == ImportItem.job_id)
        .join(Guide, Guide.id == ImportItem.guide_id)
        .where(ImportJob.person_id == person_id, ImportItem.outcome.in_((MADE, RENEWED)))
        .order_by(ImportItem.job_id)
    )
    by_path: dict[str, Before] = {}
    for path, digest, guide_id, state, updated_at, imported_at in rows:
        standing = "" if updated_at == imported_at else EDITED
        by_path[path] = Before(guide_id, digest, standing if state == "draft" else PUBLISHED)
    return {before.digest: before for before in by_path.values()}, by_path


def taken_slugs(person_id: int) -> set[str]:
    """Every address that a guide has or had, and those of a member's own drafts: other people's show nowhere."""
    known = or_(Guide.state != "draft", Guide.author_id == person_id)
    own = {slug for slug in db.session.scalars(select(Guide.slug).where(known)) if slug}
    return own | set(db.session.scalars(select(FormerGuideSlug.slug)))


def open_jobs(viewer: Viewer) -> list[Job]:
    """The imports of a member that are not over."""
    query = select(*_JOB).where(ImportJob.person_id == viewer.person_id, ImportJob.state.in_(OPEN))
    return [Job(*row) for row in db.session.execute(query.order_by(ImportJob.id))]


def untouched(states: Sequence[str], before: datetime) -> list[Job]:
    """Imports in these states that have not gone on since."""
    query = select(*_JOB).where(ImportJob.state.in_(states), ImportJob.touched_at < before)
    return [Job(*row) for row in db.session.execute(query)]


def folders_in_use() -> set[str]:
    """Names of the folders of imports that are not over."""
    return set(db.session.scalars(select(ImportJob.folder).where(ImportJob.state.in_((*OPEN, FAILED)))))
