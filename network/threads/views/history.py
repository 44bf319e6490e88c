"""What an edited post said before."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flask import abort, render_template

from network.core.text.diff import Difference, difference
from network.threads import rules
from network.threads.place import Place
from network.threads.queries import Version, post_history, single_post

Part = tuple[str, str]


def history_page(place: Place, number: int) -> Any:
    """Every state of a post with what changed, the newest first. A withdrawn post shows none."""
    post = single_post(place.thread_id, number) if place.thread_id else None
    if post is None or not rules.may_see_history(post.row.withdrawn_at):
        abort(404)
    versions = post_history(post.row.id)
    return render_template("threads/history.html", place=place, row=post.row, number=number, states=_states(versions))


def _states(versions: list[Version]) -> list[tuple[Version, str, list[Any]]]:
    """Each version with how much changed and the changed lines; the first one has nothing to compare with."""
    states: list[tuple[Version, str, list[Any]]] = []
    for newer, older in pairwise(versions):
        changes = difference(older.body, newer.body)
        states.append((newer, changes.summary, _paragraphs(changes)))
    return [*states, (versions[-1], "", [])]


def _paragraphs(changes: Difference) -> list[list[Part] | str]:
    found: list[list[Part] | str] = []
    for index, hunk in enumerate(changes.hunks):
        if index:
            found.append("gap")
        found.extend([(part.kind, part.text) for part in line.segments] for line in hunk.lines if line.segments)
    return found
