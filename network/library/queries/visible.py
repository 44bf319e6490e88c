"""Which guides a viewer may see in lists, as a condition; rules.may_read is its other spelling."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, not_, select

from network.library.models import Guide
from network.library.turning.models import GuideOrigin
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """Published, and in no closed group or in one of the viewer's. Drafts are in no list but their writers' own."""
    return and_(Guide.state == "published", in_readable_group(Guide.group_id, viewer))


def draft_readable_by(viewer: Viewer) -> ColumnElement[bool]:
    """A draft that holds no words of a closed group that the viewer does not belong to now; rules.may_know is its other
    spelling. Whether they write it is for who asks to add.
    """
    elsewhere = select(GuideOrigin.guide_id).where(not_(in_readable_group(GuideOrigin.group_id, viewer)))
    return and_(Guide.state == "draft", in_readable_group(Guide.group_id, viewer), Guide.id.not_in(elsewhere))
