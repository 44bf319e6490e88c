"""What changed: guides, questions and discussions as one list, newest first, under the days they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, islice

from network.core.clock import now
from network.core.web.templating import local
from network.discussions.queries.lists import DiscussionRow
from network.home.queries.guides import GuideLine, changed_guides
from network.home.queries.threads import changed_threads
from network.subjects.viewer import Viewer

PER_PAGE = 20
MOST_PAGES = 25
QUESTIONS, TALK = ("question",), ("discussion", "announcement")
SHOWS = {
    "": ("Everything", (*QUESTIONS, *TALK), True),
    "questions": ("Questions", QUESTIONS, False),
    "guides": ("Guides", (), True),
    "discussions": ("Discussions", TALK, False),
}
Changed = GuideLine | DiscussionRow


@dataclass(frozen=True)
class Stream:
    """A page of what changed, by day; `older` is true when there is another page."""

    days: Sequence[tuple[str, Sequence[Changed]]]
    older: bool


def stream(viewer: Viewer, topic_ids: tuple[int, ...], *, show: str = "", page: int = 1) -> Stream:
    """A page of what changed in the viewer's groups and about these topics. `show` is a key of SHOWS."""
    _, kinds, guides = SHOWS[show]
    end = page * PER_PAGE
    found: list[Changed] = []
    if viewer.group_ids or topic_ids:
        # Each list gives all up to the end of this page: after merging, nothing that belongs here can be missing.
        found += changed_threads(viewer, topic_ids, kinds, end + 1) if kinds else []
        found += changed_guides(viewer, topic_ids, end + 1) if guides else []
    found.sort(key=moment, reverse=True)
    shown = list(islice(found, end - PER_PAGE, end))
    return Stream(by_day(shown), older=len(found) > end and page < MOST_PAGES)


def moment(changed: Changed) -> datetime:
    """When it changed: a guide when it was last found right, a thread when somebody last wrote in it."""
    return changed.shown_at if isinstance(changed, GuideLine) else changed.last_post_at


def by_day(changed: Iterable[Changed]) -> list[tuple[str, list[Changed]]]:
    """Sorted changes under “Today”, “Earlier this week” (since Monday), “Last week” or their month."""
    today = local(now()).date()

    def heading(one: Changed) -> str:
        return _heading(local(moment(one)).date(), today)

    return [(name, list(under)) for name, under in groupby(changed, key=heading)]


def _heading(then: date, today: date) -> str:
    if then >= today:
        return "Today"
    monday = today - timedelta(days=today.weekday())
    if then >= monday:
        return "Earlier this week"
    return "Last week" if then >= monday - timedelta(days=7) else f"{then:%B %Y}"
