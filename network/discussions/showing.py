"""Discussions made ready for lists. Lists are long, so each text is escaped once, here; the template only writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from markupsafe import escape

from network.core.clock import now
from network.core.web.templating import time_words, zone
from network.discussions.models import KINDS
from network.discussions.queries import DiscussionRow
from network.discussions.subject import status
from network.subjects.names import hue, initials
from network.threads.showing import FORMER_MEMBER, exact_words, start_words

ROWS_KEPT = 2_000
TAG_COLOURS = {"good": "green", "warn": "yellow", "calm": "grey", "": ""}


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What templates/discussions/rows.html writes for one discussion."""

    address: str
    title: str
    kind: str
    answered: bool
    figure_class: str
    replies: str
    replies_words: str
    tag: str
    tag_colour: str
    author: str
    initials: str
    hue: int
    group: str
    datetime: str
    exact: str
    when: str
    fact: str = ""


def row_items(rows: Sequence[DiscussionRow], *, with_group: bool) -> list[ShownRow]:
    """The rows as lists show them; `with_group` says where each stands."""
    here = zone()
    today = now().astimezone(here).date()
    return [_item(row, with_group, here, today) for row in rows]


@lru_cache(ROWS_KEPT)
def _item(row: DiscussionRow, with_group: bool, here: ZoneInfo, today: date) -> ShownRow:
    """Kept: most visits see the same rows, and one depends on nothing else."""
    moment = row.last_post_at.astimezone(here)
    tag, state = status(row.kind, row.reply_count, row.answered)
    name = row.author or FORMER_MEMBER
    figure = " cp-figure--answered" if row.answered else " cp-figure--open" if row.kind == "question" else ""
    return ShownRow(
        address=escape(row.address),
        title=escape(row.title),
        kind=KINDS[row.kind],
        answered=row.answered,
        figure_class=figure,
        replies=f"{row.reply_count:,}",
        replies_words="reply" if row.reply_count == 1 else "replies",
        tag=tag,
        tag_colour=TAG_COLOURS[state],
        author=escape(name),
        initials=escape(initials(name)),
        hue=hue(row.author_id or 0),
        group=escape(row.group) if with_group else "",
        datetime=moment.isoformat(timespec="minutes"),
        exact=exact_words(moment),
        when=_latest(moment, today, row.reply_count),
    )


def _latest(moment: datetime, today: date, replies: int) -> str:
    """Beside the one who began it, the time of a reply says that it is one."""
    return f"Last reply {time_words(moment, today)}" if replies else start_words(moment, today)
