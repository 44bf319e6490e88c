"""What a group says of itself, and its guides."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template
from markupsafe import Markup

from network.core.web.access import readers
from network.groups import rules
from network.groups.pages import find_group, find_group_inside, frame
from network.groups.queries import about_group, facilitators, group_topics, organisation_count
from network.groups.views import area
from network.subjects.panels import panels


@area.get("/groups/<slug>/about", access=readers)
def about(slug: str) -> Any:
    """Its own words, who runs it, what it is about."""
    group = find_group(slug)
    if not rules.may_see_inside(g.viewer, group.id, group.openness):
        return redirect(group.address)  # Which says all of it that is public.
    return render_template(
        "groups/about.html",
        about_html=about_group(group.id)[1],
        facilitators=facilitators(group.id),
        topics=group_topics(group.id),
        organisations=organisation_count(group.id),
        **frame(group, "about"),
    )


@area.get("/groups/<slug>/guides", access=readers)
def guides(slug: str) -> Any:
    """What the library lends to this page."""
    group = find_group_inside(slug)
    lent = [
        Markup(render_template(panel.template, panel=panel, **panel.context))  # noqa: S704  (a template's own markup)
        for panel in panels("group.guides", g.viewer, group.id)
    ]
    return render_template("groups/guides.html", lent=lent, **frame(group, "guides"))
