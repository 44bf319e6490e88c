"""Guides: the list, one in full, one version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from network.api.addresses import next_page
from network.api.lines import page_of
from network.api.problems import wrong_parameters
from network.api.schemas.guides import GuideListSchema, GuidesAskedSchema, GuideSchema, VersionSchema
from network.api.views import area
from network.api.whole import found, in_full, one_version
from network.core.web.pagination import offset
from network.library.queries.filters import Narrowing, narrowing


@area.read("/guides", asks=GuidesAskedSchema, gives=GuideListSchema, tried="/guides?kind=guide&check=in-date")
def guides(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Guides, the most used first.

    The filters are those of the library's list. Within one of them any value fits; all of them must fit.
    """
    per_page = asked["per_page"]
    start = offset(asked["page"], per_page)
    items, total = page_of(_narrowed(asked).filters, sort=asked["sort"], limit=per_page, offset=start)
    return {"total": total, "items": items, **next_page(asked, per_page=per_page, total=total)}


@area.read("/guides/<uuid:uuid>", gives=GuideSchema, fails=(410,))
def guide(_asked: Mapping[str, Any], uuid: UUID) -> dict[str, Any]:
    """One guide in full.

    Its text as Markdown and HTML, with credit, licence, history, files, use, and how far it can be trusted.
    """
    return in_full(found(uuid).id)


@area.read("/guides/<uuid:uuid>/versions/<int(max=2147483647):number>", gives=VersionSchema, fails=(410,))
def version(_asked: Mapping[str, Any], uuid: UUID, number: int) -> dict[str, Any]:
    """One version of a guide, as readers saw it."""
    return one_version(found(uuid), number)


def _narrowed(asked: Mapping[str, Any]) -> Narrowing:
    """The filters. A slug that there is not is refused: leaving it out would give guides that nobody asked for."""
    named = narrowing(
        kinds=asked.get("kind", ()),
        checks=asked.get("check", ()),
        topics=asked.get("topic", ()),
        organisations=asked.get("organisation", ()),
        group=asked.get("group", ""),
        person=asked.get("by", ""),
        used=asked.get("used", ""),
    )
    faults = list(_unknown(asked, named))
    if faults or named is None:
        raise wrong_parameters(faults)
    return named


def _unknown(asked: Mapping[str, Any], named: Narrowing | None) -> Iterator[tuple[str, str]]:
    if named is None:
        yield from ((name, "There is no such one.") for name in ("group", "by") if asked.get(name))
        return
    known = {"topic": named.topics, "organisation": named.organisations}
    for name, choices in known.items():
        if set(asked.get(name, ())) - {choice.value for choice in choices}:
            yield name, "There is no such one."
