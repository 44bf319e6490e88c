"""What stands on a guide's page beside its text: each part of the library lends its section to a place there.

So the page need not know who uses the guide, which changes are proposed or which files belong to it, and a part
that has nothing to say about a guide costs nothing: what it asks first is a column of the guide itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

from network.core.web.laid_out import kept_markup
from network.library.queries.reading import GuidePage

SECTIONS_KEPT = 3_000  # Most are under a kilobyte.
PLACES = ("actions", "notes", "evidence", "versions", "files", "related", "facts", "side", "care")
"""Where a section may stand, in the order of the page.

"actions" are buttons and links under the title, "notes" come before the text, "evidence" right after it,
"versions" below the newest versions, "files" before the comments and "related" after them; "facts" begin the
column at the side and "side" goes on after the facts, "care" is the list of what its owner can do.
"""


@dataclass(frozen=True)
class Section:
    """A template and what it needs, which it finds under the name `section`.

    With `anchor` and `title` it has an entry in the list of contents; the template gives a heading that id.

    Of one that is `alone` the template reads nothing but `section`, neither the page nor the viewer, and the values of
    its context can be compared: its markup is kept once it was laid out.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    anchor: str = ""
    title: str = ""
    alone: bool = False


def add_section_markup(app: Flask) -> None:
    """Templates get `section_markup`, for sections that are alone."""

    def lay_out(template: str, context: tuple[tuple[str, Any], ...]) -> str:
        return app.jinja_env.get_template(template).render(section=Section(template, dict(context)))

    laid_out = kept_markup(app, "library.sections", SECTIONS_KEPT, lambda: lay_out, typed=True)

    def section_markup(section: Section) -> Markup:
        return laid_out(section.template, tuple(section.context.items()))

    app.jinja_env.globals["section_markup"] = section_markup


Source = Callable[[GuidePage], Section | None]


def lend_section(app: Flask, place: str, source: Source) -> None:
    """Show the section of `source` at one of PLACES, after those lent before."""
    if place not in PLACES:
        raise ValueError(place)
    app.extensions.setdefault("library.sections", {}).setdefault(place, []).append(source)


def sections(page: GuidePage) -> dict[str, list[Section]]:
    """The sections of a guide's page by their place; every place is there."""
    lent: dict[str, list[Source]] = current_app.extensions.get("library.sections", {})
    return {
        place: [section for source in lent.get(place, ()) if (section := source(page)) is not None] for place in PLACES
    }
