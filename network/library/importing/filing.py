"""What front matter says of a guide's licence and topics. Which topics there are, the reading half does not know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from network.core.licences import LICENCES
from network.library.importing.documents import SaidLicence
from network.library.importing.fields import words
from network.library.importing.own_guide import web_address

MOST_TOPICS, LONGEST_TOPIC = 20, 80
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+")
_AROUND = " \t-–—:,;|()[]<>\"'"
_ADDRESSES_OF = re.compile(r"licen[cs]e[-_ ]?(?:url|link|address|href)", re.IGNORECASE)


def _same(text: str) -> str:
    return re.sub(r"\Ahttps?://(?:www\.)?", "", " ".join(text.split()).casefold()).rstrip("/")


_KNOWN = {_same(said): key for key, licence in LICENCES.items() for said in (key, licence.name, licence.address)}


def licence_of(fields: Mapping[str, Any]) -> SaidLicence:
    """The licence that a file names. Taken at its word and never guessed: almost the same is another licence."""
    lower = {str(name).lower(): value for name, value in fields.items()}
    given = next((lower[name] for name in ("licence", "license") if lower.get(name)), "")
    identifier, name, address = _parts(given)
    address = address or next((web_address(lower[field]) for field in lower if _ADDRESSES_OF.fullmatch(field)), "")
    known = next((found for said in (identifier, name) if (found := _KNOWN.get(_same(said)))), "")
    if not known and not identifier and not name:
        known, name = _KNOWN.get(_same(address), ""), address
    return SaidLicence(known) if known else SaidLicence("", (name or identifier)[:100], address)


def topics_of(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """The topics that a file names, in its words, without repeats."""
    given = fields.get("topics")
    listed = given if isinstance(given, list) else words(given).split(",")
    found = (words(one.get("slug") or one.get("name")) if isinstance(one, Mapping) else words(one) for one in listed)
    return tuple(dict.fromkeys(topic[:LONGEST_TOPIC] for topic in found if topic))[:MOST_TOPICS]


def _parts(given: object) -> tuple[str, str, str]:
    """Identifier, name and address, from words, a link, or a list of names and values as in our own Markdown."""
    if isinstance(given, list):
        if len(given) == 1:
            return _parts(given[0])
        return "", " and ".join(filter(None, map(words, given))), ""  # Which of them holds, nobody here can say.
    if isinstance(given, Mapping):
        named = words(given.get("name")) or words(given.get("title"))
        address = web_address(given.get("address") or given.get("url") or given.get("link"))
        return words(given.get("id")) or words(given.get("spdx")), named, address
    text = words(given)
    if not (match := _ADDRESS.search(text)):
        return "", text, ""
    name = (text[: match.start()] + text[match.end() :]).strip(_AROUND)
    return "", name, web_address(match[0].rstrip(".,;"))
