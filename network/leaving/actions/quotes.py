"""Whose words a quotation is: its head leads to the post, so the name that stood there on the day does not matter."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, or_, select

from network.core.db import db
from network.discussions.models import Discussion
from network.groups.models import FormerGroupSlug, Group
from network.library.models import FormerGuideSlug, Guide
from network.library.suggestions.models import Suggestion
from network.people.models import FORMER_MEMBER
from network.threads.models import Post, Thread
from network.threads.unnaming import HEAD

_HEADS = (
    HEAD,
    re.compile(
        r'(?P<before><a href="(?P<page>/[^"]{1,300}?)#post-(?P<number>\d{1,7})">)'
        r"(?:(?!</a>).){0,300}(?P<after></a> wrote:)"
    ),
)
_PAGE = re.compile(
    r"/(?:groups/(?P<group>[\w-]+)/discussions/(?P<number>\d{1,9})"
    r"|library/(?P<guide>[\w-]+)(?:/suggestions/(?P<suggestion>\d{1,9}))?)(?!\w)"
)


class Quotes:
    """What one person wrote in threads, to tell quotations of it from others."""

    def __init__(self, person_id: int) -> None:
        self._numbers: dict[int, set[int]] = {}
        written = select(Post.thread_id, Post.number).where(Post.author_id == person_id)
        for thread_id, number in db.session.execute(written):
            self._numbers.setdefault(thread_id, set()).add(number)
        self._threads: dict[str, int | None] = {}

    def threads(self) -> list[int]:
        """Where they wrote something."""
        return list(self._numbers)

    def unnamed(self, text: str) -> str:
        """The text with “Former member” over each quotation of theirs."""
        for head in _HEADS if "#post-" in text else ():
            text = head.sub(self._instead, text)
        return text

    def _instead(self, found: re.Match[str]) -> str:
        thread_id = self._thread(found["page"])
        theirs = thread_id is not None and int(found["number"]) in self._numbers.get(thread_id, ())
        return f"{found['before']}{FORMER_MEMBER}{found['after']}" if theirs else found[0]

    def _thread(self, page: str) -> int | None:
        """The thread on a page, also by an earlier address of its group."""
        place = _PAGE.match(page)
        if place is None:
            return None
        if place[0] not in self._threads:
            self._threads[place[0]] = _of_guide(place) if place["guide"] else _of_discussion(place)
        return self._threads[place[0]]


def _of_guide(place: re.Match[str]) -> int | None:
    """Its comments, or what was said of a suggestion."""
    former = select(FormerGuideSlug.guide_id).where(FormerGuideSlug.slug == place["guide"])
    guide: ColumnElement[bool] = or_(Guide.slug == place["guide"], Guide.id.in_(former))
    if not place["suggestion"]:
        return db.session.scalar(select(Guide.thread_id).where(guide))
    suggested = select(Suggestion.thread_id).join(Guide, Guide.id == Suggestion.guide_id)
    return db.session.scalar(suggested.where(guide, Suggestion.number == int(place["suggestion"])))


def _of_discussion(place: re.Match[str]) -> int | None:
    former = select(FormerGroupSlug.group_id).where(FormerGroupSlug.slug == place["group"])
    group: ColumnElement[bool] = or_(Group.slug == place["group"], Group.id.in_(former))
    return db.session.scalar(
        select(Thread.id)
        .join(Discussion, (Thread.subject == "discussion") & (Thread.subject_id == Discussion.id))
        .join(Group, Group.id == Discussion.group_id)
        .where(group, Discussion.number == int(place["number"]))
    )
