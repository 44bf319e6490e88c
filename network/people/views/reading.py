"""The directory and the profiles."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.core.web.access import readers
from network.core.web.pagination import page_links, page_number, with_args, without_arg
from network.core.web.templating import local
from network.people import directory, queries
from network.people.views import area
from network.subjects.finding import similar
from network.subjects.panels import panels

MOST_TYPED = 200
MOST_CHOSEN = 20
MOST_ALIKE = 5


@area.get("/people", access=readers)
def people() -> Any:
    """Everybody, or those who match."""
    wanted = directory.Wanted(
        text=" ".join(request.args.get("q", "")[:MOST_TYPED].split()),
        topics=_chosen("topic"),
        organisations=_chosen("organisation"),
    )
    page = directory.people(wanted, page_number())
    if page.number > page.pages:
        abort(404)
    topics = directory.topic_options(wanted)
    organisations = directory.organisation_options(wanted)
    return render_template(
        "people/directory/people.html",
        page=page,
        pages=page_links(page),
        wanted=wanted,
        alike=similar(wanted.text, ("person",), g.viewer, MOST_ALIKE) if not page.total else [],
        groups=[
            {"name": "topic", "title": "Can help with", "options": topics},
            {"name": "organisation", "title": "Organisation", "options": organisations},
        ],
        in_use=_in_use(wanted, {"topic": topics, "organisation": organisations}),
    )


@area.get("/people/<handle>", access=readers)
def person(handle: str) -> Any:
    """One person. A former handle leads to the present one unless its owner ended that."""
    found = queries.profile(handle, g.viewer)
    if found is None:
        present = queries.moved_to(handle)
        if present is None:
            abort(404)
        return redirect(f"/people/{present}", 301)
    can_help_with, interests = queries.skills_of(found.id)
    return render_template(
        "people/profile/person.html",
        person=found,
        joined=f"{local(found.joined):%B %Y}",
        can_help_with=can_help_with,
        interests=interests,
        own=found.id == g.viewer.person_id,
        lent_main=panels("person.main", g.viewer, found.id),
        lent_aside=panels("person.aside", g.viewer, found.id),
    )


def _chosen(name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value[:100] for value in request.args.getlist(name)[:MOST_CHOSEN] if value))


def _in_use(wanted: directory.Wanted, options: dict[str, list[directory.Option]]) -> list[dict[str, str]]:
    """Chips that take a filter away. One that nobody matches any more has no name left but its own value."""
    chips = [{"text": f"“{wanted.text}”", "address": with_args(q=None, page=None)}] if wanted.text else []
    for name, chosen in (("topic", wanted.topics), ("organisation", wanted.organisations)):
        names = {option.value: option.text for option in options[name]}
        chips += [{"text": names.get(value, value), "address": without_arg(name, value)} for value in chosen]
    return chips
