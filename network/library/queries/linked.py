"""Which addresses of guides lead the viewer somewhere, asked for all links of a text at once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, union

from network.core.db import db
from network.library.models import FormerGuideSlug, Guide
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group


def leading_on(slugs: Collection[str], viewer: Viewer) -> frozenset[str]:
    """Those of the slugs, present and former ones, where the viewer finds a guide or why it was withdrawn.

    Where a guide is that the viewer may not know of, there is none.
    """
    known = (Guide.state != "draft", in_readable_group(Guide.group_id, viewer))
    present = select(Guide.slug).where(Guide.slug.in_(slugs), *known)
    former = (
        select(FormerGuideSlug.slug)
        .join(Guide, Guide.id == FormerGuideSlug.guide_id)
        .where(FormerGuideSlug.slug.in_(slugs), *known)
    )
    return frozenset(slug for slug in db.session.scalars(union(present, former)) if slug)
