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
from network.discovery.finding import COUNTED, PERSON, Answer, find, keys_of, query_of
from network.discovery.hits.cards import cards_of
from network.discovery.spelling.correcting import Correction, correct, suggest
from network.discovery.words import glossary_words
from network.subjects.registry import Card
from network.subjects.viewer import Viewer
from search.alternatives import folded_words
from search.nicknames import NICKNAMES
from search.query import FILTER_NAMES, parse

LONG_AGO = datetime.fromisoformat("1900-01-01T00:00:00+00:00")
ANY_TIME = "any"
# A name has few words; more of them are a question.
MOST_NAMES, MOST_PEOPLE = 3, 3


@dataclass(frozen=True)
class Outcome:
    """What came of a search.

    `words` are those that were looked for. `corrected` tells which words were replaced because nothing that the
    viewer may read holds them; `suggested` what else may have been meant. `people` are called what was typed, or
    have a name that it is short for, and do not stand among the first results.
    """

    asked: Asked
    words: str
    answer: Answer
    corrected: Correction | None = None
    suggested: Correction | None = None
    people: Sequence[Card] = ()

    @property
    def only_leaves_out(self) -> bool:
        """Whether every word is one to leave out: there is nothing to look for then."""
        tree = parse(self.words, FILTER_NAMES)
        return bool(tree.clauses) and not tree.words


def search_for(viewer: Viewer, asked: Asked) -> Outcome:
    """Search as this viewer."""
    known = glossary_words()
    corrected = None if asked.exact else correct(viewer, asked.words, known)
    words = corrected.words if corrected else asked.words
    answer = _found(viewer, words, asked)
    suggested = None
    if not asked.exact and (answer.failed or not corrected):
        suggested = suggest(viewer, words, known, failed=answer.failed)
    return Outcome(asked, words, answer, corrected, suggested, _people(viewer, asked, words, answer))


def _found(viewer: Viewer, words: str, asked: Asked) -> Answer:
    """The answer; where only another way to say it was looked for, and in vain, what holds some of its words.

    Nobody may have written “subject access request” as one, and still much about it.
    """
    answer = find(viewer, words, **narrowed(asked))
    if answer.total or not answer.also:
        return answer
    partly = find(viewer, " ".join([words, *answer.also]), **narrowed(asked))
    return replace(partly, failed=True, also=answer.also, left_out=answer.left_out)


def _people(viewer: Viewer, asked: Asked, words: str, answer: Answer) -> list[Card]:
    """Over all kinds a short form of a name would find too much; so people are looked for by themselves."""
    if asked.tab or asked.page > 1 or asked.narrowed or answer.degraded:
        return []
    names = folded_words(words).split()
    if not 0 < len(names) <= MOST_NAMES or not any(name in NICKNAMES for name in names):
        return []
    all_of_them = " ".join(f"+{name}" for name in names)
    keys = keys_of(query_of(viewer, all_of_them, subject=PERSON, titles_only=True, per_page=MOST_PEOPLE, facets=()))
    shown = {hit.key for hit in answer.found}
    cards = cards_of([key for key in keys if key not in shown], viewer)
    return [cards[key] for key in keys if key in cards]


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
