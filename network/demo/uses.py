"""Which guides people of the demo network use, how it went, and which guide was made from another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from network.core.db import db
from network.core.transaction import transaction
from network.core.web.templating import local
from network.demo import files, finding
from network.groups.viewers import viewer_of
from network.library.adoptions import actions
from network.library.adoptions.actions import Told
from network.library.lineage.actions import set_source
from network.library.models import Guide

ADAPTED = {"booking-bulky-waste-in-three-minutes": ("tom-adeyemi", "cutting-missed-bin-reports-with-a-shorter-form")}


def load_uses(people: dict[str, int], progress: Callable[[int], object]) -> None:
    """The first reports it, says how it went two weeks later, and colleagues join."""
    for row in files.rows("adoptions"):
        for use in row["uses"]:
            _load(finding.guide_id(row["guide"]), use, people)
        progress(1)
    for slug, (handle, source) in ADAPTED.items():
        with transaction():
            viewer = viewer_of(people[handle])
            guide = db.session.get_one(Guide, finding.guide_id(slug))
            set_source(viewer=viewer, guide=guide, source_id=finding.guide_id(source))


def _load(guide_id: int, use: dict[str, Any], people: dict[str, int]) -> None:
    began = files.ago(use["days_ago"])
    with transaction():
        viewer = viewer_of(people[use["by"]])
        adoption = actions.use(viewer=viewer, guide_id=guide_id, at=began)
        if use.get("result"):
            told = Told(use["result"], use.get("text", ""), local(began).date(), may_be_asked=True)
            later = files.ago(max(use["days_ago"] - 14, 1))
            actions.tell(viewer=viewer, adoption_id=adoption.id, told=told, at=later)
        for handle in use.get("also", ()):
            actions.use(viewer=viewer_of(people[handle]), guide_id=guide_id, at=files.ago(use["days_ago"] - 5))
        if "stopped_days_ago" in use:
            ended = local(files.ago(use["stopped_days_ago"])).date()
            actions.stop(viewer=viewer, adoption_id=adoption.id, on=ended)
