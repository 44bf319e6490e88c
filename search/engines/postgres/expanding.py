"""What a plan means in one index: open-ended words closed, and how many documents hold each word."""

from __future__ import annotations

from search.engines.postgres.connections import Session
from search.engines.postgres.schema import Index
from search.engines.postgres.vectors import holding, mentioned
from search.plan import MOST_EXPANSIONS, Plan, Word, stems_within
from search.ranking import rarity

# Words of several terms are counted up to here and estimated above.
_COUNTED = 1_000


def closed(word: Word, session: Session, index: Index) -> Word:
    """An open-ended word with the terms of the index that begin so, the most frequent ones."""
    terms: set[str] = set()
    for prefix in word.prefixes:
        begun = session.rows(
            index.about(
                "SELECT term FROM {words} WHERE term >= %s AND term < %s AND documents > 0 "
                "ORDER BY documents DESC, term LIMIT %s"
            ),
            (prefix, prefix + "\U0010ffff", MOST_EXPANSIONS),
        )
        terms.update(term for (term,) in begun)
        for stems in stems_within(prefix):
            within = session.row(
                index.about(
                    "SELECT term FROM {words} WHERE term = ANY(%s) AND documents > 0 ORDER BY length(term) DESC LIMIT 1"
                ),
                (stems,),
            )
            terms.update(within or ())
    return word.closed(terms)


def weighed(plan: Plan, session: Session, index: Index) -> list[tuple[Word, float, int]]:
    """The plan's words, each with its weight and with how many documents hold it."""
    rows = session.rows(
        index.about("SELECT term, documents FROM {words} WHERE term = ANY(%s)"),
        (list(mentioned(word for word, _ in plan.words)),),
    )
    known: dict[str, int] = dict(rows)
    found = []
    for word, times in plan.words:
        count = min(index.documents, _holding(word, known, session, index, titles_only=plan.titles_only))
        found.append((word, times * rarity(index.documents, count), count))
    return found


def _holding(word: Word, known: dict[str, int], session: Session, index: Index, *, titles_only: bool) -> int:
    """How many documents hold a word: known for one term, counted or estimated for several ways to say it."""
    counts = [known.get(term, 0) for term in word.terms]
    # No more documents say a phrase than hold the rarest of its words.
    counts += [min((known.get(term, 0) for term, _ in option), default=0) for option in word.phrases]
    together = sum(counts)
    one_term = sum(count > 0 for count in counts) < 2 and not word.phrases
    if not together or (one_term and not titles_only) or (together > _COUNTED and not titles_only):
        return together
    column = "title_terms" if titles_only else "terms"
    row = session.row(
        index.about(f"SELECT count(*) FROM {{documents}} WHERE {column} @@ %s::tsquery"), (holding(word),)
    )
    return int(row[0]) if row else 0
