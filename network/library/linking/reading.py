"""Finding the links in the renderer's markup, and telling our own from those that lead outside."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from flask import current_app

from network.core.text.links import is_outside, tidy
from network.core.text.plain import plain
from network.library.linking.models import LONGEST_PATH, LONGEST_WORDS
from network.subjects.registry import subjects

_LINK = re.compile(r'<a [^<>]*?href="([^"]*)"[^<>]*>(.*?)</a>', re.DOTALL)
MOST_LINKS = 500
"""Of one text: more than anybody writes, and few enough to look up."""


class Links(NamedTuple):
    """The links of a text: words by path for our own pages, words by address for the others. The first words win."""

    own: dict[str, str]
    outside: dict[str, str]


class Target(NamedTuple):
    """What stands at a path of ours, where a subject of the registry does: the subject's name and the row."""

    subject: str
    row_id: int | None


NOTHING = Target("", None)


def links_in(html: str) -> Links:
    """All links of a text but those to its own headings, to mailboxes and to telephones."""
    found = Links({}, {})
    origin = current_app.config["BASE_URL"]
    for match in list(_LINK.finditer(html))[:MOST_LINKS]:
        address = tidy(unescape(match[1]))
        words = " ".join(plain(match[2]).split())[:LONGEST_WORDS]
        if is_outside(address, origin):
            found.outside.setdefault(address.partition("#")[0], words)
        elif path := _path(address, origin):
            found.own.setdefault(path, words)
    return found


def target_of(path: str) -> Target:
    """What stands at a path, whoever may read it."""
    for subject in subjects().values():
        row_id = subject.at_path(path) if subject.at_path is not None else None
        if row_id is not None:
            return Target(subject.name, row_id)
    return NOTHING


def _path(address: str, origin: str) -> str:
    """The path of one of our pages; empty for what is none."""
    if address.startswith(f"{origin}/") or address == origin:
        address = address.removeprefix(origin) or "/"
    if not address.startswith("/"):
        return ""
    path = unquote(urlsplit(address).path)
    path = path.rstrip("/") or "/"
    return path if len(path) <= LONGEST_PATH else ""
