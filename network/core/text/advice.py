"""What would help the readers of a text, for the checklist beside a preview. It never blocks anything: forms do that.

It looks at what the renderer made, so that code, links and pictures are what readers meet. Only jumps between headings
are looked for in the source, because the renderer closes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from network.core.text.folding import folded
from network.core.text.headings import without_closing
from network.core.text.markdown import Rendered
from network.core.text.personal import MOST_LISTED, personal
from network.core.text.readability import reading_age, sentences

LONG_SENTENCE = 30
EASY_AGE = 15
_IMAGE = re.compile(r"<img\b[^<>]*>")
_SOURCE = re.compile(r'\bsrc="([^"]*)"')
_LINK = re.compile(r"<a\b[^<>]*>((?:(?!<a\b).)*?)</a>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_ACRONYM = re.compile(r"\b[A-Z]{3,6}s?\b")
_FENCED = re.compile(r"^(?:```|~~~).*?(?:^(?:```|~~~)|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})\s++(.+)$", re.MULTILINE)
_CODE = re.compile(r"<code\b[^<>]*>(.*?)</code>", re.DOTALL)
_ABBREVIATION = re.compile(r"<abbr\b[^<>]*>([^<]*)</abbr>")
VAGUE = frozenset({"here", "click here", "this", "link", "this link", "this page", "more", "read more", "yma"})
WELL_KNOWN = frozenset({"NHS", "PDF", "CSV", "HTML", "FAQ", "BBC", "URL", "XML", "JSON", "SQL", "CPU", "USB", "GOV"})


class Advice(NamedTuple):
    """One line of the checklist."""

    done: bool
    text: str


def undescribed(html: str) -> list[str]:
    """Addresses of the pictures in rendered text that have no words for people who cannot see them, in order."""
    found = []
    for match in _IMAGE.finditer(html):
        if ' alt=""' in match[0] and "cp-decorative" not in match[0]:
            source = _SOURCE.search(match[0])
            found.append(source[1] if source else "")
    return found


def advise_on(
    source: str, rendered: Rendered, known: Collection[str] = (), *, english: bool = True
) -> Iterator[Advice]:
    """Lines about the text itself. `known` are folded expressions that need no explaining: the glossary's."""
    if pictures := undescribed(rendered.html):
        yield Advice(False, f"Describe {_count(len(pictures), 'picture')} in words, for people who cannot see it")
    if vague := _vague_links(rendered.html):
        yield Advice(False, f"Say where the link “{vague[0]}” goes, so that it makes sense alone")
    if jump := _jump(source):
        yield Advice(False, f"The heading “{jump}” skips a level. Take away a # until it is one below the last")
    if long := [sentence for sentence in sentences(rendered.text) if len(sentence.split()) > LONG_SENTENCE]:
        start = " ".join(long[0].split()[:6])
        yield Advice(False, f"Split {_count(len(long), 'long sentence')}: “{start} …”")
    if acronyms := _unexplained(rendered, known):
        yield Advice(False, "Explain when first used: " + ", ".join(acronyms[:5]))
    age = reading_age(rendered.text) if english else None
    if age is not None and age > EASY_AGE:
        yield Advice(False, f"It reads like a text for people of {min(age, 25)}. Shorter sentences and words help all")
    elif age is not None:
        yield Advice(True, f"Reading age about {age}")


def advise_on_personal(text: str) -> Iterator[Advice]:
    """A line for each way to reach or to name a person, or one that says what was looked for."""
    found = personal(text)
    for one in found[:MOST_LISTED]:
        yield Advice(False, f"Check: “{one.words}” looks like {one.thing}. Leave it in only if it can be public")
    if found[MOST_LISTED:]:
        yield Advice(False, f"Check {len(found) - MOST_LISTED} more that look like a way to reach or to name a person")
    if not found:
        yield Advice(True, "No email addresses, phone numbers, NHS or National Insurance numbers found")


def _count(number: int, thing: str) -> str:
    return f"one {thing}" if number == 1 else f"{number} {thing}s"


def _vague_links(html: str) -> list[str]:
    words = (" ".join(_TAG.sub("", inner).split()) for inner in _LINK.findall(html))
    return [word for word in words if word.casefold().strip(".") in VAGUE]


def _jump(source: str) -> str:
    """The words of the first heading that stands more than one level below the one before it."""
    before = 0
    for marks, words in _HEADING.findall(_FENCED.sub("", source)):
        if before and len(marks) > before + 1:
            return without_closing(words) or str(words)
        before = len(marks)
    return ""


def _unexplained(rendered: Rendered, known: Collection[str]) -> list[str]:
    """Capitals that never stand in brackets after, or before, what they mean, and are in no glossary. Those of code are
    words of its language.
    """
    explained = set(_ABBREVIATION.findall(rendered.html)) | _at_brackets(rendered.text)
    code = " ".join(_TAG.sub("", inner) for inner in _CODE.findall(rendered.html))
    found = _acronyms(rendered.text)
    found.subtract(_acronyms(code))
    return [word for word in +found if word not in WELL_KNOWN and word not in explained and folded(word) not in known]


def _acronyms(text: str) -> Counter[str]:
    """How often each stands there, in order of reading."""
    return Counter(match[0].removesuffix("s") for match in _ACRONYM.finditer(text))


def _at_brackets(text: str) -> set[str]:
    """All that an acronym could be and that stands right within brackets or before them; gathered in one pass."""
    found: set[str] = set()
    for bracket in re.finditer(r"\(", text):
        at = bracket.end()
        found.update(text[at : at + length] for length in range(3, 7))
        before = text[max(0, at - 8) : at - 1]
        if before.endswith(" "):
            found.update(before[:-1][-length:] for length in range(3, 7))
    return found
