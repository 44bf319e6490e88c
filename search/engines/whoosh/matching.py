"""Which documents of a leaf fit a plan, before anything is ranked or counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Set
from functools import partial, reduce
from itertools import accumulate, islice, product
from operator import and_, or_

from search.clock import Clock
from search.engines.whoosh.bitsets import bits_of
from search.engines.whoosh.saying import holding, saying
from search.engines.whoosh.schema import BODY, TITLE
from search.engines.whoosh.snapshot import Leaf, Matches, Snapshot
from search.plan import MOST_EXPANSIONS, Option, Phrase, Plan, Word, stems_within

# Short beginnings stand for very many words; looking at more of them would cost too much.
_MOST_LOOKED_AT = 2_000
# Postings that are ranked in each leaf. Of long questions to a large index the most frequent words, which decide least,
# are left aside.
_MOST_POSTINGS = 200_000


def closed(word: Word, snapshot: Snapshot) -> Word:
    """An open-ended word with the terms of the index that begin so, the most frequent ones."""
    held: Counter[str] = Counter()
    for leaf in snapshot.leaves:
        for field in (TITLE, BODY):
            for prefix in word.prefixes:
                held.update(leaf.segment.terms_beginning(field, prefix, _MOST_LOOKED_AT))
    begun = sorted(held, key=lambda term: (-held[term], term))[:MOST_EXPANSIONS]

    def holds(term: str) -> bool:
        return any(leaf.segment.holds(field, term) for leaf in snapshot.leaves for field in (TITLE, BODY))

    past = (stems for prefix in word.prefixes for stems in stems_within(prefix))
    return word.closed([*begun, *(stem for stems in past for stem in islice(filter(holds, stems), 1))])


class LeafMatch:
    """The documents of one leaf that fit the plan's text, all audiences still among them."""

    def __init__(self, leaf: Leaf, plan: Plan, visible: int, clock: Clock, *, excluded_in_titles: bool) -> None:
        self.leaf = leaf
        self._clock = clock
        self._visible = visible
        self._excluded_in_titles = excluded_in_titles
        self.words: list[Matches] = []
        self._looked_up: dict[tuple[Word, bool], int] = {}
        ranked = self._telling(plan)
        for word, _ in plan.words:
            if clock.check():
                break
            self.words.append(self._matches(word, titles_only=plan.titles_only, whole=word in ranked))
            self._looked_up[word, plan.titles_only] = self.words[-1].bits
        self.fitting = self._fit(plan)
        self.complete = bool(reduce(and_, (found.bits for found in self.words), self.fitting))

    def _telling(self, plan: Plan) -> Set[Word]:
        """The words that are ranked wherever they stand: all, or of very many postings those of the rarer words."""
        words = {word for word, _ in plan.words}
        if plan.titles_only or self.leaf.segment.size * len(words) <= _MOST_POSTINGS:
            return words
        counts = {word: sum(self.leaf.segment.frequency(BODY, term) for term in word.terms) for word in words}
        rarest = sorted(words, key=lambda word: (counts[word], word.terms))
        sums = dict(zip(rarest, accumulate(map(counts.__getitem__, rarest)), strict=True))
        return {word for word in words if sums[word] <= _MOST_POSTINGS or word.phrases} | {rarest[0]}

    def _matches(self, word: Word, *, titles_only: bool, whole: bool) -> Matches:
        """Who holds the word; one that is in too many texts to tell much counts in titles only."""
        if whole:
            return self.leaf.matches(word, titles_only=titles_only)
        found = self.leaf.matches(word, titles_only=True)
        return found._replace(bits=self._held(word, titles_only=False) & self.leaf.living)

    def _fit(self, plan: Plan) -> int:
        """Bits of the visible documents that fit. What is dearer to look up is asked of fewer documents."""
        if plan.everything:
            return self._visible
        fitting = self._visible
        if not plan.required:
            fitting &= reduce(or_, (found.bits for found in self.words), 0)
        words = [part for part in plan.required if isinstance(part, Word)]
        phrases = [part for part in plan.required if isinstance(part, Phrase)]
        steps: list[Callable[[int], int]] = [partial(self.bits, word, titles_only=plan.titles_only) for word in words]
        if len(phrases) > 1:
            steps += [partial(self._holding, phrase, titles_only=plan.titles_only) for phrase in phrases]
        steps += [partial(self.bits, phrase, titles_only=plan.titles_only) for phrase in phrases]
        for step in steps:
            fitting &= step(fitting)
            if self._clock.check():
                return 0  # What was not looked at may not fit.
        for part in plan.excluded:
            fitting &= ~self.bits(part, fitting, titles_only=self._excluded_in_titles)
            if self._clock.check():
                return 0
        return fitting

    def bits(self, part: Word | Phrase, among: int, *, titles_only: bool) -> int:
        """The documents of `among` that hold the word or say the phrase; of a word also others."""
        if isinstance(part, Word):
            known = self._looked_up.get((part, titles_only))
            return self._held(part, titles_only=titles_only) if known is None else known
        options = product(part.options, _fields(titles_only=titles_only))
        return reduce(or_, (self._saying(option, field, among) for option, field in options), 0)

    def _held(self, word: Word, *, titles_only: bool) -> int:
        """The documents that hold a word that is not ranked: what it is worth in each is not worked out."""
        if word.phrases:
            return self.leaf.matches(word, titles_only=titles_only).bits
        segment = self.leaf.segment
        terms = product(_fields(titles_only=titles_only), word.terms)
        return reduce(or_, (segment.holders(*term) for term in terms), 0)

    def _holding(self, phrase: Phrase, among: int, *, titles_only: bool) -> int:
        """The documents of `among` that may say the phrase, for they hold its words."""
        options = product(phrase.options, _fields(titles_only=titles_only))
        segment, late = self.leaf.segment, self._clock.check
        return reduce(or_, (holding(segment, field, option, among, late) for option, field in options), 0)

    def _saying(self, option: Option, field: str, among: int) -> int:
        segment = self.leaf.segment
        if len(option) == 1:
            return among & segment.holders(field, option[0][0])
        return bits_of(saying(segment, field, option, among, self._clock.check), segment.size)


def _fields(*, titles_only: bool) -> tuple[str, ...]:
    return (TITLE,) if titles_only else (TITLE, BODY)
