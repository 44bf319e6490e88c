"""What people show on pages of features below them."""

from __future__ import annotations

from network.people.directory import people_of_organisation
from network.subjects.panels import Panel
from network.subjects.viewer import Viewer

SHOWN = 20


def people_here(_viewer: Viewer, organisation_id: int) -> Panel | None:
    """The people of an organisation, on its page."""
    people, total = people_of_organisation(organisation_id, SHOWN)
    return Panel("people/panels/people_here.html", {"people": people, "total": total})
