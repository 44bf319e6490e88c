"""Groups. Of a closed one only what its page says to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from network.api.addresses import BASE, list_address, next_page
from network.api.schemas.places import GroupListSchema, GroupsAskedSchema, GroupSchema
from network.api.views import area
from network.core.web.addresses import absolute
from network.groups.lists import PER_PAGE, GroupRow, groups_page
from network.groups.pages import find_group
from network.groups.queries import GroupHead, about_group, facilitators, group_topics, organisation_count
from network.groups.rules import may_see_inside
from network.portability.links import outward_html, shut
from network.subjects.viewer import VISITOR


@area.read("/groups", asks=GroupsAskedSchema, gives=GroupListSchema)
def groups(asked: Mapping[str, Any]) -> dict[str, Any]:
    """Groups, twenty a page."""
    page = groups_page(asked["sort"], VISITOR, asked["page"])
    items = [_line(row, inside=row.member_count is not None, last_active=row.last_active_at) for row in page.items]
    return {"total": page.total, "items": items, **next_page(asked, per_page=PER_PAGE, total=page.total)}


@area.read("/groups/<slug>", gives=GroupSchema, tried="/groups/ask-anyone")
def group(_asked: Mapping[str, Any], slug: str) -> dict[str, Any]:
    """One group: what it says of itself, who runs it.

    A former address leads on to the present one (301).
    """
    head = find_group(slug)
    inside = may_see_inside(VISITOR, head.id, head.openness)
    people = [
        {
            "name": person.name,
            "job_title": person.job_title,
            "organisation": person.organisation,
            "address": absolute(f"/people/{person.handle}"),
        }
        for person in facilitators(head.id)
    ]
    return {**_line(head, inside=inside), "facilitators": people, **(_inside(head) if inside else {})}


def _line(group: GroupRow | GroupHead, *, inside: bool, last_active: datetime | None = None) -> dict[str, Any]:
    return {
        "slug": group.slug,
        "name": group.name,
        "purpose": group.purpose,
        "openness": group.openness,
        "closed_reason": group.closed_reason,
        "members": group.member_count if inside else None,
        "discussions": group.discussion_count if inside else None,
        "last_active": last_active,
        "address": absolute(group.address),
        "self": absolute(f"{BASE}/groups/{group.slug}"),
    }


def _inside(head: GroupHead) -> dict[str, Any]:
    """What only those know of a group who may see inside: of an open one everybody."""
    about = about_group(head.id)[1]
    return {
        "about": outward_html(about, shut([about], VISITOR), absolute(head.address)),
        "organisations": organisation_count(head.id),
        "topics": [{"slug": slug, "name": name} for slug, name in group_topics(head.id)],
        "list": list_address(group=head.slug),
    }
