"""Is what was printed still current? What a code on paper leads to, as far as the reader may know it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from network.core.db import db
from network.library import rules
from network.library.models import Guide, GuideVersion
from network.library.queries.found import STANDING, Belongs, standing_of
from network.library.queries.history import version_lines
from network.library.queries.reading import GuidePage, VersionLine, guide_page
from network.portability.codes import Code
from network.subjects.viewer import Viewer

MOST_CHANGES = 10


class Printed(NamedTuple):
    """The guide of a code, None when the reader may not see it any more; `at` is when the printed version was made.

    `changes` are the versions since, newest first.
    """

    version: int
    page: GuidePage | None = None
    at: datetime | None = None
    changes: tuple[VersionLine, ...] = ()


_Version = aliased(GuideVersion)


def printed(code: Code, viewer: Viewer) -> Printed | None:
    """What the code leads to; None for one that stands on no paper of ours."""
    first, last = code.range
    row = db.session.execute(
        select(Guide.slug, _Version.created_at, *STANDING)
        .join(_Version, (_Version.guide_id == Guide.id) & (_Version.number == code.version))
        .outerjoin(Belongs, Belongs.id == Guide.group_id)
        .where(Guide.uuid.between(first, last), Guide.state != "draft")
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    if not rules.may_know(viewer, standing_of(row, frozenset())):
        return Printed(code.version)
    page = guide_page(row.slug)
    if page is None:
        return None
    since = min(page.version - code.version, MOST_CHANGES)
    changes = version_lines(page.id, limit=since) if since > 0 and page.standing.state == "published" else []
    return Printed(code.version, page, row.created_at, tuple(changes))
