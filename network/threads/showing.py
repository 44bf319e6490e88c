"""Posts made ready for a template.

A page holds many, and most visits to a thread see the same ones: a post is worked out once and its markup kept. Both
depend on nothing but what they are given (the row, the day, what the viewer may do with it, the page around it), so
whatever changes is another post to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import escape

from network.core.clock import now
from network.core.web.laid_out import kept_markup
from network.core.web.templating import clock_time, day, time_words, zone
from network.people.models import FORMER_MEMBER as FORMER_MEMBER
from network.subjects.names import hue, initials
from network.subjects.viewer import Viewer
from network.threads import rules
from network.threads.queries import PostRow

POSTS_KEPT = 3_000  # About ten megabytes.


@dataclass(frozen=True, slots=True, eq=False)
class ShownPost:
    """What the template writes for one post, without escaping it again: texts that people typed are escaped here.

    `gone` is the marker of a withdrawn post, in place of all the rest; who `may_look` sees what it said. Two are the
    same only if they are one object.
    """

    number: int
    name: str
    handle: str
    initials: str
    hue: int
    picture: str
    sub: str
    datetime: str
    exact: str
    when: str
    html: str
    edited: bool
    gone: str
    may_edit: bool
    may_hide: bool
    may_look: bool


def shown(rows: Sequence[PostRow], viewer: Viewer, *, keeps_order: bool) -> list[ShownPost]:
    """The rows as this viewer meets them."""
    here = zone()
    today = now().astimezone(here).date()
    return [
        _shown(
            row,
            here,
            today,
            rules.may_edit(viewer, row.author_id, row.withdrawn_at),
            rules.may_hide(viewer, row.author_id, row.withdrawn_at, keeps_order=keeps_order),
            rules.may_see_history(viewer, row.author_id, row.withdrawn_at, row.withdrawn_by),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Flag:
    """The strip over an accepted answer; `undo` is the id of the form that its button sends, if it has one."""

    text: str
    undo: str = ""
    undo_text: str = ""


def add_article(app: Flask) -> None:
    """Templates get `post_article`: the markup of one post, kept once laid out."""
    macro = app.jinja_env.get_template("threads/article.html").module.article  # type: ignore[attr-defined]
    app.jinja_env.globals["post_article"] = kept_markup(app, "threads.posts", POSTS_KEPT, lambda: macro)


def start_words(moment: datetime, today: date) -> str:
    """“Today at 9:12am”: the words for a local moment, where they stand alone."""
    words = time_words(moment, today)
    return words[0].upper() + words[1:]


def exact_words(moment: datetime) -> str:
    """“3 November 2026 at 9:12am”, for a local moment."""
    return f"{moment.day} {moment:%B %Y} at {clock_time(moment)}"


@lru_cache(POSTS_KEPT)
def _shown(row: PostRow, here: ZoneInfo, today: date, may_edit: bool, may_hide: bool, may_look: bool) -> ShownPost:
    name = row.name or FORMER_MEMBER
    written = row.created_at.astimezone(here)
    gone = marker(row) if row.withdrawn_at else ""
    return ShownPost(
        number=row.number,
        name=escape(name),
        handle=escape(row.handle or ""),
        initials=escape(initials(name)),
        hue=hue(row.author_id or 0),
        picture=f"/files/{row.photo}" if row.photo else "",
        sub=escape(", ".join(part for part in (row.job_title, row.organisation) if part)),
        datetime=written.isoformat(timespec="minutes"),
        exact=exact_words(written),
        when=start_words(written, today),
        html="" if gone else row.html,  # The renderer's own markup, stored when it was written.
        edited=row.edited_at is not None,
        gone=escape(gone),
        may_edit=may_edit,
        may_hide=may_hide,
        may_look=may_look,
    )


def marker(row: PostRow) -> str:
    """One line that says who took the words of a withdrawn post away, when and why."""
    if row.withdrawn_by is not None and row.withdrawn_by == row.author_id:
        said = f"{row.name or FORMER_MEMBER} withdrew this on {day(row.withdrawn_at)}."
    else:
        said = f"Hidden on {day(row.withdrawn_at)} by {row.withdrawn_by_name or FORMER_MEMBER.lower()}."
    return f"{said} Reason: {row.withdrawn_reason}" if row.withdrawn_reason else said
