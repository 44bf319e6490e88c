"""What adoptions show on the pages of organisations, of oneself, and on the page that closes a group."""

from __future__ import annotations

from network.library.adoptions.leaving import fates
from network.library.adoptions.queries.used import guides_of_organisation
from network.library.queries.lists import guides_by_ids
from network.library.views.showing import guide_rows
from network.subjects.panels import Panel
from network.subjects.viewer import Viewer

SHOWN = 20


def of_organisation(viewer: Viewer, organisation_id: int) -> Panel | None:
    """The guides it uses that the viewer may read."""
    ids, total = guides_of_organisation(viewer, organisation_id, SHOWN)
    if not ids:
        return None
    rows = guide_rows(guides_by_ids(viewer, ids))
    return Panel("library/adoptions/of_organisation.html", {"rows": rows, "more": total - len(rows)})


def of_person(viewer: Viewer, person_id: int) -> Panel | None:
    """The way to one's own list; only its owner sees it."""
    return Panel("library/adoptions/of_person.html") if viewer.person_id == person_id else None


def of_closing(viewer: Viewer, group_id: int) -> Panel | None:
    """Which guides close with the group, and which stay public and why."""
    found = fates(group_id, viewer)
    return Panel("library/adoptions/of_closing.html", found._asdict()) if any(found) else None
