"""What happens to an import: begun, read, started, its files brought in one by one, finished, given up.

Each changes the rows of one import in the open transaction, and asks for what follows in the same one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from network.attachments.actions import attach
from network.attachments.pictures import Stored
from network.core import outbox
from network.core.clock import now
from network.core.db import db
from network.core.text.slugs import free, slugify
from network.library.actions.drafting import create_draft
from network.library.actions.importing import import_source, renew_guide
from network.library.carried.actions import Ready as Carried
from network.library.carried.actions import keep as carry
from network.library.content import Content, Source
from network.library.events import GUIDE
from network.library.incoming.models import (
    BROKEN,
    CHANGED,
    DONE,
    FAILED,
    LEFT_OUT,
    MADE,
    READING,
    READY,
    REFUSED,
    RENEWED,
    RUNNING,
    WAITING,
    ImportItem,
    ImportJob,
)
from network.library.incoming.queries import Item, taken_slugs
from network.library.models import Guide
from network.library.rules import Owner
from network.subjects.viewer import Viewer

CONSUMER, STEP = "library.incoming", "import.step"
# Between two steps whoever else waits for the worker has their turn.
PAUSE = timedelta(seconds=0.2)
LONGEST_REASON = 300


@dataclass(frozen=True)
class Ready:
    """A file laid out and about to become a draft."""

    item: Item
    content: Content
    pictures: Sequence[Stored]
    remarks: Sequence[str]


def go_on(job_id: int, after: timedelta = timedelta()) -> None:
    """Ask the worker for the next step."""
    outbox.add(CONSUMER, STEP, {"job_id": job_id}, after=after)


def begin(*, viewer: Viewer, name: str, folder: str) -> ImportJob:
    """An import of what lies in the folder; the worker reads it next."""
    row = ImportJob(person_id=viewer.person_id or 0, name=name[:200], folder=folder)
    db.session.add(row)
    db.session.flush()
    go_on(row.id)
    return row


def set_read(job_id: int, items: Sequence[Mapping[str, Any]]) -> None:
    """Keep what reading gave, once; its member looks at it next."""
    job = _locked(job_id, READING)
    if job is None:
        return
    if items:
        numbered = [{"job_id": job_id, "number": number, **item} for number, item in enumerate(items)]
        db.session.execute(insert(ImportItem), numbered)
    job.state, job.touched_at = READY, now()


def fail(job_id: int, problem: str) -> None:
    """Nothing could be read, or it cannot go on; what came in before stays."""
    job = _locked(job_id, READING, READY, RUNNING)
    if job is None:
        return
    _leave_out_the_rest(job_id, problem)
    job.state, job.problem, job.touched_at = (DONE if job.done else FAILED), problem[:LONGEST_REASON], now()


def start(
    *, job_id: int, chosen: Collection[int], options: Mapping[str, Any], titles: Mapping[int, str] | None = None
) -> None:
    """Bring the chosen files in, and leave the others out. Does nothing when that was done before. `titles` are what
    files are to be called, by their number, in place of what they call themselves.

    Addresses are given out for all of them now, because they link to each other.
    """
    job = _locked(job_id, READY)
    if job is None:
        return
    rows = db.session.scalars(select(ImportItem).where(ImportItem.job_id == job_id).order_by(ImportItem.number)).all()
    wanted = [row for row in rows if row.standing != REFUSED and row.number in chosen]
    for row in rows:
        if row not in wanted:
            row.outcome = LEFT_OUT
    before = _slugs_of(row.before_id for row in wanted if row.standing == CHANGED)
    taken = taken_slugs(job.person_id)
    for row in wanted:
        row.title = (titles or {}).get(row.number, row.title)
        row.slug = before.get(row.before_id or 0) or _free(slugify(row.title, fallback="guide"), taken)
    job.state, job.options, job.total, job.touched_at = RUNNING, dict(options), len(wanted), now()
    go_on(job_id)


def keep(*, viewer: Viewer, job_id: int, ready: Ready, options: Mapping[str, Any]) -> None:
    """Make a file a draft, or renew the draft that was made of it and not touched since; once, whoever asks."""
    row = _waiting(job_id, ready.item.number)
    if row is None:
        return
    source = _source(viewer, options)
    draft = _untouched_draft(row)
    if draft is None or not renew_guide(
        viewer=viewer, guide_id=draft.id, content=ready.content, digest=row.digest, pictures=ready.pictures
    ):
        draft = create_draft(
            viewer=viewer,
            content=ready.content,
            owner=_owner(options),
            source=Source(source, f"{job_id}/{row.path}"[:500], row.digest) if source else None,
        )
        free = db.session.scalar(select(Guide.id).where(Guide.slug == row.slug)) is None
        draft.slug, draft.imported_at = row.slug if free else None, draft.updated_at
        for stored in ready.pictures:
            attach(stored, subject=GUIDE, subject_id=draft.id, uploaded_by=viewer.person_id)
        row.outcome = MADE
    else:
        row.outcome = RENEWED
    row.guide_id, row.remarks = draft.id, list(ready.remarks)
    _one_done(job_id)


def keep_copy(
    *, viewer: Viewer, job_id: int, number: int, ready: Carried, network: str, address: str, remarks: Sequence[str]
) -> None:
    """The same with a guide of an archive of ours, which brings its past along."""
    row = _waiting(job_id, number)
    if row is None:
        return
    if ready.guide_id is not None and _untouched_draft(row) is None:
        row.outcome, row.reason = BROKEN, "its draft was changed meanwhile"
    else:
        taken = db.session.scalar(select(Guide.id).where(Guide.slug == ready.slug))  # Does not matter to a renewed one.
        guide = carry(
            viewer=viewer,
            ready=replace(ready, slug="") if taken else ready,
            network=network,
            address=address,
            published=False,
            copied_from=f"{job_id}/{row.path}",
        )
        row.outcome, row.guide_id = RENEWED if ready.guide_id is not None else MADE, guide.id
        row.remarks = [*row.remarks, *remarks]
    _one_done(job_id)


def give_up(job_id: int, number: int, reason: str) -> None:
    """A file that cannot become a draft."""
    row = _waiting(job_id, number)
    if row is not None:
        row.outcome, row.reason = BROKEN, reason[:LONGEST_REASON]
        _one_done(job_id)


def finish(job_id: int) -> None:
    """Everything was dealt with."""
    job = _locked(job_id, RUNNING)
    if job is not None:
        job.state, job.touched_at = DONE, now()


def stop(*, job_id: int) -> bool:
    """Leave out what has not been brought in yet; what was stays. False when nothing is coming in."""
    job = _locked(job_id, RUNNING)
    if job is not None:
        _leave_out_the_rest(job_id, "you stopped the import")
        job.state, job.touched_at = DONE, now()
    return job is not None


def discard(*, job_id: int) -> bool:
    """Forget an import from which nothing came in. False when it was started."""
    job = _locked(job_id, READING, READY, FAILED)
    if job is not None:
        db.session.execute(delete(ImportItem).where(ImportItem.job_id == job_id))
        db.session.delete(job)
    return job is not None


def _locked(job_id: int, *states: str) -> ImportJob | None:
    """The import, held until the transaction ends, when it is in one of these states."""
    query = select(ImportJob).where(ImportJob.id == job_id, ImportJob.state.in_(states))
    return db.session.scalar(query.with_for_update())


def _leave_out_the_rest(job_id: int, reason: str) -> None:
    still = update(ImportItem).where(ImportItem.job_id == job_id, ImportItem.outcome == WAITING)
    db.session.execute(still.values(outcome=LEFT_OUT, reason=reason[:LONGEST_REASON]))


def _waiting(job_id: int, number: int) -> ImportItem | None:
    """A file that nobody has dealt with yet, while its import runs."""
    if _locked(job_id, RUNNING) is None:
        return None
    row = db.session.get(ImportItem, (job_id, number), populate_existing=True)
    return row if row is not None and row.outcome == WAITING else None


def _one_done(job_id: int) -> None:
    values = {"done": ImportJob.done + 1, "touched_at": now()}
    db.session.execute(update(ImportJob).where(ImportJob.id == job_id).values(values))


def _untouched_draft(row: ImportItem) -> Guide | None:
    if row.standing != CHANGED or row.before_id is None:
        return None
    guide = db.session.get(Guide, row.before_id, populate_existing=True)
    return guide if guide is not None and guide.state == "draft" and guide.updated_at == guide.imported_at else None


def _source(viewer: Viewer, options: Mapping[str, Any]) -> int:
    """The id of what is credited; none for one's own words."""
    if not options.get("source_name"):
        return 0
    licence = options["licence_name"] or options["licence"]
    return import_source(
        name=options["source_name"],
        address=options["source_address"],
        licence=licence[:40],
        named_by=f"person:{viewer.person_id}",
    ).id


def _owner(options: Mapping[str, Any]) -> Owner | None:
    found = options.get("owner")
    return Owner(found[0], found[1]) if found else None


def _slugs_of(guide_ids: Iterable[int | None]) -> dict[int, str]:
    query = select(Guide.id, Guide.slug).where(Guide.id.in_([guide_id for guide_id in guide_ids if guide_id]))
    return {guide_id: slug for guide_id, slug in db.session.execute(query) if slug}


def _free(base: str, taken: set[str]) -> str:
    slug = free(base, taken)
    taken.add(slug)
    return slug
