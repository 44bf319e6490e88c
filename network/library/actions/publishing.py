"""Publishing: a draft becomes version 1 at an address of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from network.audit.actions import record
from network.core.clock import now
from network.core.events import publish
from network.library.actions import rows
from network.library.actions.addresses import set_slug
from network.library.actions.drafting import create_draft
from network.library.checks import today, usual_due, zone
from network.library.content import Content, Source
from network.library.events import GUIDE, GuideEvent, GuidePublished
from network.library.models import Guide
from network.library.rules import Owner, may_publish, may_put_in
from network.subjects.rules import require
from network.subjects.viewer import Viewer


def publish_new(
    *,
    viewer: Viewer,
    content: Content,
    owner: Owner | None = None,
    group_id: int | None = None,
    co_author_ids: Iterable[int] = (),
    check_due: date | None = None,
    check_months: int | None = None,
    note: str = "",
    source: Source | None = None,
    elsewhere: bool = False,
    at: datetime | None = None,
) -> Guide:
    """Write and publish a guide in one go; see `create_draft` and `publish_draft` for the arguments."""
    guide = create_draft(
        viewer=viewer,
        content=content,
        owner=owner,
        group_id=group_id,
        co_author_ids=co_author_ids,
        check_due=check_due,
        check_months=check_months,
        source=source,
        at=at,
    )
    return publish_draft(viewer=viewer, guide_id=guide.id, note=note, elsewhere=elsewhere, at=at)


def publish_draft(
    *,
    viewer: Viewer,
    guide_id: int,
    note: str = "",
    elsewhere: bool = False,
    at: datetime | None = None,
    event: type[GuideEvent] = GuidePublished,
) -> Guide:
    """Publish a draft: it gets its address, version 1 and the day on which it should be checked first.

    Publishing is no check: nobody has answered the two questions yet. What was written `elsewhere` has no day
    either until somebody here has checked it. Raises NotAllowed for anybody but the author.
    """
    guide = rows.guide_to_change(guide_id)
    require(may_publish(viewer, rows.standing(guide)), "Only its author can publish a draft.")
    require(may_put_in(viewer, guide.group_id), "Join the group first. Then the guide can belong to it.")
    rows.stay_where_said(guide.id, guide.group_id)
    moment = at or now()
    untouched = guide.imported_at is not None and guide.updated_at == guide.imported_at
    set_slug(guide)
    guide.state = "published"
    guide.published_at = guide.updated_at = moment
    guide.organisation_id = viewer.organisation_id
    if not elsewhere:
        day = moment.astimezone(zone()).date() if at else today()
        guide.check_due = guide.check_due or usual_due(guide.kind, day, guide.check_months)
    rows.set_check_state(guide)
    rows.add_version(guide, author_id=viewer.person_id, note=note, at=moment)
    if untouched:  # Still what its source says, so that the next import may renew it.
        guide.source_version = guide.version
    guide.revision += 1
    record("guide.publish", actor_id=viewer.person_id, subject=GUIDE, subject_id=guide.id)
    publish(event(GUIDE, guide.id))
    return guide
