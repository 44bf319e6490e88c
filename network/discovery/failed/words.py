"""Which words of a failed search could be dropped, the rarest first, and how a search for all the others is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from network.discovery.asked.names import written
from search.analysis import TOKEN, term_of
from search.query import Clause, parse

# Who pastes a text is not helped by the same text without one word.
MOST_WORDS = 8
MOST_DROPPED = 4


def tells(clause: Clause) -> bool:
    """Whether a clause is more than very frequent words."""
    return any(not term_of(match.group(), "en")[1] for match in TOKEN.finditer(clause.text))


def telling(text: str) -> list[Clause]:
    """The clauses that a document must hold all of for the search not to be a failed one."""
    return [clause for clause in parse(text).words if tells(clause)]


def fewer(text: str, held: Mapping[str, int]) -> list[tuple[Clause, ...]]:
    """Shorter lists of clauses to try: without those that nothing holds, else without one of the rarest.

    `held` says how many documents hold each clause's text.
    """
    clauses = telling(text)
    if not 2 <= len(clauses) <= MOST_WORDS:
        return []
    known = [clause for clause in clauses if held.get(clause.text, 1)]
    tries = [tuple(known)] if 0 < len(known) < len(clauses) else []
    rarest = sorted(known, key=lambda clause: held.get(clause.text, 1))[:MOST_DROPPED]
    if len(known) > 1:
        tries += [tuple(kept for kept in known if kept is not clause) for clause in rarest]
    return tries[: MOST_DROPPED + 1]


def all_of(clauses: Sequence[Clause], text: str) -> str:
    """A search for documents that hold all of these, and still not what was excluded."""
    excluded = [clause for clause in parse(text).clauses if clause.mode == "not"]
    must = [replace(clause, mode="must") for clause in clauses] if len(clauses) > 1 else list(clauses)
    return " ".join(written(clause) for clause in (*must, *excluded))


def unquoted(text: str) -> str:
    """The same search with the words of its phrases on their own; empty where there is nothing in quotes."""
    clauses = parse(text).clauses
    if not any(_quoted(clause) for clause in clauses):
        return ""
    return " ".join(clause.text if _quoted(clause) else written(clause) for clause in clauses)


def _quoted(clause: Clause) -> bool:
    return clause.kind == "phrase" and clause.mode != "not"


def in_words(clauses: tuple[Clause, ...]) -> str:
    """The same as a person would say it."""
    return " ".join(written(replace(clause, mode="any") if clause.kind != "phrase" else clause) for clause in clauses)
