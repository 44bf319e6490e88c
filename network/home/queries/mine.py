"""The questions that one member asked and that have no accepted answer yet."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import bindparam, case, select

from network.core.prepared import Prepared
from network.discussions.models import Discussion
from network.discussions.queries.lists import COLUMNS, DiscussionRow, visible_to
from network.groups.models import Group
from network.people.models import Person
from network.subjects.viewer import Viewer

MOST = 5


def my_questions(viewer: Viewer) -> list[DiscussionRow]:
    """Those with the newest reply first, then those that nobody has replied to; a few."""
    rows = _mine(viewer.group_ids).rows(person_id=viewer.person_id)
    return [DiscussionRow._make(row) for row in rows]


@lru_cache(maxsize=256)
def _mine(group_ids: frozenset[int]) -> Prepared:
    """Kept, because putting a statement together takes longer than running it."""
    return Prepared(
        select(*COLUMNS)
        .join(Group, Group.id == Discussion.group_id)
        .outerjoin(Person, Person.id == Discussion.author_id)
        .where(
            Discussion.author_id == bindparam("person_id"),
            Discussion.kind == "question",
            Discussion.accepted_post_id.is_(None),
            Discussion.withdrawn_at.is_(None),
            visible_to(Viewer(group_ids=group_ids)),
        )
        .order_by(case((Discussion.reply_count > 0, 0), else_=1), Discussion.last_post_at.desc(), Discussion.id.desc())
        .limit(MOST)
    )
