"""Which guides a viewer may see in lists, as a condition; rules.may_read is its other spelling."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_

from network.library.models import Guide
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Published, and in no closed group or in one of the viewer's. Drafts are in no list but their writers' own."""
    return and_(Guide.state == "published", in_readable_group(Guide.group_id, viewer))
