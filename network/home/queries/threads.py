"""Questions and discussions as the front pages list them, beside the lists that discussions give themselves."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, or_, select, union_all

from network.core.prepared import Prepared, each
from network.discussions.models import Discussion, DiscussionTopic
from network.discussions.queries.lists import COLUMNS, DiscussionRow, visible_to
from network.groups.models import Group
from network.people.models import Person
from network.subjects.viewer import VISITOR, Viewer

_LIST = (
    select(*COLUMNS)
    .join(Group, Group.id == Discussion.group_id)
    .outerjoin(Person, Person.id == Discussion.author_id)
    .where(Discussion.withdrawn_at.is_(None))
)
_LATEST = (Discussion.last_post_at.desc(), Discussion.id.desc())
SHOWN = 3
_PUBLIC = _LIST.add_columns(Discussion.accepted_at).where(Discussion.kind == "question", visible_to(VISITOR))
_ANSWERED = _PUBLIC.where(Discussion.accepted_at.is_not(None)).order_by(
    Discussion.accepted_at.desc(), Discussion.id.desc()
)
_OPEN = _PUBLIC.where(Discussion.accepted_post_id.is_(None)).order_by(*_LATEST)
# One statement for both lists: most of what a short query costs is asking.
_HALVES = union_all(*(select(half.limit(SHOWN).subquery()) for half in (_ANSWERED, _OPEN)))
_QUESTIONS = Prepared(select(_HALVES.subquery()))


class Questions(NamedTuple):
    """What visitors see of the questions: those answered last, with the times, and those that need an answer."""

    answered: list[tuple[DiscussionRow, datetime]]
    open: list[DiscussionRow]


def questions_for_visitors() -> Questions:
    """The questions in open groups that were answered last, and the open ones with the latest post."""
    answered, waiting = [], []
    for *columns, accepted_at in _QUESTIONS.rows():
        line = DiscussionRow._make(columns)
        if accepted_at is None:
            waiting.append(line)
        else:
            answered.append((line, accepted_at))
    answered.sort(key=lambda pair: (pair[1], pair[0].id), reverse=True)
    waiting.sort(key=lambda line: (line.last_post_at, line.id), reverse=True)
    return Questions(answered, waiting)


def changed_threads(
    viewer: Viewer, topic_ids: tuple[int, ...], kinds: tuple[str, ...], limit: int
) -> list[DiscussionRow]:
    """Threads of these kinds in the viewer's groups, or about these topics, those with the latest post first."""
    return [DiscussionRow._make(row) for row in _changed(viewer, topic_ids, kinds, limit).rows()]


@lru_cache(maxsize=256)
def _changed(viewer: Viewer, topic_ids: tuple[int, ...], kinds: tuple[str, ...], limit: int) -> Prepared:
    """Kept for the viewer's next look: putting a statement together costs more than running it."""
    mine: ColumnElement[bool] = Discussion.group_id.in_(each(sorted(viewer.group_ids)))
    if topic_ids:
        filed = select(DiscussionTopic.discussion_id).where(DiscussionTopic.topic_id.in_(each(topic_ids)))
        mine = or_(mine, Discussion.id.in_(filed))
    # The ids first: only what is shown is worth joining.
    latest = (
        select(Discussion.id)
        .where(mine, visible_to(viewer), Discussion.kind.in_(each(kinds)), Discussion.withdrawn_at.is_(None))
        .order_by(*_LATEST)
        .limit(limit)
    )
    return Prepared(_LIST.where(Discussion.id.in_(latest)).order_by(*_LATEST))
