"""The organisations and their pages."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template

from network.core.web.access import readers
from network.core.web.area import Area
from network.organisations import queries
from network.organisations.models import KINDS, SIZES
from network.subjects.panels import panels

area = Area("organisations", __name__)


@area.get("/organisations", access=readers)
def organisations() -> Any:
    """All organisations, A to Z: nobody is ranked."""
    return render_template("organisations/organisations.html", organisations=queries.organisations())


@area.get("/organisations/<slug>", access=readers)
def organisation(slug: str) -> Any:
    """One organisation: what it is, and what other features show of it."""
    found = queries.organisation_by_slug(slug)
    if found is None:
        abort(404)
    return render_template(
        "organisations/organisation.html",
        organisation=found,
        kind=KINDS[found.kind],
        size=SIZES[found.size].capitalize(),
        lent_main=panels("organisation.guides", g.viewer, found.id) + panels("organisation.main", g.viewer, found.id),
        lent_aside=panels("organisation.aside", g.viewer, found.id),
    )
