"""Use by others as a filter: by anybody else, and by an organisation like the viewer's own.

In an address stands the sort of organisation, not “mine”: so it means the same to everybody it is sent to, and a
saved search goes on asking for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from network.discovery.asked.asked import Asked
from network.discovery.asked.labels import TITLES, USERS
from network.discovery.finding import Answer
from network.library.adoptions.like_mine import LIKE_MINE, USED_OR_NOT, USES
from network.library.subject.using import OTHERS
from network.organisations.likeness import sort_of_organisation
from network.subjects.viewer import Viewer

USE = "users"


def use_names(asked: Asked, answer: Answer, viewer: Viewer, named: Mapping[str, str]) -> dict[str, str]:
    """What the form offers and the chips say: of all sorts of organisations only the viewer's, and those in use.

    The database is asked for it only where something found is used at all, or a sort is chosen.
    """
    chosen = asked.filters.get(USE, ())
    names = {value: named[value] for value in chosen if value in USERS}
    if not (answer.facets.get(USE) or chosen):
        return names
    mine = sort_of_organisation(viewer.organisation_id) if viewer.organisation_id is not None else ""
    return {OTHERS: USERS[OTHERS], **names, **({mine: USES[LIKE_MINE]} if mine else {})}


def use_group(asked: Asked, counts: Mapping[str, int], names: Mapping[str, str]) -> dict[str, Any] | None:
    """The group of the form; None where nothing that was found is used."""
    chosen = asked.filters.get(USE, ())
    offered = [value for value in names if value in counts or value in chosen]
    if not offered:
        return None
    options: list[dict[str, Any]] = [{"value": "", "text": USED_OR_NOT, "count": None, "checked": not chosen}]
    options += [
        {"value": value, "text": names[value], "count": counts.get(value), "checked": value in chosen[:1]}
        for value in offered
    ]
    return {"name": USE, "title": TITLES[USE], "options": options, "radio": True}
