"""Bringing an import in, from what was read to what is kept.

Addresses are chosen for all guides first, because they link to each other. Rendering and pictures come next, outside
any transaction; then twenty guides are kept at a time, so that an import that was stopped can simply be run again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app

from network.attachments.pictures import PictureRefused, Stored, store_picture
from network.core.db import db
from network.core.licences import LICENCES
from network.core.text.slugs import slugify
from network.core.transaction import transaction
from network.library.actions.importing import (
    Known,
    import_guide,
    import_source,
    known_guides,
    publish_imported,
    renew_guide,
)
from network.library.batches import Progress, Report, batched, chosen_slugs
from network.library.content import MAX_TAGS, Content, Source, lay_out
from network.library.filing import filed, language_kept, licence_kept
from network.library.importing.addresses import resolve_links
from network.library.importing.documents import ImportedDocument, Reading, SaidLicence
from network.library.importing.documents import Source as Credit
from network.library.models import KINDS, OTHER_LICENCE
from network.subjects.viewer import Viewer
from network.vocabulary.queries import TopicRow, topics_named

OTHERS = "somebody else brought it in, who can renew it"
UNSAID = "the licence of its source"


@dataclass(frozen=True)
class Options:
    """How the importer wants it: published or as drafts, under which topics, from which source.

    `known_as` is only what an import without a named source is known by, so that it can be run again; readers
    do not see it.
    """

    published: bool = False
    topic_ids: tuple[int, ...] = ()
    source_name: str = ""
    source_address: str = ""
    licence: str = ""
    """For guides whose file names none."""
    known_as: str = ""


class _Said(NamedTuple):
    """How a guide is filed: what its file says itself, else what was said of the whole import."""

    licence: SaidLicence
    topic_ids: tuple[int, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Ready:
    """A guide rendered and about to be kept."""

    document: ImportedDocument
    known: Known | None
    slug: str
    content: Content
    pictures: Sequence[Stored]
    digest: str


def run_import(reading: Reading, *, viewer: Viewer, options: Options, progress: Progress = lambda done: None) -> Report:
    """Bring everything in; running it again renews what changed at the source and adds nothing twice.

    A guide that was edited here since is not overwritten but listed. Raises ValueError when the source has neither
    a name nor anything to be known as.
    """
    report = Report(skipped=[(refusal.path, refusal.reason) for refusal in reading.skipped])
    source, licence = _source(reading, options)
    with transaction():
        source_id = import_source(name=source.name, address=source.address, licence=source.licence[:40]).id
    known = known_guides(source_id)
    slugs = _slugs(reading.documents, known)
    named = topics_named()
    by_id = {topic.id: topic for topic in named.values()}
    chosen = [by_id[topic_id] for topic_id in options.topic_ids if topic_id in by_id]
    db.session.rollback()
    addresses = {path: f"/library/{slug}" for path, slug in slugs.items()}

    def laid_out() -> Iterator[_Ready]:
        for document in reading.documents:
            before = known.get(document.path)
            said = _said(document, licence, chosen, named)
            digest = _digest(document, said)
            if not _left_alone(document, before, digest, viewer, options, report):
                yield _ready(document, before, slugs[document.path], addresses, said, digest, report)
            progress(1)

    for batch in batched(laid_out()):
        _keep(batch, source_id, viewer, options, report)
    return report


def _source(reading: Reading, options: Options) -> tuple[Credit, str]:
    """Where the guides come from, and their licence.

    Without a name or an address they are the importer's own words: nobody is credited, and the licence is the
    one that everything written here has.
    """
    address = options.source_address or reading.source.address
    name = options.source_name or reading.source.name or (urlsplit(address).hostname or "" if address else "")
    licence = options.licence or reading.source.licence
    if name:
        licence = licence or UNSAID
        return Credit(name, address, licence), licence
    if not options.known_as:
        raise ValueError("Say where the guides come from: give the source a name.")
    return Credit(options.known_as), licence or current_app.config["DEFAULT_LICENCE"]


def _left_alone(
    document: ImportedDocument, before: Known | None, digest: str, viewer: Viewer, options: Options, report: Report
) -> bool:
    """Is there nothing to do? Says so in the report."""
    if before is None:
        return False
    if before.state == "withdrawn":
        report.skipped.append((document.path, "it was withdrawn here"))
    elif before.digest == digest and not (options.published and before.state == "draft"):
        report.unchanged.append(document.path)
    elif before.author_id != viewer.person_id:
        report.skipped.append((document.path, OTHERS))
    elif before.edited_here:
        report.edited_here.append(document.path)
    elif before.state == "published" and document.licence.unknown:
        report.skipped.append((document.path, "it is published here, and its file now names a licence we do not know"))
    else:
        return False
    return True


def _ready(
    document: ImportedDocument,
    before: Known | None,
    slug: str,
    addresses: Mapping[str, str],
    said: _Said,
    digest: str,
    report: Report,
) -> _Ready:
    stored: dict[str, Stored] = {}
    for path, data in document.pictures.items():
        try:
            stored[path] = store_picture(data, path.rsplit("/", 1)[-1])
        except PictureRefused as refused:
            report.remarks.append((document.path, f"The picture {path} could not be read. {refused}"))
    pictures = {path: f"/files/{one.name}" for path, one in stored.items()}
    body = resolve_links(document.body_markdown, addresses, pictures)
    rendered = lay_out(body)
    language = language_kept(document.language)
    report.remarks += [(document.path, remark) for remark in (*document.remarks, *language.remarks, *said.remarks)]
    if rendered.failed:
        report.remarks.append((document.path, "The text could not be laid out in time and is shown as it was written."))
    content = Content(
        title=document.title,
        summary=document.summary,
        kind=document.kind if document.kind in KINDS else "guide",
        language=language.id,
        body=body,
        rendered=rendered,
        licence=said.licence.id,
        licence_name=said.licence.name,
        licence_address=said.licence.address,
        topic_ids=said.topic_ids,
        tags=tuple(tag[:60] for tag in document.tags)[:MAX_TAGS],
    )
    return _Ready(document, before, slug, content, list(stored.values()), digest)


def _keep(ready: Sequence[_Ready], source_id: int, viewer: Viewer, options: Options, report: Report) -> None:
    """One transaction for the batch; the report is written once it is kept."""
    kept: list[tuple[list[str], str]] = []
    held: list[tuple[str, str]] = []
    with transaction():
        for one in ready:
            path = one.document.path
            if one.known is None:
                held_back = _why_held_back(one.document) if options.published else ""
                import_guide(
                    viewer=viewer,
                    content=one.content,
                    source=Source(source_id, path, one.digest),
                    slug=one.slug,
                    published=options.published and not held_back,
                    pictures=one.pictures,
                    note="Imported",
                )
                if held_back:
                    held.append((path, held_back))
                else:
                    kept.append((report.new, path))
                continue
            kept.append((_renew(one, one.known, viewer, options, report), path))
    for paths, path in kept:
        paths.append(path)
    report.held_back += held


def _renew(one: _Ready, before: Known, viewer: Viewer, options: Options, report: Report) -> list[str]:
    """Put in what is newer, and publish a draft of an earlier import where that is asked for; tells which list of the
    report its path belongs to.
    """
    changed = one.digest != before.digest
    if changed and not renew_guide(
        viewer=viewer,
        guide_id=before.id,
        content=one.content,
        digest=one.digest,
        pictures=one.pictures,
        note="Renewed from its source",
    ):
        return report.edited_here
    if not options.published or before.state != "draft" or _why_held_back(one.document):
        return report.renewed if changed else report.unchanged
    done = publish_imported(viewer=viewer, guide_id=before.id, note="Imported")
    return report.published if done else report.edited_here


def _why_held_back(document: ImportedDocument) -> str:
    """Why it should not be published before somebody has looked at it; empty when it may."""
    if document.lost_most:
        return "its main part was put in by its site"
    return "it names a licence that we do not know" if document.licence.unknown else ""


def _said(document: ImportedDocument, licence: str, chosen: Sequence[TopicRow], named: Mapping[str, TopicRow]) -> _Said:
    known = licence in LICENCES
    whole = SaidLicence(licence) if known else SaidLicence(OTHER_LICENCE, licence[:100])
    topics = filed(document.topics, chosen, named)
    return _Said(licence_kept(document.licence) or whole, topics.ids, topics.remarks)


def _digest(document: ImportedDocument, said: _Said) -> str:
    """Changes with anything that readers would see, so that the same import again finds nothing to do."""
    licence = said.licence.name or said.licence.id
    seen = "|".join((document.content_hash, licence, ",".join(map(str, said.topic_ids))))
    return hashlib.sha256(seen.encode()).hexdigest()


def _slugs(documents: Sequence[ImportedDocument], known: Mapping[str, Known]) -> dict[str, str]:
    return chosen_slugs(
        (
            document.path,
            known[document.path].slug if document.path in known else None,
            slugify(document.title, fallback="guide"),
        )
        for document in documents
    )
