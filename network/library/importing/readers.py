"""One file to one draft: its words as Markdown, what its front matter says, and what was odd about it."""

from __future__ import annotations

import codecs
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import frontmatter
import nh3
import yaml
from bs4 import BeautifulSoup, Tag

from network.core.text.plain import excerpt
from network.library.importing.documents import Limits, SourceFile
from network.library.importing.html import to_markdown
from network.library.importing.word import NotWord, read_word

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
HTML = (".html", ".htm", ".xhtml")
WORD = (".docx",)
READABLE = (*MARKDOWN, *HTML, *WORD)

_FRONT = re.compile(r"\A﻿?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_LANGUAGE_FOLDER = re.compile(r"(?:^|/)(en|fr|cy|ga|gd|de|es|it|nl|pt|pl)(?=/)", re.IGNORECASE)
_HEADING = re.compile(r"\A\s*#{1,6}[ ]+(.+?)[ ]*#*[ ]*(?:\n|\Z)")
_FIRST_HEADING = re.compile(r"^#{1,6}[ ]+(.+?)[ ]*#*[ ]*$", re.MULTILINE)
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|\[\^[^\]]*\]|(?<=\])\([^)]*\)|[*_`\[\]]|^[ ]*>+[ ]?", re.MULTILINE
)
_NO_PROSE = re.compile(
    r"^(?:#|[ ]*[-*+][ ]|[ ]*\d+[.)][ ]|\||!!!|[ ]{4}|```|~~~|>|---|\[TODO|\*\*[^*]+\*\*:?$|!\[)"
)
_HTML_TAGS = nh3.ALLOWED_TAGS | {
    "main",
    "article",
    "section",
    "iframe",
    "video",
    "summary",
    "details",
    "figcaption",
}
_KINDS = {
    "case study": "case-study", "case-study": "case-study", "template": "template", "research": "research-report",
    "research report": "research-report", "report": "research-report", "policy": "policy", "code": "code-or-tool",
    "tool": "code-or-tool",
}  # fmt: skip


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
            body, pictures, remarks = read_word(file.data, file.path)
        except NotWord as error:
            raise CannotUse(str(error)) from error
        return Draft(file.path, {}, body, pictures=pictures, remarks=remarks)
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


def _read_html(file: SourceFile) -> Draft:
    soup = BeautifulSoup(decode(file.data, html=True), "html.parser")
    fields: dict[str, Any] = {}
    heading = soup.find("h1")
    if isinstance(heading, Tag) and heading.get_text(strip=True):
        fields["title"] = heading.get_text(" ", strip=True)
    elif soup.title is not None:
        fields["title"] = soup.title.get_text(" ", strip=True)
    description = soup.find("meta", attrs={"name": "description"})
    if isinstance(description, Tag):
        fields["description"] = str(description.get("content") or "")
    if isinstance(soup.html, Tag):
        fields["lang"] = str(soup.html.get("lang") or "")
    content = soup.find("main") or soup.find("article") or soup.body or soup
    for aside in content.find_all(["nav", "footer", "aside", "script", "style", "form"]):
        aside.decompose()
    try:
        clean = nh3.clean(
            str(content), tags=set(_HTML_TAGS), url_schemes={"http", "https", "mailto", "tel"}, link_rel=None
        )
        return Draft(file.path, fields, to_markdown(clean))
    except RecursionError as error:
        raise CannotUse("it is nested too deeply") from error


def title_of(fields: Mapping[str, Any], body: str, path: str, limits: Limits) -> tuple[str, str]:
    """The title, and the body without the heading that repeats it."""
    given = words(fields.get("title")) or words(fields.get("name"))
    first = _HEADING.match(body)
    if first and (not given or _same(bare(first[1]), given)):
        return _cut(given or bare(first[1]), limits.title), body[first.end() :].lstrip("\n")
    if not given:
        anywhere = _FIRST_HEADING.search(body)
        stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        given = bare(anywhere[1]) if anywhere else stem.replace("-", " ").replace("_", " ").capitalize()
    return _cut(given, limits.title), body


def summary_of(fields: Mapping[str, Any], body: str, limits: Limits) -> str:
    """What the source says in a sentence, or the beginning of the first paragraph."""
    for name in ("summary", "description", "excerpt", "subtitle"):
        given = words(fields.get(name))
        if given and (name != "subtitle" or (len(given.split()) >= 4 and not given.endswith(":"))):
            return excerpt(bare(given), limits.summary)
    for block in re.split(r"\n[ ]*\n", body):
        text = bare(block)
        if text and not _NO_PROSE.match(block) and len(text.split()) >= 4:
            return excerpt(text, limits.summary)
    return ""


def tags_of(fields: Mapping[str, Any], limits: Limits) -> tuple[str, ...]:
    """Free words from tags, keywords and categories, without repeats."""
    found: list[str] = []
    for name in ("tags", "keywords", "categories", "category"):
        value = fields.get(name)
        listed = value if isinstance(value, list) else str(value or "").split(",")
        for item in listed:
            tag = words(item).replace("-", " ").lower()[:40].strip()
            if tag and tag not in found:
                found.append(tag)
    return tuple(found[: limits.tags])


def language_of(fields: Mapping[str, Any], path: str, default: str) -> str:
    """The language that the front matter names or the folder is called after, else the default."""
    given = words(fields.get("lang")) or words(fields.get("language"))
    match = re.match(r"[A-Za-z]{2}\b", given) or _LANGUAGE_FOLDER.search(path)
    return (match[1] if match.re is _LANGUAGE_FOLDER else match[0]).lower() if match else default


def kind_of(fields: Mapping[str, Any]) -> str:
    """Our kind of guide, from a kind or type in the front matter."""
    given = words(fields.get("kind")) or words(fields.get("type"))
    return _KINDS.get(given.lower(), "guide")


def updated_of(fields: Mapping[str, Any]) -> str:
    """The day of the last change as YYYY-MM-DD, if the source tells."""
    for name in ("updated", "last_updated", "last_modified", "modified", "date_approved", "date"):
        value = fields.get(name)
        if isinstance(value, datetime.date):
            return value.isoformat()[:10]
        if match := re.match(r"\d{4}-\d{2}-\d{2}", words(value)):
            return match[0]
    return ""


def words(value: Any) -> str:
    """A front matter value as one line of text; nothing for lists and the like."""
    return (
        " ".join(str(value).split())
        if isinstance(value, str | int | float) and not isinstance(value, bool)
        else ""
    )


def bare(text: str) -> str:
    """A line of Markdown without its marks."""
    return " ".join(_MARKUP.sub("", text).replace("\\", "").split())


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).lower() == re.sub(r"\W+", "", other).lower()


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else excerpt(text, length)
