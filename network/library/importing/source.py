"""Reads SOURCE.md: who published these guides first, where, and under which licence."""

from __future__ import annotations

import re

from network.library.importing.documents import Source

_FIELD = re.compile(
    r"^[ ]*+(?:[-*+][ ]++)?\**+(?P<key>[A-Za-z ]{3,20}?)\**+[ ]*+:[ ]*+\**+[ ]*+(?P<value>.+)$", re.MULTILINE
)
_ADDRESS = re.compile(r"https?://[^\s)>\]]+")
_REPOSITORY = re.compile(r"^([\w.-]+/[\w.-]+)\s*\((?:public )?GitHub\)", re.IGNORECASE)

NAME_KEYS = ("name", "source", "title", "publisher", "repository")
ADDRESS_KEYS = ("address", "url", "website", "site", "link", "repository", "source")
LICENCE_KEYS = ("licence", "license")

_LICENCES = (
    ("OGL-Canada-2.0", r"open government licen[cs]e\W*canada|ogl[- ]canada"),
    ("OGL-UK-3.0", r"(?:open government licen[cs]e|ogl)[^\d;]{0,200}+3"),
    ("OGL-UK-2.0", r"(?:open government licen[cs]e|ogl)[^\d;]{0,200}+2"),
    ("CC0-1.0", r"cc0|creative commons zero"),
    ("CC-BY-4.0", r"cc[- ]by[- ]4(?:\.0)?|creative commons attribution 4"),
)


def read_source(text: str) -> Source:
    """Name, address and licence from lines such as ``- Repository: …``; what is not said stays empty."""
    fields = {
        match["key"].strip().lower(): match["value"].rstrip(" ") for match in reversed(list(_FIELD.finditer(text)))
    }
    name = next((_name(fields[key]) for key in NAME_KEYS if key in fields), "")
    address = next((found for key in ADDRESS_KEYS if key in fields and (found := _address(fields[key]))), "")
    licence = next((fields[key] for key in LICENCE_KEYS if key in fields), "")
    return Source(name, address, licence_id(licence) or licence.strip())


def licence_id(words: str) -> str:
    """The id of the licence that the words name first, or nothing."""
    found = [(match.start(), name) for name, pattern in _LICENCES if (match := re.search(pattern, words, re.I))]
    return min(found)[1] if found else ""


def _name(value: str) -> str:
    if match := _REPOSITORY.match(value):
        return match[1]
    return _ADDRESS.sub("", value).strip(" -–<>()[]") or value.strip()


def _address(value: str) -> str:
    if match := _ADDRESS.search(value):
        return match[0].rstrip(".,;")
    if match := _REPOSITORY.match(value):
        return f"https://github.com/{match[1]}"
    return ""
