"""Who uses a guide, as the search index holds it: that others do, and whose organisation they are like."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from network.core.db import db
from network.library.adoptions.counting import is_counted
from network.library.adoptions.models import Adoption
from network.library.models import Guide
from network.organisations.likeness import like
from network.organisations.models import Organisation

OTHERS = "others"


def users_of(ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """For each guide that others use: OTHERS, and every sort of organisation that one of them is like.

    The neighbouring sizes are spelled out here, so that “like mine” is one value with a count of its own. It follows
    the same organisations as `Guide.use_count`: others than the guide's, still using it, and not in vain.
    """
    if not ids:
        return {}
    rows = db.session.execute(
        select(Adoption.guide_id, Organisation.kind, Organisation.size)
        .join(Guide, Guide.id == Adoption.guide_id)
        .join(Organisation, Organisation.id == Adoption.organisation_id)
        .where(Adoption.guide_id.in_(list(ids)), is_counted())
        .distinct()
    )
    found: dict[int, tuple[str, ...]] = {}
    for guide_id, kind, size in rows:
        found[guide_id] = tuple(dict.fromkeys((*found.get(guide_id, (OTHERS,)), *like(kind, size))))
    return found
