"""Advice beside the preview of a guide: what would help readers. It never blocks publishing; the form does that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from network.core.text.advice import Advice, advise_on, advise_on_personal
from network.core.text.markdown import Rendered
from network.library.composing.outlines import untouched, without_untouched

LONG_TEXT = 300
_COST = re.compile(r"£|\bcosts?\b|\bpriced?\b|\bspent\b|\bfree\b|\bcost(?:au|io)\b|\bcoût", re.IGNORECASE)


def advise(
    *,
    summary: str,
    kind: str,
    topics: int,
    rendered: Rendered,
    source: str = "",
    known: Collection[str] = (),
    english: bool = True,
    unknown_titles: Sequence[str] = (),
    several_titles: Sequence[str] = (),
) -> list[Advice]:
    """The checklist for a text, what is missing first. See `advise_on` for `known`.

    The titles are those of links like `[[Title]]` that lead nowhere, or might lead to several pages.
    """
    left = untouched(source)
    found = [
        *_filing(summary, kind, topics, rendered, source),
        *([Advice(False, f"Still from the outline: {', '.join(left)}")] if left else []),
        *advise_on_words(
            summary=summary,
            rendered=rendered,
            source=source,
            known=known,
            english=english,
            unknown_titles=unknown_titles,
            several_titles=several_titles,
        ),
    ]
    return _missing_first(found)


def advise_on_words(
    *,
    summary: str = "",
    rendered: Rendered,
    source: str,
    known: Collection[str],
    english: bool = True,
    unknown_titles: Sequence[str] = (),
    several_titles: Sequence[str] = (),
) -> list[Advice]:
    """As far as it is about the words themselves, for who suggests others: how a guide is filed is not theirs."""
    found = [
        *advise_on(source, rendered, known, english=english),
        *(Advice(False, f"No page that you can read is called “{title}”") for title in unknown_titles[:3]),
        *(Advice(False, f"Several pages are called “{title}”. Link to one of them") for title in several_titles[:3]),
        *advise_on_personal(f"{summary}\n{rendered.text}"),
    ]
    return _missing_first(found)


def _missing_first(found: list[Advice]) -> list[Advice]:
    return sorted(found, key=lambda advice: advice.done)


def _filing(summary: str, kind: str, topics: int, rendered: Rendered, source: str) -> Iterator[Advice]:
    yield Advice(True, "It has a summary") if summary else Advice(False, "Add a summary, so that search can show it")
    yield Advice(True, "It has a topic") if topics else Advice(False, "Choose a topic, so that people can find it")
    if kind in ("guide", "case-study"):
        if _COST.search(rendered.text) and (not source or _COST.search(without_untouched(source))):
            yield Advice(True, "It says what it cost")
        else:
            yield Advice(False, "Add what it cost, so others can judge")
    if rendered.words > LONG_TEXT and len(rendered.headings) < 2:
        yield Advice(False, "Add headings, so that people can find their place")
