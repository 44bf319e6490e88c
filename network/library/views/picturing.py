"""Pictures in guides in the sizes that they are kept in, so that a telephone does not load what a wide screen needs."""

from __future__ import annotations

import re

from network.attachments.queries import sizes_of

_PICTURE = re.compile(r'<img [^<>]*?src="/files/([0-9a-f]{32}\.[a-z0-9]{2,5})"[^<>]*>')
_LATE = re.compile(r'(<img\b[^<>]*?) loading="lazy"')
# Pictures are never shown wider than the text, which is narrower than this.
_SHOWN = "(min-width: 800px) 800px, 100vw"
_AT_ONCE = 10
"""So many pictures of a guide come without being scrolled to: not every browser fetches the others for paper."""


def for_printing(html: str) -> str:
    """The renderer's markup with the first pictures fetched behind the text, and only the others when scrolled to."""
    return _LATE.sub(r'\1 fetchpriority="low"', html, count=_AT_ONCE)


def with_sizes(html: str) -> str:
    """The renderer's markup with the smaller sizes of its pictures named beside them."""
    names = {match[1] for match in _PICTURE.finditer(html)}
    sizes = sizes_of(names) if names else {}

    def named(match: re.Match[str]) -> str:
        kept = sizes.get(match[1])
        if kept is None:
            return match[0]
        choice = ", ".join(f"/files/{name} {width}w" for width, name in kept)
        return f'{match[0][:-1]} srcset="{choice}" sizes="{_SHOWN}">'

    return _PICTURE.sub(named, html) if sizes else html
