"""What a guide's page shows of lineage: the credit before the text, and what others made of it after it."""

from __future__ import annotations

from flask import g

from network.library import rules
from network.library.adoptions.rules import may_adapt
from network.library.checks import today
from network.library.lineage.queries import adapted_by, adapted_from
from network.library.queries.reading import GuidePage
from network.library.sections import Section
from network.library.views.showing import row_tag


def credit(page: GuidePage) -> Section | None:
    """What it is adapted from, by whom, under which licence."""
    source = adapted_from(g.viewer, page.adapted_from_id) if page.adapted_from_id is not None else None
    return Section("library/lineage/credit.html", {"source": source}) if source else None


def adaptations(page: GuidePage) -> Section | None:
    """What was made from it."""
    made = adapted_by(g.viewer, page.id) if page.adaptation_count else []
    if not made:
        return None
    on = today()
    tagged = [(guide, row_tag(guide, on)) for guide in made]
    return Section("library/lineage/adaptations.html", {"made": tagged}, anchor="adapted", title="Adapted by")


def button(page: GuidePage) -> Section | None:
    """“Adapt this guide”, for all but those who can edit it."""
    viewer, standing = g.viewer, page.standing
    offered = may_adapt(viewer, standing) if viewer.signed_in else standing.openness != "closed"
    if not offered or rules.may_edit(viewer, standing):
        return None
    return Section("library/lineage/button.html", {"slug": page.slug}, alone=True)
