"""A guide's facts: title, summary, language, tags, kind and date, from front matter or from the text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from network.core.text.headings import without_closing
from network.core.text.plain import bare, excerpt
from network.library.importing.documents import Limits

_LANGUAGE_FOLDER = re.compile(r"(?:^|/)(en|fr|cy|ga|gd|de|es|it|nl|pt|pl)(?=/)", re.IGNORECASE)
_HEADING = re.compile(r"\A\s*+#{1,6}[ ]++(.+)(?:\n|\Z)")
_FIRST_HEADING = re.compile(r"^#{1,6}[ ]++(.+)$", re.MULTILINE)
_NO_PROSE = re.compile(r"^(?:#|[ ]*[-*+][ ]|[ ]*\d+[.)][ ]|\||!!!|[ ]{4}|```|~~~|>|---|\[TODO|\*\*[^*]+\*\*:?$|!\[)")
_PROSE_AFTER = re.compile(r"(?![ ]{4})[^\s]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_KINDS = {
    "case study": "case-study", "case-study": "case-study", "template": "template",
    "research": "research-report", "research report": "research-report", "report": "research-report",
    "policy": "policy", "code": "code-or-tool", "tool": "code-or-tool",
}  # fmt: skip


def title_of(fields: Mapping[str, Any], body: str, path: str, limits: Limits) -> tuple[str, str]:
    """The title, and the body without the heading that repeats it."""
    given = _plain(words(fields.get("title")) or words(fields.get("name")))
    first = _HEADING.match(body)
    if first and (not given or _same(_heading(first), given)):
        return _cut(given or _heading(first), limits.title), body[first.end() :].lstrip("\n")
    if not given:
        anywhere = _FIRST_HEADING.search(body)
        stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        given = _heading(anywhere) if anywhere else stem.replace("-", " ").replace("_", " ").capitalize()
    return _cut(given, limits.title), body


def _heading(found: re.Match[str]) -> str:
    return _plain(bare(without_closing(found[1])))


def summary_of(fields: Mapping[str, Any], body: str, limits: Limits) -> tuple[str, str]:
    """The summary, and the body. What the source says in a sentence, or else the first paragraph.

    A first paragraph that is short and plain moves into the summary, so that nobody reads it twice.
    """
    for name in ("summary", "description", "excerpt", "subtitle"):
        given = words(fields.get(name))
        if given and (name != "subtitle" or (len(given.split()) >= 4 and not given.endswith(":"))):
            return excerpt(bare(given), limits.summary), body
    for number, block in enumerate(re.split(r"\n[ ]*\n", body.strip())):
        text = bare(block)
        if not text or _NO_PROSE.match(block) or len(text.split()) < 4:
            continue
        rest = body.strip()[len(block) :].lstrip("\n")
        announces = text.endswith(":")
        if (
            not announces
            and number == 0
            and len(text) <= limits.summary
            and text == " ".join(block.split())
            and _PROSE_AFTER.match(rest)
        ):
            return text, rest
        return _first_sentences(text, limits.summary), body
    return "", body


def _first_sentences(text: str, length: int) -> str:
    """The beginning of a paragraph, ending with a sentence; what announces a list is no ending."""
    sentences = re.split(r"(?<=[.!?]) +(?=[A-Z0-9À-Ý“])", text)
    whole = [sentence for sentence in sentences if not sentence.endswith(":")] or [text.rstrip(": ")]
    found = whole[0]
    for sentence in whole[1:]:
        if len(found) + len(sentence) + 1 > min(length, 200):
            break
        found += f" {sentence}"
    return excerpt(found, length)


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


def words(value: object) -> str:
    """A front matter value as one line of text; nothing for lists and the like."""
    return " ".join(str(value).split()) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _plain(title: str) -> str:
    """A title is words: “before” and not “<em>before</em>”, “&” and not “&amp;”."""
    return " ".join(unescape(_TAG.sub("", title)).split())


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).lower() == re.sub(r"\W+", "", other).lower()


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else excerpt(text, length)
