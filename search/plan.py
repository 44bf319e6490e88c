"""Turns a query tree into the terms that an index of certain languages must be asked for.

Every engine carries out the same plan, so a word means the same in all of them. A word
of the query is a set of terms: its stem in each language present, the joined form of a
hyphenated compound, and other words and phrases that say the same. A document that holds
any of them holds the word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from search.alternatives import said_otherwise
from search.analysis import TOKEN
from search.contract import NOTHING
from search.folding import fold
from search.query import Clause, Tree
from search.stopwords import NAMES, STOP_WORDS
from search.words import Asked, Option, Phrase, Word, asked_words, options_of, stems_within, with_others

__all__ = ["MOST_EXPANSIONS", "Option", "Phrase", "Plan", "Word", "asked", "plan", "stems_within", "words_of"]

# How many terms of the index an open-ended word stands for at most.
MOST_EXPANSIONS = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for.

    `words` are ranked, with how often each was asked. `required` and `excluded` decide
    on a document by themselves. `titles_only` is set when all the words are so frequent
    that only titles are worth asking. `everything` is set when nothing was typed.
    `title` is all that was typed as one phrase, when a title that says it is what is
    most likely meant.
    """

    words: tuple[tuple[Word, int], ...]
    required: tuple[Word | Phrase, ...]
    excluded: tuple[Word | Phrase, ...]
    ignored: tuple[str, ...]
    titles_only: bool = False
    everything: bool = False
    title: Phrase | None = None

    def closed(self, close: Callable[[Word], Word]) -> Plan:
        """The plan with each open-ended word replaced by the terms of an index that begin so; `close` finds them."""
        if not any(word.prefixes for word, _ in self.words):
            return self
        known: dict[Word, Word] = {}

        def word_of(word: Word) -> Word:
            if not word.prefixes:
                return word
            if word not in known:
                known[word] = close(word)
            return known[word]

        def parts(found: Iterable[Word | Phrase]) -> tuple[Word | Phrase, ...]:
            return tuple(word_of(item) if isinstance(item, Word) else item for item in found)

        return replace(
            self,
            words=tuple((word_of(word), count) for word, count in self.words),
            required=parts(self.required),
            excluded=parts(self.excluded),
        )


def plan(tree: Tree, languages: Iterable[str], alternatives: Mapping[str, tuple[str, ...]] = NOTHING) -> Plan:
    """The plan for an index that holds documents in these languages."""
    present = sorted(languages) or ["en"]
    ranked: Counter[Word] = Counter()
    frequent: Counter[Word] = Counter()
    required: list[Word | Phrase] = []
    others = _others_of_phrases(tree, alternatives)
    for number, (clause, words) in enumerate(asked(tree, present, alternatives)):
        ranked.update(item.word for item in words if not item.stop)
        frequent.update(item.word for item in words if item.stop)
        if clause.kind == "phrase":
            required.append(_phrase((clause.text, *others.get(number, ())), present))
        elif clause.mode == "must":
            required += [item.word for item in sorted(words, key=lambda item: item.stop)]
    reading = _language_of(tree, present)
    excluded = [_excluded(clause, present, reading) for clause in tree.clauses if clause.mode == "not"]
    only_excluded = bool(excluded) and not ranked and not frequent
    return Plan(
        words=tuple((ranked or frequent).items()),
        required=tuple(required),
        excluded=tuple(excluded),
        ignored=tree.ignored + (_signed(tree) if only_excluded else ()),
        titles_only=bool(frequent) and not ranked and not any(isinstance(part, Phrase) for part in required),
        everything=not tree.clauses and not tree.ignored,
        title=_title(tree, present),
    )


def asked(
    tree: Tree, present: list[str], alternatives: Mapping[str, tuple[str, ...]] = NOTHING
) -> list[tuple[Clause, list[Asked]]]:
    """The clauses a reader looks for with their words, those with other ways to say them included."""
    reading = _language_of(tree, present)
    others: dict[tuple[int, int], tuple[str, ...]] = {
        place: said.others for said in said_otherwise(tree, alternatives) for place in said.places
    }
    found = []
    for number, clause in enumerate(tree.clauses):
        if clause.mode == "not":
            continue
        words = asked_words(clause, present, reading)
        found.append((clause, [_widened(item, others.get((number, item.start), ()), present) for item in words]))
    return found


def words_of(text: str, languages: Iterable[str]) -> tuple[Word, ...]:
    """What an index must hold for every word of a text, frequent ones too; empty without words."""
    present = sorted(languages) or ["en"]
    return tuple(item.word for item in asked_words(Clause(text), present, None))


def _widened(item: Asked, others: tuple[str, ...], present: list[str]) -> Asked:
    return replace(item, word=with_others(item.word, others, present)) if others else item


def _others_of_phrases(tree: Tree, alternatives: Mapping[str, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
    """The other ways to say quoted phrases, by their number among the clauses looked for."""
    numbers = [number for number, clause in enumerate(tree.clauses) if clause.mode != "not"]
    return {
        numbers.index(said.places[0][0]): said.others
        for said in said_otherwise(tree, alternatives)
        if tree.clauses[said.places[0][0]].kind == "phrase"
    }


def _signed(tree: Tree) -> tuple[str, ...]:
    quoted = {"phrase": '-"{}"', "word": "-{}", "prefix": "-{}"}
    return tuple(quoted[clause.kind].format(clause.text) for clause in tree.clauses)


def _language_of(tree: Tree, present: list[str]) -> str:
    """The language whose frequent words stand in the query most often; English when in doubt."""
    written = [fold(match.group()) for clause in tree.words for match in TOKEN.finditer(clause.text)]
    telling = [word for word in written if word not in NAMES]
    candidates = [language for language in present if language in STOP_WORDS]
    if not candidates:
        return present[0]
    return max(candidates, key=lambda name: (sum(word in STOP_WORDS[name] for word in telling), name == "en"))


def _phrase(texts: Iterable[str], present: list[str]) -> Phrase:
    return Phrase(tuple(dict.fromkeys(option for text in texts for option in options_of(text, present))))


def _title(tree: Tree, present: list[str]) -> Phrase | None:
    """What was typed as one phrase; nothing where a sign or an open end makes it more than a name."""
    looked_for = tree.words
    if any(clause.kind == "prefix" or (clause.kind, clause.mode) == ("word", "must") for clause in looked_for):
        return None
    text = " ".join(clause.text for clause in looked_for)
    return _phrase((text,), present) if len(TOKEN.findall(text)) > 1 else None


def _excluded(clause: Clause, present: list[str], reading: str) -> Word | Phrase:
    if clause.kind == "phrase":
        return _phrase((clause.text,), present)
    words = sorted(asked_words(clause, present, reading), key=lambda item: item.stop)
    return words[0].word if words else Phrase(())
