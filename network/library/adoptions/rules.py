"""Who may say that a guide is used, and who may change what was said: pure predicates."""

from __future__ import annotations

from dataclasses import dataclass

from network.library import rules
from network.library.rules import Standing
from network.subjects.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Report:
    """What the rules ask of an adoption: whose it is, and who reported it."""

    organisation_id: int | None
    alone_id: int | None
    reporter_ids: frozenset[int] = frozenset()


def may_use(viewer: Viewer, guide: Standing) -> bool:
    """Every member who can read it."""
    return viewer.signed_in and guide.state == "published" and rules.may_read(viewer, guide)


def speaks_for(viewer: Viewer, report: Report) -> bool:
    """Does the viewer work where the guide is used? Who has left an organisation does not speak for it."""
    if report.alone_id is not None:
        return viewer.person_id == report.alone_id
    return report.organisation_id is not None and viewer.organisation_id == report.organisation_id


def may_amend(viewer: Viewer, guide: Standing, report: Report) -> bool:
    """Its reporters, while they work there. A colleague becomes one by saying that they use it as well."""
    return may_use(viewer, guide) and viewer.person_id in report.reporter_ids and speaks_for(viewer, report)


def may_take_name_off(viewer: Viewer, report: Report) -> bool:
    """Whoever reported it, wherever they work now and whatever became of the guide."""
    return viewer.person_id is not None and viewer.person_id in report.reporter_ids


def may_hide(viewer: Viewer, guide: Standing, *, text: str, told_by: int | None) -> bool:
    """Who keeps order among the guide's comments, what others wrote."""
    return bool(text) and viewer.person_id != told_by and rules.keeps_order(viewer, guide)


def may_adapt(viewer: Viewer, guide: Standing) -> bool:
    """Every member, what everybody can read: what is in a closed group was said in confidence."""
    return may_use(viewer, guide) and guide.openness != "closed"
