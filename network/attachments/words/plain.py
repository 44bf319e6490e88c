"""Words of texts: plain ones, Markdown, tables of comma-separated values, and HTML."""

from __future__ import annotations

import re

import nh3

from network.attachments.kinds import read_text
from network.attachments.words.gathering import Unreadable, Words
from network.core.text.plain import plain

_BLOCKS = {"p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "br", "pre"}
_FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*\n", re.DOTALL)
_SIGNS = re.compile(r"^[ \t]*(?:#{1,6}|[-*+>]|\d+[.)])[ \t]+|[*_`|]+|!?\[|\]\([^)\n]{0,500}\)", re.MULTILINE)
_SEPARATORS = re.compile(r'[,;\t"]+')
# Parsers of HTML may take time that grows faster than the text.
_LONGEST_HTML = 2_000_000


def read_plain(data: bytes, key: str, words: Words) -> None:
    """Raises Unreadable, and Enough."""
    text = read_text(data)
    if text is None:
        raise Unreadable("its letters are in an unknown encoding")
    if key == "html":
        text = plain(nh3.clean(text[:_LONGEST_HTML], tags=_BLOCKS, attributes={}))
    elif key == "markdown":
        text = _SIGNS.sub(" ", _FRONT.sub("", text.replace("\r\n", "\n")))
    elif key == "csv":
        text = _SEPARATORS.sub(" ", text)
    words.add(text)
