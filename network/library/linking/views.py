"""The report of links that lead nowhere: of one guide, and of all that somebody looks after."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, render_template

from network.core.web.access import NotToSee, members
from network.core.web.area import Area
from network.library import rules
from network.library.linking.faults import BREAKS, MOVED, faults_of
from network.library.linking.queries import outside_faults, outside_numbers, troubled
from network.library.views.getting import readable

area = Area("links", __name__)


@area.get("/library/<slug>/links", access=members)
def report(slug: str) -> Any:
    """What is wrong with the links of a guide, for those who may mend it."""
    found = readable(slug)
    if not rules.may_check(g.viewer, found.standing):
        raise NotToSee("Only its owner and its authors see what is wrong with the links of a guide.")
    faults, outside = faults_of(found.id, g.viewer), outside_faults(found.id)
    linked, asked = outside_numbers(found.id)
    return render_template(
        "library/linking/report.html",
        found=found,
        broken=[fault for fault in faults if fault.kind in BREAKS],
        moved=[fault for fault in faults if fault.kind == MOVED],
        outside=outside,
        linked=linked,
        asked=asked,
        checking=current_app.config["CHECK_OUTSIDE_LINKS"],
        closed=found.standing.openness == "closed",
    )


@area.get("/broken-links", access=members)
def mine() -> Any:
    """The guides with broken links that the viewer may mend."""
    return render_template("library/linking/mine.html", guides=troubled(g.viewer))
