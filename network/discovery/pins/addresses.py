"""From an address of our own content, as somebody pastes it, to the key under which search knows it."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlalchemy import select

from network.core.db import db
from network.core.web.addresses import safe_next
from network.discovery.documents import key
from network.discovery.hits.cards import cards_of
from network.discussions.models import Discussion
from network.groups.models import FormerGroupSlug, Group
from network.library.models import FormerGuideSlug, Guide
from network.people.models import FormerHandle, Person
from network.subjects.registry import Card
from network.subjects.viewer import Viewer

_SLUG = r"([a-z0-9-]{1,100})"


def found_at(address: str, viewer: Viewer) -> tuple[str, Card] | None:
    """Key and card of what stands at an address of this site, if the viewer may read it.

    An address that leads nowhere and one that leads to what the viewer may not read are answered alike.
    """
    path = safe_next(address.strip(), "").partition("?")[0].partition("#")[0].rstrip("/")
    for pattern, subject, look_up in _PLACES:
        match = re.fullmatch(pattern, path)
        row_id = look_up(match) if match else None
        if row_id is not None:
            name = key(subject, row_id)
            card = cards_of([name], viewer).get(name)
            return (name, card) if card else None
    return None


def _guide(match: re.Match[str]) -> int | None:
    found = db.session.scalar(select(Guide.id).where(Guide.slug == match[1]))
    return found or db.session.scalar(select(FormerGuideSlug.guide_id).where(FormerGuideSlug.slug == match[1]))


def _group(match: re.Match[str]) -> int | None:
    found = db.session.scalar(select(Group.id).where(Group.slug == match[1]))
    return found or db.session.scalar(select(FormerGroupSlug.group_id).where(FormerGroupSlug.slug == match[1]))


def _discussion(match: re.Match[str]) -> int | None:
    query = select(Discussion.id).where(Discussion.group_id == _group(match), Discussion.number == int(match[2]))
    return db.session.scalar(query)


def _person(match: re.Match[str]) -> int | None:
    found = db.session.scalar(select(Person.id).where(Person.handle == match[1]))
    former = select(FormerHandle.person_id).where(FormerHandle.handle == match[1], FormerHandle.leads_on)
    return found or db.session.scalar(former)


_Look = Callable[[re.Match[str]], int | None]
_PLACES: tuple[tuple[str, str, _Look], ...] = (
    (rf"/library/{_SLUG}", "guide", _guide),
    (rf"/groups/{_SLUG}/discussions/([0-9]{{1,9}})(?:-[a-z0-9-]*)?", "discussion", _discussion),
    (rf"/groups/{_SLUG}", "group", _group),
    (rf"/people/{_SLUG}", "person", _person),
)
