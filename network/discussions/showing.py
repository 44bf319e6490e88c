"""Discussions made ready for the rows of lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from network.core.clock import now
from network.core.web.templating import zone
from network.discussions.models import KINDS
from network.discussions.queries import DiscussionRow
from network.discussions.subject import status
from network.subjects.names import hue, initials
from network.threads.showing import FORMER_MEMBER, time_words


def row_items(rows: Sequence[DiscussionRow], *, with_group: bool) -> list[dict[str, Any]]:
    """What the row component shows of each; `with_group` says where it stands."""
    here = zone()
    today = now().astimezone(here).date()
    return [_item(row, with_group, row.last_post_at.astimezone(here), today) for row in rows]


def _item(row: DiscussionRow, with_group: bool, moment: Any, today: Any) -> dict[str, Any]:
    text, state = status(row.kind, row.reply_count, row.answered)
    name = row.author or FORMER_MEMBER
    return {
        "address": row.address,
        "title": row.title,
        "small": True,
        "kind": KINDS[row.kind],
        "tag": {"text": text, "state": state} if text else None,
        "figure": {
            "number": f"{row.reply_count:,}",
            "label": "reply" if row.reply_count == 1 else "replies",
            "kind": "answered" if row.answered else "open" if row.kind == "question" else "",
        },
        "person": {"name": name, "initials": initials(name), "hue": hue(row.author_id or 0)},
        "facts": [row.group] if with_group else [],
        "when": {"text": time_words(moment, today), "datetime": moment.isoformat(timespec="minutes")},
    }
