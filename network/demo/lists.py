"""The collections of the demo network."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from network.core.db import db
from network.core.transaction import transaction
from network.demo import files, finding
from network.discussions.models import Discussion
from network.groups.viewers import viewer_of
from network.library.collections.actions import Thing, add, begin

if TYPE_CHECKING:
    from network.demo.loading import Names


def load_collections(names: Names, progress: Callable[[int], object]) -> None:
    """Begin each, and add what is in it day by day."""
    for row in files.rows("collections"):
        group = row["kept_by"]["group"] if isinstance(row["kept_by"], dict) else None
        with transaction():
            viewer = viewer_of(names.people[row["by"] if group else row["kept_by"]])
            collection = begin(
                viewer=viewer,
                title=row["title"],
                purpose=row["purpose"],
                group_id=names.groups[group] if group else None,
                at=files.ago(row["days_ago"]),
            )
            for place, item in enumerate(row["items"]):
                add(
                    viewer=viewer,
                    collection_id=collection.id,
                    thing=_thing(item),
                    note=item.get("note", ""),
                    at=files.ago(row["days_ago"] - place),
                )
        progress(1)


def _thing(item: dict[str, Any]) -> Thing:
    if "guide" in item:
        return Thing("guide", finding.guide_id(item["guide"]))
    return Thing(
        "discussion", db.session.scalars(select(Discussion.id).where(Discussion.title == item["discussion"])).one()
    )
