"""Bringing in an archive of ours: the same guides, with their versions, credits, licences and files.

One guide is read, laid out and stored at a time, outside any transaction; twenty are kept together, so that an import
that was stopped can simply be run again. A guide is known by its UUID wherever it goes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from uuid import UUID

from sqlalchemy import select

from network.core.db import db
from network.core.licences import LICENCES
from network.core.text.slugs import slugify
from network.core.transaction import transaction
from network.library.batches import Progress, Report, batched, chosen_slugs
from network.library.carried.actions import UNSAID, Ready, keep, point, source_of
from network.library.carried.filing import files_of, pictures_of
from network.library.carried.links import localised
from network.library.carried.queries import Here, guides_here
from network.library.content import MAX_TOPICS, Content, lay_out
from network.library.filing import language_kept
from network.library.importing.own import STAYS_OUT, OwnArchive
from network.library.importing.own_guide import Entry, OwnGuide
from network.library.importing.readers import CannotUse
from network.library.models import KINDS, OTHER_LICENCE, Guide, ImportSource
from network.subjects.viewer import Viewer
from network.vocabulary.queries import all_topics


def restore(archive: OwnArchive, *, viewer: Viewer, published: bool, progress: Progress = lambda done: None) -> Report:
    """Bring everything in; running it again renews what changed there and adds nothing twice."""
    report = Report(remarks=[(archive.beside, STAYS_OUT)] if archive.beside else [])
    here = guides_here([entry.uuid for entry in archive.entries])
    slugs = _slugs(archive.entries, here)
    addresses = {entry.folder.rpartition("/")[2]: f"/library/{slugs[entry.uuid]}" for entry in archive.entries}
    topics = {topic.slug: topic.id for topic in all_topics()}
    db.session.rollback()
    followers: list[tuple[UUID, str, UUID]] = []

    def laid_out() -> Iterator[Ready]:
        for entry in archive.entries:
            before = here.get(entry.uuid)
            try:
                own = archive.guide(entry)
                if not _left_alone(own, before, viewer, report):
                    yield ready_of(archive, own, before, slugs[entry.uuid], addresses, topics, report)
            except CannotUse as problem:
                report.skipped.append((entry.folder, str(problem)))
            else:
                followers.extend(_leads(own))
            progress(1)

    for batch in batched(laid_out()):
        _keep(batch, archive, viewer, published, report)
    with transaction():
        done = {*report.new, *report.renewed}
        came = {entry.uuid for entry in archive.entries if entry.folder in done}
        point(one for one in followers if one[0] in came)
    return report


def _left_alone(own: OwnGuide, here: Here | None, viewer: Viewer, report: Report) -> bool:
    """Is there nothing to do? Says so in the report."""
    if here is None:
        return False
    folder = own.entry.folder
    if here.state == "withdrawn":
        report.skipped.append((folder, "it was withdrawn here"))
    elif (
        not here.carried and here.version == (own.versions[-1].number if own.versions else 0)
    ) or here.digest == own.digest:
        report.unchanged.append(folder)
    elif not here.carried or here.edited:
        report.edited_here.append(folder)
    elif here.author_id != viewer.person_id:
        report.skipped.append((folder, "somebody else brought it in, who can renew it"))
    else:
        return False
    return True


def ready_of(
    archive: OwnArchive,
    own: OwnGuide,
    here: Here | None,
    slug: str,
    addresses: Mapping[str, str],
    topics: Mapping[str, int],
    report: Report,
) -> Ready:
    """A guide of the archive, laid out, with its pictures and files stored, before it is kept.

    `addresses` are those of the archive's guides here, by the last part of their folder. Raises CannotUse.
    """
    guide_id = here.id if here else None
    pictures, stored = pictures_of(archive, own, guide_id, report)
    beside, files = files_of(archive, own, guide_id, report)
    places = pictures | beside
    body = localised(own.body, addresses, places)
    rendered = lay_out(body)
    known = [topics[slug] for slug, _ in own.topics if slug in topics]
    licence, name, place = own.licence
    language = language_kept(own.language)
    report.remarks += [(own.entry.folder, remark) for remark in language.remarks]
    content = Content(
        title=own.title,
        summary=own.summary,
        kind=own.kind if own.kind in KINDS else "guide",
        language=language.id,
        body=body,
        rendered=rendered,
        licence=licence if licence in LICENCES else OTHER_LICENCE,
        licence_name="" if licence in LICENCES else name or licence or UNSAID,
        licence_address="" if licence in LICENCES else place,
        topic_ids=tuple(known[:MAX_TOPICS]),
        tags=own.tags,
    )
    before = here.version if here else 0
    newer = [
        (version, localised(version.body, addresses, places)) for version in own.versions if version.number > before
    ]
    return Ready(
        own=own,
        slug=slug,
        content=content,
        versions=[
            (version, words, rendered.html if words == body else lay_out(words).html) for version, words in newer
        ],
        pictures=stored,
        files=files,
        unknown_topics=[pair for pair in own.topics if pair[0] not in topics],
        guide_id=guide_id,
    )


def _keep(ready: list[Ready], archive: OwnArchive, viewer: Viewer, published: bool, report: Report) -> None:
    """One transaction for the batch; the report is written once it is kept."""
    with transaction():
        taken = _taken(ready, archive)
        for one in ready:
            if one.own.entry.folder not in taken:
                keep(viewer=viewer, ready=one, network=archive.network, address=archive.address, published=published)
    for one in ready:
        folder = one.own.entry.folder
        if folder in taken:
            report.skipped.append((folder, "it is here already, imported from its source"))
        elif one.guide_id is not None:
            report.renewed.append(folder)
        elif published and one.own.state == "draft":
            report.held_back.append((folder, "it is a draft in the archive"))
        else:
            report.new.append(folder)


def _taken(ready: list[Ready], archive: OwnArchive) -> set[str]:
    """Folders of guides that are here already, imported from their source by itself: they would be here twice."""
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for one in ready:
        name, _, _, path = source_of(one.own, archive.network, archive.address)
        if one.guide_id is None and ((name, path) in seen or _has_source(name, path)):
            found.add(one.own.entry.folder)
        seen.add((name, path))
    return found


def _has_source(name: str, path: str) -> bool:
    query = (
        select(Guide.id)
        .join(ImportSource, ImportSource.id == Guide.source_id)
        .where(ImportSource.name == name, Guide.source_path == path)
    )
    return db.session.scalar(query.limit(1)) is not None


def _leads(own: OwnGuide) -> list[tuple[UUID, str, UUID]]:
    columns = (("superseded_by_id", own.superseded_by), ("adapted_from_id", own.adapted_from))
    return [(own.entry.uuid, column, other) for column, other in columns if other is not None]


def _slugs(entries: list[Entry], here: Mapping[UUID, Here]) -> dict[UUID, str]:
    """The one that it has here, else the one that it had there, else one made of its title."""
    return chosen_slugs(
        (
            entry.uuid,
            here[entry.uuid].slug if entry.uuid in here else None,
            entry.slug or slugify(entry.title, fallback="guide"),
        )
        for entry in entries
    )
