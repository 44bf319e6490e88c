"""Where something that a person wrote stands, told only as far as they may read there now.

A group that exists is no secret, what is said in a closed one is, and an address tells a title.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_

from network.core.web.addresses import absolute
from network.discussions.rules import may_read
from network.library.models import Guide
from network.portability.texts import filled
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

UNKNOWN = "A guide that you cannot read now"


class Place(NamedTuple):
    """Its folder in the archive, its page here if that may be told, its name, and what front matter says of it."""

    folder: str
    address: str
    name: str
    fields: dict[str, Any]


def known(viewer: Viewer) -> ColumnElement[bool]:
    """Published or withdrawn where the viewer may read; the page of a withdrawn guide still says its title."""
    return and_(Guide.state != "draft", in_readable_group(Guide.group_id, viewer))


GUIDE_COLUMNS = (Guide.uuid.label("guide_uuid"), Guide.slug.label("guide_slug"), Guide.title.label("guide"))
"""What `guide_place` asks of a row, beside `known` as `guide_known`."""


def guide_place(row: Any, top: str) -> Place:
    """The guide of a row; of one that may not be told its UUID, which says nothing."""
    uuid = str(row.guide_uuid)
    if not row.guide_known:
        return Place(f"{top}/{uuid}", "", UNKNOWN, {"guide": {"uuid": uuid}})
    address = f"/library/{row.guide_slug}"
    guide = {"uuid": uuid, "title": row.guide, "address": absolute(address)}
    return Place(f"{top}/{row.guide_slug}", address, row.guide, {"guide": guide})


def discussion_place(row: Any, viewer: Viewer) -> Place:
    """The discussion of a row; its title is told to whoever may read it, and to who wrote the title and was not hidden.

    Whoever started it and took it back reads it nowhere, but the title is theirs.
    """
    withdrawn = row.discussion_withdrawn_at
    own = viewer.person_id == row.starter_id and (withdrawn is None or row.discussion_withdrawn_by == viewer.person_id)
    told = own or may_read(viewer, row.group_id, row.openness, withdrawn)
    group = f"/groups/{row.group_slug}"
    said = filled({"number": row.discussion, "kind": row.kind, "title": row.discussion_title if told else None})
    return Place(
        folder=f"posts{group}/discussions/{row.discussion}",
        address=f"{group}/discussions/{row.discussion}-{row.discussion_slug}" if told else "",
        name=row.discussion_title if told else f"{row.group}, discussion {row.discussion}",
        fields={"group": {"name": row.group, "address": absolute(group)}, "discussion": said},
    )
