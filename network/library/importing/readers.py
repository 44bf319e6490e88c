"""One file to one draft: its words as Markdown, what its front matter says, and what was odd about it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import frontmatter
import nh3
import yaml
from bs4 import BeautifulSoup, Tag

from network.library.importing.documents import SourceFile
from network.library.importing.html import TooMuch, check, to_markdown
from network.library.importing.word import NotWord, read_word

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
HTML = (".html", ".htm", ".xhtml")
WORD = (".docx",)
READABLE = (*MARKDOWN, *HTML, *WORD)

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_HTML_TAGS = nh3.ALLOWED_TAGS | {
    *("main", "article", "section", "nav", "header", "footer", "aside", "title", "meta"),
    *("iframe", "video", "audio", "details", "summary", "figure", "figcaption"),
}
_HTML_ATTRIBUTES = {
    "a": {"href"},
    "audio": {"src"},
    "code": {"class"},
    "iframe": {"src", "title"},
    "img": {"src", "alt"},
    "meta": {"name", "content"},
    "pre": {"class"},
    "td": {"rowspan", "colspan"},
    "th": {"rowspan", "colspan"},
    "video": {"src"},
}
_HTML_LANGUAGE = re.compile(r"<html[^>]{0,300}?\slang=[\"']?([A-Za-z]{2})\b")
_SCHEMES = {"http", "https", "mailto", "tel"}


class CannotUse(ValueError):
    """A file that gives no guide; the message completes "skipped because …"."""


@dataclass
class Draft:
    """A file half read: before its links are looked up."""

    path: str
    fields: Mapping[str, Any]
    body: str
    is_markdown: bool = False
    pictures: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def read_file(file: SourceFile) -> Draft:
    """Reads one document by its file name's ending. Raises CannotUse with the reason when it cannot."""
    lower = file.path.lower()
    if lower.endswith(WORD):
        try:
            word = read_word(file.data, file.path)
        except NotWord as error:
            raise CannotUse(str(error)) from error
        named = {"title": word.title} if word.title else {}
        return Draft(file.path, named, word.text, pictures=word.pictures, remarks=word.remarks)
    if lower.endswith(HTML):
        return _read_html(file)
    fields, body, remarks = split_front_matter(decode(file.data))
    return Draft(file.path, fields, body, is_markdown=True, remarks=remarks)


def decode(data: bytes, *, html: bool = False) -> str:
    """Text of a file: UTF-8, or UTF-16 and UTF-32 that say so, or what an HTML page declares.

    Raises CannotUse when the bytes are in no encoding that we can be sure of.
    """
    encoding = "utf-8-sig"
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        encoding = "utf-32"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif html and (match := _CHARSET.search(data[:2048])):
        encoding = match[1].decode("ascii")
    try:
        text = data.decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise CannotUse("its letters are in a broken or unknown encoding; save it as UTF-8") from error
    if "\x00" in text:
        raise CannotUse("it is not text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str, list[str]]:
    """Front matter, body, and a remark when the front matter is broken."""
    if not (match := _FRONT.match(text)):
        return {}, text, []
    try:
        fields, body = frontmatter.parse(text)
        require_plain(fields)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" (line {where.line + 2})" if where is not None else ""
        return {}, text[match.end() :], [f"Its front matter could not be read{line} and was left out."]
    if not isinstance(fields, Mapping):
        return (
            {},
            text[match.end() :],
            ["Its front matter is not a list of names and values and was left out."],
        )
    return fields, body, []


def require_plain(fields: object) -> None:
    """Raises ValueError or RecursionError for values that cannot be written out: one that holds itself, say, or a
    number without end. YAML can say them, and whatever looks at them later would stumble.
    """
    json.dumps(fields, default=str, skipkeys=True)


def _read_html(file: SourceFile) -> Draft:
    text = decode(file.data, html=True)
    try:
        check(text, raw=True)
        # Cleaned first: Python's own parser is slow on some broken pages, this one is not.
        clean = nh3.clean(text, tags=_HTML_TAGS, attributes=_HTML_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
        check(clean)
    except TooMuch as error:
        raise CannotUse(str(error)) from error
    soup = BeautifulSoup(clean, "html.parser")
    fields: dict[str, Any] = {}
    heading = soup.find("h1")
    if isinstance(heading, Tag) and heading.get_text(strip=True):
        fields["title"] = heading.get_text(" ", strip=True)
    elif soup.title is not None:
        fields["title"] = soup.title.get_text(" ", strip=True)
    description = soup.find("meta", attrs={"name": "description"})
    if isinstance(description, Tag):
        fields["description"] = str(description.get("content") or "")
    if match := _HTML_LANGUAGE.search(text[:4096]):
        fields["lang"] = match[1]
    content = soup.find("main") or soup.find("article") or soup
    for aside in content.find_all(["nav", "footer", "aside", "title", "meta"]):
        aside.decompose()
    return Draft(file.path, fields, to_markdown(str(content)))
