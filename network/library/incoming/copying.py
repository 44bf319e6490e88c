"""Guides of an archive of ours, brought in by a member: drafts of theirs with versions, files and everybody's credit.

They are copies with an identity of their own. That a guide is the very one of another network, whose codes on paper
and whose renewals are its, is for who runs the service to say, by the command.
"""

from __future__ import annotations

from network.core.db import db
from network.core.transaction import transaction
from network.library.batches import Report
from network.library.carried.queries import here_of
from network.library.carried.restoring import ready_of
from network.library.importing.archives import CannotRead
from network.library.importing.documents import Limits
from network.library.importing.own import OwnArchive, open_own
from network.library.importing.readers import CannotUse
from network.library.incoming import actions
from network.library.incoming.files import archive_of
from network.library.incoming.models import CHANGED
from network.library.incoming.queries import Item, Job, addresses
from network.subjects.viewer import Viewer
from network.vocabulary.queries import all_topics


def opened(job: Job) -> OwnArchive:
    """The archive of an import. Raises FileNotFoundError when it is gone."""
    archive = open_own(archive_of(job.folder), Limits())
    if archive is None:
        raise FileNotFoundError
    return archive


def copy(job: Job, item: Item, viewer: Viewer) -> None:
    """Bring one of its guides in. Raises FileNotFoundError, and NotAllowed as drafts do."""
    archive, report = opened(job), Report()
    here = here_of(item.before_id) if item.standing == CHANGED and item.before_id else None
    topics = {topic.slug: topic.id for topic in all_topics()}
    there = {path.rpartition("/")[2]: address for path, address in addresses(job.id).items()}
    db.session.rollback()
    try:
        own = archive.guide(next(entry for entry in archive.entries if entry.folder == item.path))
        ready = ready_of(archive, own, here, item.slug, there, topics, report)
    except (CannotUse, CannotRead) as problem:
        with transaction():
            actions.give_up(job.id, item.number, str(problem))
        return
    with transaction():
        actions.keep_copy(
            viewer=viewer,
            job_id=job.id,
            number=item.number,
            ready=ready,
            network=archive.network,
            address=archive.address,
            remarks=[remark for _, remark in report.remarks],
        )
