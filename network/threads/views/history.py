"""What an edited post said before."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flask import abort, render_template

from network.core.text.diff import MAX_WORK, Difference, difference
from network.threads import rules
from network.threads.place import Place
from network.threads.queries import Version, post_history, single_post


def history_page(place: Place, number: int) -> Any:
    """Every state of a post with what changed, the newest first. A withdrawn post shows none."""
    post = single_post(place.thread_id, number) if place.thread_id else None
    if post is None or not rules.may_see_history(post.row.withdrawn_at):
        abort(404)
    versions = post_history(post.row.id)
    return render_template("threads/history.html", place=place, row=post.row, number=number, states=_states(versions))


def _states(versions: list[Version]) -> list[tuple[Version, Difference | None]]:
    """Each version with what changed; the first one has nothing to compare with. All share what one may cost."""
    work = [MAX_WORK]
    states: list[tuple[Version, Difference | None]] = [
        (newer, difference(older.body, newer.body, work)) for newer, older in pairwise(versions)
    ]
    return [*states, (versions[-1], None)]
