"""“Suggest a change here”, beside the headings of a guide for everybody who may not edit it."""

from __future__ import annotations

import re

from flask import g

from network.core.web.templating import gettext
from network.library import rules
from network.library.queries.reading import GuidePage

_HEADING = re.compile(r'<h([23]) id="(h-[a-z0-9-]+)">((?:(?!<h[23] ).)*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
MOST_HEADINGS = 300
"""Those behind have no link: with thousands, a page of links would be sent with each look."""


def with_suggest_links(html: str, page: GuidePage) -> str:
    """The renderer's markup with a link after each heading; it stands beside it, not in its name."""
    if rules.may_check(g.viewer, page.standing):
        return html
    words = gettext("Suggest a change here")

    def beside(match: re.Match[str]) -> str:
        about = f'<span class="govuk-visually-hidden"> “{_TAG.sub("", match[3])}”</span>'
        address = f"/library/{page.slug}/suggest?section={match[2]}"
        return (
            f'<div class="cp-headed">{match[0]}'
            f'<a class="cp-headed__act cp-noprint" href="{address}" rel="nofollow">{words}{about}</a></div>'
        )

    return _HEADING.sub(beside, html, count=MOST_HEADINGS)
