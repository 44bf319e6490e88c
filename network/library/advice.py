"""Advice beside the preview: what would help readers. It never blocks publishing; the form alone does that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from network.core.text.markdown import Rendered
from network.core.text.personal import personal

LONG_SENTENCE = 30
LONG_TEXT = 300
_PICTURE = re.compile(r'<img\b[^>]*\balt=""')
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
_ACRONYM = re.compile(r"\b[A-Z]{3,6}s?\b")
_COST = re.compile(r"£|\bcosts?\b|\bpriced?\b|\bspent\b|\bfree\b|\bcost(?:au|io)\b|\bcoût", re.IGNORECASE)
VAGUE = frozenset({"here", "click here", "this", "link", "this link", "this page", "more", "read more", "yma"})
WELL_KNOWN = frozenset({"NHS", "PDF", "CSV", "HTML", "FAQ", "BBC", "URL", "XML", "JSON", "SQL", "CPU", "USB", "GOV"})


class Advice(NamedTuple):
    """One line of the checklist."""

    done: bool
    text: str


def undescribed_pictures(html: str) -> int:
    """How many pictures of rendered text have no words for people who cannot see them."""
    return len(_PICTURE.findall(html))


def advise(*, summary: str, kind: str, topics: int, rendered: Rendered) -> list[Advice]:
    """The checklist for a text, what is missing first."""
    found = list(_advice(summary, kind, topics, rendered))
    return sorted(found, key=lambda advice: advice.done)


def _advice(summary: str, kind: str, topics: int, rendered: Rendered) -> Iterator[Advice]:
    text, html = rendered.text, rendered.html
    yield Advice(True, "It has a summary") if summary else Advice(False, "Add a summary, so that search can show it")
    yield Advice(True, "It has a topic") if topics else Advice(False, "Choose a topic, so that people can find it")
    if kind in ("guide", "case-study"):
        if _COST.search(text):
            yield Advice(True, "It says what it cost")
        else:
            yield Advice(False, "Add what it cost, so others can judge")
    if rendered.words > LONG_TEXT and len(rendered.headings) < 2:
        yield Advice(False, "Add headings, so that people can find their place")
    if pictures := undescribed_pictures(html):
        yield Advice(False, f"Describe {_count(pictures, 'picture')} in words. Guides cannot be published without")
    if vague := _vague_links(html):
        yield Advice(False, f"Say where the link “{vague[0]}” goes, so that it makes sense alone")
    if long := [s for s in _SENTENCE_END.split(text) if len(s.split()) > LONG_SENTENCE]:
        start = " ".join(long[0].split()[:6])
        yield Advice(False, f"Split {_count(len(long), 'long sentence')}: “{start} …”")
    if acronyms := _unexplained(text):
        yield Advice(False, "Explain when first used: " + ", ".join(acronyms[:5]))
    yield _personal(text)


def _count(number: int, thing: str) -> str:
    return f"one {thing}" if number == 1 else f"{number} {thing}s"


def _vague_links(html: str) -> list[str]:
    words = (" ".join(_TAG.sub("", inner).split()) for inner in _LINK.findall(html))
    return [word for word in words if word.casefold().strip(".") in VAGUE]


def _unexplained(text: str) -> list[str]:
    """Capitals that never stand in brackets after, or before, what they mean."""
    found = dict.fromkeys(match[0].removesuffix("s") for match in _ACRONYM.finditer(text))
    return [word for word in found if word not in WELL_KNOWN and f"({word}" not in text and f"{word} (" not in text]


def _personal(text: str) -> Advice:
    if found := personal(text):
        return Advice(False, f"Check: “{found.words}” looks like {found.thing}. Leave it in only if it can be public")
    return Advice(True, "No phone numbers or email addresses found")
