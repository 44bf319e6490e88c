"""Why a document was found and stands where it stands, in pieces that a page can word.

It is told from the document's own texts and figures, by the rules the engines follow; no
engine is asked, so it costs nothing until somebody wants to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from search.alternatives import said_otherwise
from search.content import Content, Places, content_of
from search.contract import DOUBTED, NOTHING, SUPERSEDED, Document
from search.plan import asked, plan
from search.query import Tree
from search.words import Word, options_of

Kind = Literal[
    "pinned",  # Moderators put it here.
    "title-says",  # The title says all that was typed, in its order.
    "title-holds",  # The title holds all the words.
    "title",  # `words` stand in the title.
    "text",  # `words` stand in the summary, the tags or the text.
    "other",  # `words` are said otherwise: by `other`.
    "nowhere",  # `words` do not stand in it.
    "checked",  # Checked lately: further up.
    "used",  # Used by `count`: further up.
    "overdue",  # Its check is overdue: further down.
    "flagged",  # Somebody says that it is out of date: further down.
    "superseded",  # Something newer took its place: further down.
]


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of the answer. `words` are as they were typed."""

    kind: Kind
    words: tuple[str, ...] = ()
    other: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class _Typed:
    text: str
    word: Word
    others: tuple[str, ...]


def why(
    document: Document, tree: Tree, alternatives: Mapping[str, tuple[str, ...]] = NOTHING, *, pinned: bool = False
) -> tuple[Reason, ...]:
    """The reasons, the weightiest first."""
    content = content_of(document)
    reasons = [Reason("pinned")] if pinned else []
    reasons += _by_title(document, tree, alternatives, content)
    reasons += _by_words(_typed_words(tree, document.language, alternatives), content, document.language)
    reasons += _by_standing(document)
    return tuple(reasons)


def _typed_words(tree: Tree, language: str, alternatives: Mapping[str, tuple[str, ...]]) -> list[_Typed]:
    """The words that were ranked, each once, without their alternatives."""
    others = {place: said.others for said in said_otherwise(tree, alternatives) for place in said.places}
    numbers = [number for number, clause in enumerate(tree.clauses) if clause.mode != "not"]
    found = [
        (item.stop, _Typed(clause.text[item.start : item.end], item.word, others.get((number, item.start), ())))
        for number, (clause, items) in zip(numbers, asked(tree, [language]), strict=True)
        for item in items
    ]
    ranked = [typed for stop, typed in found if not stop] or [typed for _, typed in found]
    return list({typed.word: typed for typed in reversed(ranked)}.values())[::-1]


def _by_title(
    document: Document, tree: Tree, alternatives: Mapping[str, tuple[str, ...]], content: Content
) -> Iterator[Reason]:
    phrase = plan(tree, [document.language], alternatives).title
    words = _typed_words(tree, document.language, alternatives)
    if phrase is not None and any(content.title.says(option) for option in phrase.options):
        yield Reason("title-says")
    elif words and all(_holds(content.title, typed.word) for typed in words):
        yield Reason("title-holds")


def _by_words(words: list[_Typed], content: Content, language: str) -> Iterator[Reason]:
    places: dict[Kind, list[str]] = {"title": [], "text": [], "nowhere": []}
    others: dict[str, list[str]] = {}
    for typed in words:
        if _holds(content.title, typed.word):
            places["title"].append(typed.text)
        elif _holds(content.body, typed.word):
            places["text"].append(typed.text)
        elif other := _said_by(typed.others, content, language):
            others.setdefault(other, []).append(typed.text)
        else:
            places["nowhere"].append(typed.text)
    yield from (Reason(kind, tuple(places[kind])) for kind in ("title", "text") if places[kind])
    yield from (Reason("other", tuple(texts), other) for other, texts in others.items())
    if places["nowhere"]:
        yield Reason("nowhere", tuple(places["nowhere"]))


def _holds(places: Places, word: Word) -> bool:
    if not word.terms.isdisjoint(places.positions):
        return True
    return bool(word.prefixes) and any(term.startswith(word.prefixes) for term in places.positions)


def _said_by(others: tuple[str, ...], content: Content, language: str) -> str:
    """The first of the other ways that the document says; empty for none."""
    return next(
        (
            text
            for text in others
            for option in options_of(text, [language])
            if content.title.says(option) or content.body.says(option)
        ),
        "",
    )


def _by_standing(document: Document) -> Iterator[Reason]:
    if document.standing > 0:
        yield Reason("checked")
    elif document.standing <= SUPERSEDED:
        yield Reason("superseded")
    elif document.standing <= DOUBTED:
        yield Reason("flagged")
    elif document.standing < 0:
        yield Reason("overdue")
    if document.uses > 0:
        yield Reason("used", count=document.uses)
