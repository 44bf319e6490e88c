"""The worker's further steps: a few files become drafts, then everybody else who waits has their turn."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import structlog

from network.attachments.pictures import PictureRefused, Stored, store_picture
from network.core.db import db
from network.core.transaction import transaction
from network.groups.viewers import viewer_of
from network.library.content import MAX_TAGS, Content, lay_out
from network.library.filing import language_kept
from network.library.importing.addresses import resolve_links
from network.library.importing.documents import SaidLicence
from network.library.incoming import actions
from network.library.incoming.copying import copy
from network.library.incoming.files import document_of, forget, picture_of
from network.library.incoming.queries import Item, Job, addresses, waiting
from network.library.incoming.said import licence_in, topics_in
from network.library.models import KINDS
from network.subjects.rules import NotAllowed
from network.vocabulary.queries import TopicRow, topics_named

AT_A_TIME = 20
SECONDS = 5.0
OUR_FAULT = "something went wrong on our side with this file"
GONE = "Its files are not there any more. Upload them again."

log = structlog.get_logger()


def bring_in(job: Job) -> None:
    """Bring in a few files of an import; ask for the next step while there are more, and clear up after the last."""
    viewer = viewer_of(job.person_id)
    if not viewer.signed_in:
        _end(job, "The account of its member is closed.")
        return
    there, options, named = addresses(job.id), job.options, topics_named()
    began = time.monotonic()
    for item in waiting(job.id, AT_A_TIME):
        db.session.rollback()
        try:
            if options.get("own"):
                copy(job, item, viewer)
            else:
                ready = _ready(job, item, there, options, named)
                with transaction():
                    actions.keep(viewer=viewer, job_id=job.id, ready=ready, options=options)
        except FileNotFoundError:
            _end(job, GONE)
            return
        except NotAllowed as refusal:
            _give_up(job, item, str(refusal))
        except ValueError as error:  # One odd file must not keep the others out; the log tells us of it.
            log.error("a file could not be brought in", path=item.path, error=repr(error), exc_info=True)
            _give_up(job, item, OUR_FAULT)
        if time.monotonic() - began > SECONDS:
            break
    more = bool(waiting(job.id, 1))
    with transaction():
        if more:
            actions.go_on(job.id, actions.PAUSE)
        else:
            actions.finish(job.id)
    if not more:
        forget(job.folder)


def _end(job: Job, problem: str) -> None:
    db.session.rollback()
    with transaction():
        actions.fail(job.id, problem)
    forget(job.folder)


def _give_up(job: Job, item: Item, reason: str) -> None:
    with transaction():
        actions.give_up(job.id, item.number, reason)


def _chosen(options: Mapping[str, Any], named: Mapping[str, TopicRow]) -> list[TopicRow]:
    """The topics chosen for all files that are still there."""
    there = {topic.id: topic for topic in named.values()}
    return [there[topic_id] for topic_id in options.get("topics", ()) if topic_id in there]


def _ready(
    job: Job, item: Item, there: Mapping[str, str], options: Mapping[str, Any], named: Mapping[str, TopicRow]
) -> actions.Ready:
    """A document as it was read, with its pictures stored and its text laid out."""
    document = document_of(job.folder, item.number)
    remarks = list(item.remarks)
    stored: dict[str, Stored] = {}
    for path, digest in document["pictures"].items():
        try:
            stored[path] = store_picture(picture_of(job.folder, digest), path.rsplit("/", 1)[-1])
        except PictureRefused as refused:
            remarks.append(f"The picture {path} could not be read. {refused}")
    pictures = {path: f"/files/{one.name}" for path, one in stored.items()}
    body = resolve_links(document["body_markdown"], there, pictures)
    rendered = lay_out(body)
    if rendered.failed:
        remarks.append("The text could not be laid out in time and is shown as it was written.")
    whole = SaidLicence(options["licence"], options["licence_name"], options["licence_address"])
    licence = licence_in(document) or whole
    topics = topics_in(document, _chosen(options, named), named)
    language = language_kept(document["language"])
    remarks += [remark for remark in (*language.remarks, *topics.remarks) if remark not in remarks]
    content = Content(
        title=item.title,
        summary=document["summary"],
        kind=document["kind"] if document["kind"] in KINDS else "guide",
        language=language.id,
        body=body,
        rendered=rendered,
        licence=licence.id,
        licence_name=licence.name,
        licence_address=licence.address,
        topic_ids=topics.ids,
        tags=tuple(tag[:60] for tag in document["tags"])[:MAX_TAGS],
    )
    return actions.Ready(item, content, list(stored.values()), remarks)
