"""Addresses in a text of an archive: relative to its folder there, addresses of this network here."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GUIDE = re.compile(r"(?<=[(<\s])\.\./([^/\s()<>]{1,120})/guide\.md(?=[)#>\s]|$)", re.MULTILINE)
_FILE = re.compile(r"(?<=[(<\s])((?:pictures|files)/[^\s()<>]{1,200}?)(?=[)>\s]|$)", re.MULTILINE)


def localised(body: str, guides: Mapping[str, str], files: Mapping[str, str]) -> str:
    """The Markdown with this network's addresses: `guides` by the last part of their folder, `files` by their path."""
    body = _GUIDE.sub(lambda match: guides.get(match[1], match[0]), body)
    return _FILE.sub(lambda match: files.get(match[1], match[0]), body)
