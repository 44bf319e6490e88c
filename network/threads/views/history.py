"""What an edited post said before."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flask import abort, g, render_template

from network.core.text.diff import MAX_WORK, Difference, difference
from network.core.text.unmarked import unmarked
from network.threads import rules
from network.threads.place import Place
from network.threads.queries import Version, post_history, single_post
from network.threads.showing import marker


def history_page(place: Place, number: int) -> Any:
    """Every state of a post with what changed, the newest first. A withdrawn post shows none, a hidden one shows its
    author what they wrote.
    """
    post = single_post(place.thread_id, number) if place.thread_id else None
    if post is None:
        abort(404)
    row = post.row
    if not rules.may_see_history(g.viewer, row.author_id, row.withdrawn_at, row.withdrawn_by):
        abort(404)
    gone = marker(row) if row.withdrawn_at else ""
    states = _states(post_history(row.id))
    return render_template("threads/history.html", place=place, row=row, number=number, gone=gone, states=states)


def _states(versions: list[Version]) -> list[tuple[Version, Difference | None]]:
    """Each version with what changed; the first one has nothing to compare with. All share what one may cost."""
    work = [MAX_WORK]
    states: list[tuple[Version, Difference | None]] = [
        (newer, unmarked(difference(older.body, newer.body, work))) for newer, older in pairwise(versions)
    ]
    return [*states, (versions[-1], None)]
