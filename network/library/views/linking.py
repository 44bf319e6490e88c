"""Links from one guide to another, as far as they lead the reader anywhere.

A sibling from the same import may still be a draft, or its group may have closed. Its link stands as words until
there is something to read; as this is decided on reading, it is a link again by itself.
"""

from __future__ import annotations

import re

from flask import g

from network.library.queries.linked import first_of, leading_on

_GUIDE = re.compile(r'<a [^<>]*?href="/library/([a-z0-9-]{1,90})(?:#[^"]*)?"[^<>]*>(.*?)</a>', re.DOTALL)
_HINT = "(not open to read here yet)"
_NO_GUIDES = frozenset(("new",))


def with_open_links(html: str) -> str:
    """The renderer's markup with words and a hint in place of links to guides that the viewer may not read."""
    named = [match[1] for match in _GUIDE.finditer(html)]
    wanted = set(named) - _NO_GUIDES
    if not wanted:
        return html
    shut = wanted - leading_on(first_of(named), g.viewer)

    def open_or_words(match: re.Match[str]) -> str:
        return f'{match[2]} <span class="cp-meta">{_HINT}</span>' if match[1] in shut else match[0]

    return _GUIDE.sub(open_or_words, html) if shut else html
