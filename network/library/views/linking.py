"""Links from one guide to another, as far as they lead the reader anywhere.

A sibling from the same import may still be a draft, or its group may have closed. Its link stands as words until
there is something to read; as this is decided on reading, it is a link again by itself. Where the words are the address
itself, they go too: an address tells a title.
"""

from __future__ import annotations

import re

from flask import g

from network.library.queries.linked import LINK, first_of, guide_named, leading_on, words_for

_HINT = "(not open to read here yet)"


def with_open_links(html: str) -> str:
    """The renderer's markup with words and a hint in place of links to guides that the viewer may not read."""
    named = [slug for match in LINK.finditer(html) if (slug := guide_named(match[1]))]
    wanted = set(named)
    if not wanted:
        return html
    shut = wanted - leading_on(first_of(named), g.viewer)

    def open_or_words(match: re.Match[str]) -> str:
        if guide_named(match[1]) not in shut:
            return match[0]
        return f'{words_for(match[2])} <span class="cp-meta">{_HINT}</span>'

    return LINK.sub(open_or_words, html) if shut else html
