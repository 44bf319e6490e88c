"""Whose words a quotation is: its head leads to the post, so the name that stood there on the day does not matter."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Select, literal, select, union_all

from network.core.db import db
from network.discussions.models import Discussion
from network.groups.models import FormerGroupSlug, Group
from network.library.models import FormerGuideSlug, Guide
from network.library.suggestions.models import Suggestion
from network.people.models import FORMER_MEMBER
from network.threads.models import Post
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


Key = tuple[str, str, int]
"""A page on which people talk: below what, its slug there, and its number; 0 for the guide's own."""


class Quotes:
    """What one person wrote in threads, to tell quotations of it from others; false when they wrote nothing.

    All pages of theirs are asked for at once, by whatever address they had, however many others are quoted.
    """

    def __init__(self, person_id: int) -> None:
        written = select(Post.thread_id, Post.number).where(Post.author_id == person_id)
        numbers = defaultdict[int, set[int]](set)
        for thread_id, number in db.session.execute(written):
            numbers[thread_id].add(number)
        self._numbers: dict[Key, set[int]] = {}
        if numbers:
            pages = _pages(select(Post.thread_id).where(Post.author_id == person_id))
            self._numbers = {key: numbers[thread_id] for key, thread_id in pages}

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def may_be_in(self, text: str) -> bool:
        """Whether the text names a page on which they wrote; without that it does not quote them."""
        return any(_key(place) in self._numbers for place in _PAGE.finditer(text))

    def unnamed(self, text: str) -> str:
        """The text with “Former member” over each quotation of theirs."""
        for head in _HEADS if "#post-" in text else ():
            text = head.sub(self._instead, text)
        return text

    def _instead(self, found: re.Match[str]) -> str:
        place = _PAGE.match(found["page"])
        theirs = place is not None and int(found["number"]) in self._numbers.get(_key(place), ())
        return f"{found['before']}{FORMER_MEMBER}{found['after']}" if theirs else found[0]


def _key(place: re.Match[str]) -> Key:
    if place["guide"]:
        return "library", place["guide"], int(place["suggestion"] or 0)
    return "groups", place["group"], int(place["number"])


def _pages(threads: Select[int]) -> Iterator[tuple[Key, int]]:
    """Where these threads stand, by present and earlier addresses: under discussions, guides and suggestions."""
    groups = union_all(select(Group.id, Group.slug), select(FormerGroupSlug.group_id, FormerGroupSlug.slug)).subquery()
    guides = union_all(select(Guide.id, Guide.slug), select(FormerGuideSlug.guide_id, FormerGuideSlug.slug)).subquery()
    discussed = select(groups.c.slug, Discussion.number, Discussion.thread_id)
    commented = select(guides.c.slug, literal(0), Guide.thread_id)
    suggested = select(guides.c.slug, Suggestion.number, Suggestion.thread_id)
    for below, found, thread in (
        ("groups", discussed.join(groups, groups.c.id == Discussion.group_id), Discussion.thread_id),
        ("library", commented.join(guides, guides.c.id == Guide.id), Guide.thread_id),
        ("library", suggested.join(guides, guides.c.id == Suggestion.guide_id), Suggestion.thread_id),
    ):
        for slug, number, thread_id in db.session.execute(found.where(thread.in_(threads))):
            yield (below, slug, number), thread_id
