"""The posts and comments of one member as one text, to keep: what they wrote outside of guides is theirs as well."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import select

from network.core.db import db
from network.core.web.addresses import absolute
from network.core.web.templating import day
from network.library.models import Guide
from network.library.queries.visible import visible_to
from network.library.suggestions.events import SUGGESTION
from network.library.suggestions.models import Suggestion
from network.subjects.registry import subjects
from network.subjects.viewer import Viewer
from network.threads.addresses import post_address
from network.threads.models import Post, Thread


class Place(NamedTuple):
    """What the thread stands under, as far as it may still be read."""

    title: str
    address: str


def posts_as_text(viewer: Viewer) -> str:
    """Markdown: each post with where it stands and when it was written, the oldest first."""
    rows = db.session.execute(
        select(Thread.subject, Thread.subject_id, Post.number, Post.created_at, Post.body)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.author_id == viewer.person_id, Post.withdrawn_at.is_(None))
        .order_by(Post.created_at, Post.id)
    ).all()
    places = _places(rows, viewer)
    return "\n\n".join(["# My posts and comments", *(_text(row, places) for row in rows)]) + "\n"


def _text(row: Any, places: dict[tuple[str, int], Place]) -> str:
    place = places.get((row.subject, row.subject_id), Place("Where you can no longer read", ""))
    where = f"<{absolute(post_address(place.address, row.number))}>, " if place.address else ""
    return f"## {place.title}\n\n{where}{day(row.created_at)}\n\n{row.body}"


def _places(rows: Iterable[Any], viewer: Viewer) -> dict[tuple[str, int], Place]:
    places: dict[tuple[str, int], Place] = {}
    wanted = {(row.subject, row.subject_id) for row in rows}
    for name in {name for name, _ in wanted}:
        ids = [row_id for of, row_id in wanted if of == name]
        subject = subjects().get(name)
        if subject is not None and subject.named is not None:
            for row_id, one in subject.named(ids, viewer).items():
                places[name, row_id] = Place(one.title, one.address)
        elif name == SUGGESTION:
            places.update(_suggestions(ids, viewer))
    return places


def _suggestions(ids: list[int], viewer: Viewer) -> dict[tuple[str, int], Place]:
    rows = db.session.execute(
        select(Suggestion.id, Suggestion.number, Guide.title, Guide.slug)
        .join(Guide, Guide.id == Suggestion.guide_id)
        .where(Suggestion.id.in_(ids), visible_to(viewer))
    )
    return {
        (SUGGESTION, row.id): Place(
            f"Suggestion {row.number} for {row.title}", f"/library/{row.slug}/suggestions/{row.number}"
        )
        for row in rows
    }
