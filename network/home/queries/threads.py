"""Questions and discussions as the front pages list them, beside the lists that discussions give themselves."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from network.discussions.models import Discussion, DiscussionTopic
from network.discussions.queries.lists import COLUMNS, DiscussionRow, rows, visible_to
from network.groups.models import Group
from network.people.models import Person
from network.subjects.viewer import VISITOR, Viewer

_LIST = (
    select(*COLUMNS)
    .join(Group, Group.id == Discussion.group_id)
    .outerjoin(Person, Person.id == Discussion.author_id)
    .where(Discussion.withdrawn_at.is_(None))
)
_ANSWERED = _LIST.where(Discussion.accepted_at.is_not(None), visible_to(VISITOR)).order_by(
    Discussion.accepted_at.desc(), Discussion.id.desc()
)


def answered_lately(limit: int = 3) -> list[DiscussionRow]:
    """The questions in open groups that were answered last, however long ago."""
    return rows(_ANSWERED.limit(limit))


def changed_threads(viewer: Viewer, topic_ids: Sequence[int], kinds: Sequence[str], limit: int) -> list[DiscussionRow]:
    """Threads of these kinds in the viewer's groups, or about these topics, those with the latest post first."""
    filed = select(DiscussionTopic.discussion_id).where(DiscussionTopic.topic_id.in_(topic_ids))
    mine = or_(Discussion.group_id.in_(sorted(viewer.group_ids)), Discussion.id.in_(filed))
    query = _LIST.where(mine, visible_to(viewer), Discussion.kind.in_(kinds))
    return rows(query.order_by(Discussion.last_post_at.desc(), Discussion.id.desc()).limit(limit))
