"""The guides that the library shows on the pages of a person, a group and an organisation."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from network.core.db import db
from network.groups.models import Group
from network.library import rules
from network.library.queries.counts import counts
from network.library.queries.lists import Filters, guides
from network.library.views.showing import guide_rows
from network.organisations.models import Organisation
from network.subjects.panels import Panel
from network.subjects.viewer import Viewer

ON_PERSON = 5
ON_GROUP = 20
ON_ORGANISATION = 5


def of_person(viewer: Viewer, person_id: int) -> Panel | None:
    """The guides a person wrote or owns that others use most, as far as the viewer may see them.

    Nothing when there are none.
    """
    shown = _first(viewer, Filters(person_id=person_id), "used", ON_PERSON)
    if not shown["rows"]:
        return None
    return Panel("library/panels/person.html", {**shown, "own": viewer.person_id == person_id})


def of_group(viewer: Viewer, group_id: int) -> Panel:
    """The newest guides of a group, and an offer to write one."""
    shown = _first(viewer, Filters(group_id=group_id), "newest", ON_GROUP)
    key = db.session.scalar(select(Group.slug).where(Group.id == group_id))
    may_write = rules.may_put_in(viewer, group_id)
    return Panel("library/panels/group.html", {**shown, "key": key, "may_write": may_write})


def of_organisation(viewer: Viewer, organisation_id: int) -> Panel | None:
    """The guides from an organisation that others use most; nothing when there are none."""
    filters = Filters(organisation_ids=(organisation_id,))
    shown = _first(viewer, filters, "used", ON_ORGANISATION)
    if not shown["rows"]:
        return None
    key = db.session.scalar(select(Organisation.slug).where(Organisation.id == organisation_id))
    total = counts(viewer, filters).get("all", {}).get("", 0) if shown["more"] else 0
    return Panel("library/panels/organisation.html", {**shown, "key": key, "total": total})


def _first(viewer: Viewer, filters: Filters, sort: str, limit: int) -> dict[str, Any]:
    """One more is asked for than is shown, to know whether there are more: to count them all would cost a query."""
    lines = guides(viewer, filters, sort=sort, limit=limit + 1)
    return {"rows": guide_rows(lines[:limit]), "more": len(lines) > limit}
