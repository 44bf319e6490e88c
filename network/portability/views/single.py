"""One guide as a file: Markdown with front matter, or HTML that stands by itself."""

from __future__ import annotations

from typing import Any

from flask import Response, g

from network.core.web.access import readers
from network.library.views.getting import readable
from network.portability.links import outward, shut
from network.portability.paper import TooManyPictures, paper
from network.portability.reading import whole
from network.portability.texts import fields_of, front_matter
from network.portability.views import area

FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
"""A file is opened from the disk, where no policy holds; should a browser show it in place, nothing in it runs."""


@area.get("/library/<slug>.md", access=readers)
def markdown(slug: str) -> Any:
    """The newest version with its credits, licence and history."""
    guide = whole([readable(slug).id], g.viewer)[0]
    closed = shut([guide.row.body], g.viewer)
    text = front_matter(fields_of(guide, archive=False), outward(guide.row.body, closed, {}))
    return as_file(text, f"{slug}.md", "text/markdown")


@area.get("/library/<slug>.html", access=readers)
def html(slug: str) -> Any:
    """The newest version with its pictures inside; without them when they are too heavy."""
    guide_id = readable(slug).id
    try:
        text = paper([guide_id], g.viewer)
    except TooManyPictures:
        text = paper([guide_id], g.viewer, pictures=False)
    return as_file(text, f"{slug}.html", "text/html")


def as_file(text: str, name: str, kind: str) -> Response:
    """To be kept, never shown as a page of ours."""
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response
