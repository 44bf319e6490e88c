"""The mail that tells somebody that they are co-author of a guide: once for each guide, unless they want none.

It is queued in one transaction with the mark that this person was told. Who was taken off again meanwhile, or may not
read what belongs to the guide's group, is not told.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from network.core.db import db
from network.core.mail.message import queue_mail
from network.core.mail.stopping import one_press
from network.core.once import add_once
from network.core.outbox import Message
from network.core.transaction import transaction
from network.core.web.addresses import absolute
from network.groups.viewers import viewer_of
from network.library.actions import rows
from network.library.models import Guide
from network.library.naming.models import CoAuthorNotice
from network.library.naming.stopping import is_muted, stop_address
from network.library.queries.drafts import UNTITLED
from network.library.rules import may_hear_as_co_author
from network.people.mailing import email_of
from network.people.models import Person
from network.threads.showing import FORMER_MEMBER

CONSUMER = "library.co-authors"


def follow(messages: Sequence[Message]) -> None:
    """Outbox consumer of co-authors being named."""
    for message in messages:
        with transaction():
            _tell(message.payload["guide_id"], message.payload["person_id"], message.payload["by_id"])


def _tell(guide_id: int, person_id: int, by_id: int) -> None:
    guide = db.session.get(Guide, guide_id)
    if guide is None or not may_hear_as_co_author(viewer_of(person_id), rows.standing(guide)) or is_muted(person_id):
        return
    if not add_once(CoAuthorNotice, guide_id=guide_id, person_id=person_id):
        return
    by = db.session.scalar(select(Person.name).where(Person.id == by_id)) or FORMER_MEMBER
    title, stop = guide.title or UNTITLED, stop_address(person_id)
    is_draft = guide.state == "draft"
    queue_mail(
        email_of(person_id),
        f"{by} named you co-author of “{title}”",
        "library/co_author_named",
        headers=one_press(stop),
        by=by,
        title=title,
        is_draft=is_draft,
        address=absolute(f"/drafts/{guide_id}" if is_draft else f"/library/{guide.slug}"),
        stop=stop,
    )
