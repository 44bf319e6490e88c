"""The steps of laying out a text, in the order they must have: convert, clean, number the headings.

Called in the process that asked when the text is harmless, and by ``apart`` in a process of its own when it
is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from network.core.text.cleaning import clean
from network.core.text.converter import convert
from network.core.text.headings import Heading, number
from network.core.text.links import LinkPolicy

MAX_HTML = 4 * 1024 * 1024
"""Characters of HTML that are worth storing; more means that the text multiplies itself."""


@dataclass(frozen=True)
class Request:
    """One text and how it is wanted; see ``markdown.render`` for the fields."""

    source: str
    heading_offset: int = 0
    id_prefix: str = ""
    links: LinkPolicy = field(default_factory=LinkPolicy)


LaidOut = tuple[str, tuple[Heading, ...]]


def lay_out(request: Request) -> LaidOut | None:
    """Safe HTML and its headings, or None when the text is nested too deeply or grows out of all
    proportion.
    """
    # Within posts there may be dozens of tables on a page; as landmarks they would drown the page's own.
    role = "group" if request.id_prefix else "region"
    try:
        html = convert(request.source, links=request.links, role=role)
    except RecursionError:
        return None
    if len(html) > MAX_HTML:
        return None
    return number(clean(html), offset=request.heading_offset, prefix=request.id_prefix)
