"""Letters that an XML file cannot hold, however they are written: one of them, and no reader opens the file."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Without them. Meant for the finished file, so that no field of it is forgotten."""
    return _NOT_IN_XML.sub("", text)
