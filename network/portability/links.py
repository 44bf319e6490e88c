"""Links in a text that leaves: to what travels with it by their place there, to the rest by full addresses.

A link to a guide that the reader of the file may not know of becomes words: an address tells a title.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from flask import current_app

from network.core.web.addresses import own_path
from network.library.queries.linked import LINK, first_of, guide_named, leading_on, words_for
from network.subjects.viewer import Viewer

_TEXT = r"((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.){0,300}\]){0,500}+)"
_LINK = re.compile(rf"(?<!!)\[{_TEXT}\]\(\s{{0,3}}<?([^\s()<>]{{1,500}})>?(\s+\"[^\"\n]{{0,300}}\")?\s{{0,3}}\)")
_ADDRESS = re.compile(r"(?<=\]\()(<?)(/[^\s()<>]{1,500})|(?<=\]:\s)(<?)(/[^\s()<>]{1,500})")
_BARE = re.compile(r"https?://[^\s<>()\[\]/]{1,250}/library/[a-z0-9-]{1,90}(?:[/#?][^\s<>()\[\]]{0,300})?")
_AUTO = re.compile(r"<(https?://[^\s<>]{1,500})>")
_GUIDE = re.compile(r"/library/([a-z0-9-]{1,90})(?=[/#?]|$)")
_ANYWHERE = re.compile(r"/library/([a-z0-9-]{1,90})")
_IN_HTML = re.compile(r'(?<= )(href|src)="([^"]{0,2000})"')
_NO_GUIDES = frozenset(("new",))


def shut(texts: Collection[str], viewer: Viewer) -> frozenset[str]:
    """The addresses of guides in these texts, Markdown or HTML, that lead this viewer nowhere; asked at once."""
    named = [{match[1]: None for match in _ANYWHERE.finditer(text)} for text in texts]
    wanted = set().union(*named) - _NO_GUIDES
    looked_up = set().union(*(first_of(slugs) for slugs in named)) - _NO_GUIDES
    return frozenset(wanted - leading_on(looked_up, viewer)) if wanted else frozenset()


def outward(body: str, closed: Collection[str], places: Mapping[str, str]) -> str:
    """Markdown for a file. `places` gives the place there of an address here, such as /files/3f….png."""
    origin = str(current_app.config["BASE_URL"])

    def words(match: re.Match[str]) -> str:
        if guide_named(match[2]) in closed:
            return words_for(match[1])
        return match[0].replace(match[2], moved(match[2]), 1)

    def moved(address: str) -> str:
        path = own_path(address)
        if path is None:
            return address
        if guide_named(address) in closed:
            return f"{origin}/library"
        guide = _GUIDE.match(path)
        if guide and guide[0] in places and path[guide.end() : guide.end() + 1] in ("", "#"):
            return places[guide[0]] + path[guide.end() :]
        return places.get(path, origin + path)

    def bare(match: re.Match[str]) -> str:
        return (match[1] or match[3] or "") + moved(match[2] or match[4])

    body = _LINK.sub(words, body)
    body = _ADDRESS.sub(bare, body)
    body = _AUTO.sub(lambda match: f"<{moved(match[1])}>", body)
    # What is left is no link of Markdown's, but laid out as one.
    return _BARE.sub(lambda match: f"{origin}/library" if guide_named(match[0]) in closed else match[0], body)


def outward_html(html: str, closed: Collection[str], address: str) -> str:
    """HTML for a file or a feed: full addresses, and words for links that lead nowhere. `address` is its own page."""
    origin = str(current_app.config["BASE_URL"])

    def words(match: re.Match[str]) -> str:
        return words_for(match[2]) if guide_named(match[1]) in closed else match[0]

    def full(match: re.Match[str]) -> str:
        name, value = match[1], match[2]
        if value.startswith("#"):
            return f'{name}="{address}{value}"'
        return f'{name}="{origin}{value}"' if value.startswith("/") and not value.startswith("//") else match[0]

    return _IN_HTML.sub(full, LINK.sub(words, html))
