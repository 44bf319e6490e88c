"""Which guides a person said are used where they work, as a table and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import and_, select

from network.core.clock import now
from network.core.db import db
from network.core.web.tables import csv_text
from network.library.adoptions.models import Adoption, AdoptionEarlier, AdoptionReporter
from network.library.models import Guide
from network.portability.mine.places import GUIDE_COLUMNS, guide_place, known
from network.portability.texts import Text, filled, time_of
from network.subjects.viewer import Viewer

HEADS = (
    *("uuid", "guide", "address", "organisation", "since", "stopped_on", "result", "text", "hidden"),
    *("may_be_asked", "reported", "changed", "replaced"),
)


def adoptions(viewer: Viewer) -> Iterator[Text]:
    """Both files; none when there is nothing to say."""
    found = [_told(row, viewer) for row in db.session.execute(_query(viewer))]
    db.session.rollback()
    if not found:
        return
    table = csv_text(HEADS, ([one[head] if one[head] is not None else "" for head in HEADS] for one in found))
    yield Text("adoptions.csv", table, now())
    whole = json.dumps([filled(one) for one in found], ensure_ascii=False, indent=1)
    yield Text("adoptions.json", whole, now())


def _query(viewer: Viewer) -> Any:
    return (
        select(
            *(Adoption.uuid, Adoption.organisation_name, Adoption.month, Adoption.stopped_on, Adoption.updated_at),
            *(Adoption.result, Adoption.text, Adoption.told_by, Adoption.hidden_reason),
            *(AdoptionReporter.may_be_asked, AdoptionReporter.created_at),
            AdoptionEarlier.result.label("result_before"),
            AdoptionEarlier.text.label("text_before"),
            AdoptionEarlier.replaced_at,
            *GUIDE_COLUMNS,
            known(viewer).label("guide_known"),
        )
        .join(AdoptionReporter, AdoptionReporter.adoption_id == Adoption.id)
        .join(Guide, Guide.id == Adoption.guide_id)
        .outerjoin(
            AdoptionEarlier,
            and_(AdoptionEarlier.adoption_id == Adoption.id, AdoptionEarlier.person_id == viewer.person_id),
        )
        .where(AdoptionReporter.person_id == viewer.person_id)
        .order_by(AdoptionReporter.created_at, Adoption.id)
    )


def _told(row: Any, viewer: Viewer) -> dict[str, Any]:
    """Result and text only where they are the viewer's own, and not what was hidden.

    What a colleague's words took the place of is theirs as well.
    """
    guide = guide_place(row, "").fields["guide"]
    own = row.told_by == viewer.person_id
    return {
        "uuid": str(row.uuid),
        "guide": guide.get("title"),
        "address": guide.get("address"),
        "organisation": row.organisation_name,
        "since": f"{row.month:%Y-%m}",
        "stopped_on": row.stopped_on.isoformat() if row.stopped_on else None,
        "result": row.result if own else row.result_before,
        "text": _text(row) if own else row.text_before,
        "hidden": row.hidden_reason if own and row.guide_known else None,
        "may_be_asked": row.may_be_asked,
        "reported": time_of(row.created_at),
        "changed": time_of(row.updated_at),
        "replaced": None if own else time_of(row.replaced_at),
    }


def _text(row: Any) -> str | None:
    return None if row.hidden_reason else row.text
