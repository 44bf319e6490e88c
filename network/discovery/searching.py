"""One search as the page asks it: the words, corrected where they must be, within the filters and dates chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from network.core.clock import now
from network.core.web.templating import local, zone
from network.discovery.asked.asked import Asked
from network.discovery.asked.dates import PERIODS, beginning, periods
from network.discovery.failed.words import all_of, telling
from network.discovery.finding import COUNTED, PERSON, Answer, find, keys_of, query_of
from network.discovery.hits.cards import cards_of
from network.discovery.spelling.correcting import Correction, correct, joined, suggest
from network.discovery.words import glossary_words
from network.subjects.registry import Card
from network.subjects.viewer import Viewer
from search.alternatives import folded_words
from search.nicknames import NICKNAMES
from search.query import FILTER_NAMES, Tree, parse

LONG_AGO = datetime.fromisoformat("1900-01-01T00:00:00+00:00")
ANY_TIME = "any"
# A name has few words; more of them are a question.
MOST_NAMES, MOST_PEOPLE = 3, 3
# Of so many other ways to say it the words are looked for apart.
MOST_WAYS = 3


@dataclass(frozen=True)
class Outcome:
    """What came of a search.

    `words` are those that were looked for. `corrected` tells which words were replaced because nothing that the
    viewer may read holds them; `suggested` what else may have been meant. `people` are called what was typed, or
    have a name that it is short for, and do not stand among the first results; `named` tells whether anybody is.
    """

    asked: Asked
    words: str
    answer: Answer
    corrected: Correction | None = None
    suggested: Correction | None = None
    people: Sequence[Card] = ()
    named: bool = False

    @property
    def failed(self) -> bool:
        """Whether this is a failed search: nothing holds all the words, and nobody is called so."""
        return self.answer.failed and not self.named

    @property
    def only_leaves_out(self) -> bool:
        """Whether every word is one to leave out: there is nothing to look for then."""
        tree = self._tree
        return bool(tree.clauses) and not tree.words

    @property
    def wordless(self) -> bool:
        """Whether what was typed has no word in it at all, but only signs."""
        return bool(self.words.strip()) and not self._tree.clauses

    @property
    def quotes(self) -> bool:
        """Whether words in quotes are looked for: as they stand, one after another."""
        return any(clause.kind == "phrase" for clause in self._tree.words)

    @property
    def said(self) -> str:
        """The words as a heading gives them, in its own quotation marks: without those around all of them."""
        typed = self.words.strip()
        alone = len(typed) > 2 and typed[0] == typed[-1] == '"' and typed.count('"') == 2
        return typed[1:-1] if alone else self.words

    @property
    def _tree(self) -> Tree:
        return parse(self.words, FILTER_NAMES)


def search_for(viewer: Viewer, asked: Asked) -> Outcome:
    """Search as this viewer."""
    known = glossary_words()
    corrected = None if asked.exact else correct(viewer, asked.words, known)
    words = corrected.words if corrected else asked.words
    answer = _found(viewer, words, asked)
    people, named = _people(viewer, asked, words, answer)
    failed = answer.failed and not named
    suggested = None
    if not asked.exact and (failed or not corrected):
        suggested = suggest(viewer, words, known, failed=failed)
    if failed and suggested and suggested.sure:
        better = _found(viewer, suggested.words, asked)
        if not better.failed:
            return Outcome(asked, suggested.words, better, joined(corrected, suggested))
    return Outcome(asked, words, answer, corrected, suggested, people, named)


def _found(viewer: Viewer, words: str, asked: Asked) -> Answer:
    """The answer; where only another way to say it was looked for, and in vain, what holds all its words apart.

    Nobody may have written “subject access request” as one, and still much about it.
    """
    answer = find(viewer, words, **narrowed(asked))
    if answer.total or answer.degraded:
        return answer
    for other in answer.also[:MOST_WAYS]:
        clauses = telling(other)
        if len(clauses) < 2:
            continue
        apart = find(viewer, all_of(clauses, words), **narrowed(asked))
        if apart.total:
            return replace(apart, failed=True, also=answer.also, left_out=answer.left_out, apart=other)
    return answer


def _people(viewer: Viewer, asked: Asked, words: str, answer: Answer) -> tuple[list[Card], bool]:
    """People of a name who do not stand among the results, and whether anybody has it, shown or not.

    Over all kinds a short form of a name would find too much; so people are looked for by themselves.
    """
    all_kinds = not (asked.tab or asked.page > 1 or asked.narrowed)
    names = folded_words(words).split()
    if answer.degraded or not (all_kinds or answer.failed) or not 0 < len(names) <= MOST_NAMES:
        return [], False
    if not any(name in NICKNAMES for name in names):
        return [], False
    all_of_them = " ".join(f"+{name}" for name in names)
    keys = keys_of(query_of(viewer, all_of_them, subject=PERSON, titles_only=True, per_page=MOST_PEOPLE, facets=()))
    shown = {hit.key for hit in answer.found}
    cards = cards_of([key for key in keys if key not in shown], viewer)
    named = bool(cards) or any(key in shown for key in keys)
    return [cards[key] for key in keys if key in cards] if all_kinds else [], named


def narrowed(asked: Asked) -> dict[str, Any]:
    """What `find` is given beside the words."""
    began = periods(_today())
    # Everybody has written something: over all kinds a list of writers would say little and cost much.
    facets = COUNTED if asked.tab or "author" in asked.filters else tuple(set(COUNTED) - {"author"})
    return {
        "subject": asked.tab,
        "facets": facets,
        "filters": asked.filters,
        "sort": asked.sort,
        "page": asked.page,
        "titles_only": asked.titles_only,
        **bounds(asked),
        "periods": {ANY_TIME: LONG_AGO, **{name: began[name] for name in PERIODS}},
    }


def bounds(asked: Asked) -> dict[str, datetime | None]:
    """The two dates between which the last change lies, the first included."""
    since = [periods(_today())[asked.changed]] if asked.changed else []
    after = beginning(asked.after, zone())
    return {"since": max([*since, *([after] if after else [])], default=None), "until": beginning(asked.before, zone())}


def _today() -> datetime:
    return local(now()).replace(hour=0, minute=0, second=0, microsecond=0)
