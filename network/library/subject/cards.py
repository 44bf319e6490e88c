"""Guides as results show them, with the words to cut a snippet from and the parts of them that can be linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, select

from network.core.db import db
from network.core.prepared import Prepared
from network.core.text.plain import plain, plain_with_headings
from network.core.web.templating import day
from network.library.checks import check_state, today
from network.library.files.queries import FileWords, words_of_files
from network.library.files.showing import type_and_size
from network.library.models import KINDS, Guide
from network.library.queries.linked import without_addresses
from network.library.queries.lists import STATEMENTS_KEPT, TRUST, GuideLine, guides_by_ids
from network.library.queries.visible import visible_to
from network.library.views.showing import check_tag, row_tag, use_figure
from network.subjects.names import hue, initials
from network.subjects.registry import Card, Named, Section
from network.subjects.viewer import Viewer
from network.threads.addresses import post_address
from network.threads.queries import StandingPost, standing_posts
from network.threads.showing import FORMER_MEMBER


class _Short(NamedTuple):
    """A guide as short lists name it."""

    id: int
    title: str
    slug: str
    kind: str
    use_count: int
    checked_at: datetime | None
    check_due: date | None
    superseded: bool
    flagged: bool


def cards(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Card]:
    """Cards of those that the viewer may see."""
    lines = guides_by_ids(viewer, ids)
    texts = db.session.execute(
        select(Guide.id, Guide.html, Guide.thread_id, Guide.file_count).where(Guide.id.in_([line.id for line in lines]))
    ).all()
    comments: dict[int, list[StandingPost]] = {}
    if threads := [row.thread_id for row in texts if row.thread_id is not None]:
        for post in standing_posts(threads):
            comments.setdefault(post.thread_id, []).append(post)
    files = words_of_files([row.id for row in texts if row.file_count])
    words = {row.id: (row.html, comments.get(row.thread_id, []), files.get(row.id, [])) for row in texts}
    on = today()
    return {line.id: _card(line, *words[line.id], on) for line in lines if line.id in words}


def named(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Named]:
    """Titles and addresses of those that the viewer may see, with how far to trust them."""
    size = 1 << max(0, len(ids) - 1).bit_length()
    full = [*ids, *list(ids[:1]) * (size - len(ids))]
    rows = _named(viewer.group_ids, size).rows(**{_name(place): one for place, one in enumerate(full)}) if ids else ()
    on = today()
    return {line.id: _short(line, on) for line in map(_Short._make, rows)}


def _short(line: _Short, on: date) -> Named:
    tag = row_tag(line, on)
    named = Named(line.title, f"/library/{line.slug}", KINDS[line.kind], uses=line.use_count)
    return named._replace(tag=tag["text"], tag_tone=tag["state"]) if tag else named


@lru_cache(STATEMENTS_KEPT)
def _named(group_ids: frozenset[int], size: int) -> Prepared:
    """Kept, because putting a statement together takes longer than running it; for 1, 2, 4, 8 … ids."""
    wanted = Guide.id.in_([bindparam(_name(place), type_=Integer) for place in range(size)])
    return Prepared(
        select(Guide.id, Guide.title, Guide.slug, Guide.kind, Guide.use_count, *TRUST).where(
            visible_to(Viewer(group_ids=group_ids)), wanted
        )
    )


def _name(place: int) -> str:
    return f"id{place}"


def _card(line: GuideLine, html: str, comments: Sequence[StandingPost], files: Sequence[FileWords], on: date) -> Card:
    address = f"/library/{line.slug}"
    text, sections = _words(line.summary, html, comments, address)
    text, sections = _with_files(text, sections, files)
    tag = {"text": "", "state": ""}
    if line.superseded or line.flagged or check_state(line.checked_at, line.check_due, on) != "in-date":
        tag = check_tag(line.checked_at, line.check_due, superseded=line.superseded, flagged=line.flagged)
    checked = f"Checked {day(line.checked_at)}" if line.checked_at else ""
    figure = use_figure(line.use_count)
    members = f"For members of {line.group}" if line.group else ""
    return Card(
        id=line.id,
        title=line.title,
        address=address,
        kicker=KINDS.get(line.kind, line.kind),
        text=text,
        byline=", ".join(dict.fromkeys(part for part in (line.owner, line.organisation) if part)),
        language=line.language,
        tag=tag["text"],
        tag_tone=tag["state"],
        figure=figure["number"],
        figure_words=figure["label"],
        figure_tone=figure["kind"],
        initials=initials(line.owner),
        hue=hue(line.owner_id),
        shape="" if line.owner_kind == "person" else "square",
        picture=line.picture,
        facts=tuple(fact for fact in (members, checked) if fact),
        sections=sections,
    )


def _words(summary: str, html: str, comments: Sequence[StandingPost], address: str) -> tuple[str, tuple[Section, ...]]:
    """Summary, text and comments as one text; its sections begin at headings and at comments."""
    body, headings = plain_with_headings(without_addresses(html))
    text = f"{summary}\n{body}" if summary else body
    ahead = len(text) - len(body)
    sections = [Section(ahead + found.start, found.heading, f"{address}#{found.id}") for found in headings]
    for post in comments:
        by = f"Comment by {post.author or FORMER_MEMBER}"
        sections.append(Section(len(text) + 1, by, post_address(address, post.number)))
        text += "\n" + plain(post.html)
    return text, tuple(sections)


def _with_files(
    text: str, sections: tuple[Section, ...], files: Sequence[FileWords]
) -> tuple[str, tuple[Section, ...]]:
    """The words of each file behind, as a section that leads to the file."""
    found = list(sections)
    for file in files:
        name = f"the file {file.title} ({type_and_size(file.media_type, file.size)})"
        found.append(Section(len(text) + 1, name, f"/files/{file.name}", beside=True))
        text += f"\n{file.title}\n{file.text}"
    return text, tuple(found)
