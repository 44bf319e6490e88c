"""Which addresses of guides lead the viewer somewhere, asked for all links of a text at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

from sqlalchemy import BindParameter, bindparam, select, union

from network.core.prepared import Prepared
from network.core.text.slugs import RESERVED
from network.core.web.addresses import own_path
from network.library.models import FormerGuideSlug, Guide
from network.subjects.viewer import Viewer
from network.subjects.visibility import in_readable_group

_GUIDE = re.compile(r"/library/([a-z0-9-]{1,90})(?=(?:\.md|\.html)?(?:[/#?]|$))")
LINK = re.compile(r'<a [^<>]*?href="([^"]{0,2000})"[^<>]*>(.*?)</a>', re.DOTALL)
"""A link of the renderer's: its address and its words."""

_ADDRESS = re.compile(r"/library/[a-z0-9-]")
STATEMENTS_KEPT = 500
AT_ONCE = 500
"""Addresses asked for in one statement: a database takes only so many values."""
MOST_LINKS = 2_000
"""Addresses looked up for one text: more than anybody writes. What comes after them leads nowhere."""


def leading_on(slugs: Collection[str], viewer: Viewer) -> frozenset[str]:
    """Those of the slugs, present and former ones, where the viewer finds a guide or why it was withdrawn.

    Where a guide is that the viewer may not know of, there is none.
    """
    wanted, found = list(slugs), set[str]()
    for start in range(0, len(wanted), AT_ONCE):
        rows = _leading(viewer.group_ids).rows(slugs=wanted[start : start + AT_ONCE])
        found |= {slug for (slug,) in rows if slug}
    return frozenset(found)


def guide_named(address: str) -> str | None:
    """The slug of the guide that an address of this network is of, in whichever spelling."""
    found = _GUIDE.match(unquote(own_path(address) or ""))
    return found[1] if found and found[1] not in RESERVED else None


def words_for(text: str) -> str:
    """What stands in place of a link that leads nowhere: its words, unless they are an address, which tells a title."""
    return "a guide" if _ADDRESS.search(text) else text


def without_addresses(html: str) -> str:
    """The renderer's markup for search, whose snippets show words to everybody: no address of a guide among them."""
    return LINK.sub(lambda match: words_for(match[2]) if guide_named(match[1]) else match[0], html)


def first_of(slugs: Iterable[str]) -> set[str]:
    """As many different ones of a text's addresses as are looked up, the first ones."""
    return set(islice(dict.fromkeys(slugs), MOST_LINKS))


@lru_cache(STATEMENTS_KEPT)
def _leading(group_ids: frozenset[int]) -> Prepared:
    """Kept, because putting the statement together takes ten times as long as running it."""
    slugs: BindParameter[str] = bindparam("slugs", expanding=True)
    known = (Guide.state != "draft", in_readable_group(Guide.group_id, Viewer(group_ids=group_ids)))
    present = select(Guide.slug).where(Guide.slug.in_(slugs), *known)
    former = (
        select(FormerGuideSlug.slug)
        .join(Guide, Guide.id == FormerGuideSlug.guide_id)
        .where(FormerGuideSlug.slug.in_(slugs), *known)
    )
    return Prepared(select(union(present, former).subquery()))
