"""The filters that can be typed into the box: a closed list, so that “http:” and “re:” stay words."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from search.query import FILTER_NAMES, Clause, parse

# What is typed before the colon, and the facet it means.
FACETS = {"type": "kind", "topic": "topic", "org": "organisation", "group": "group", "by": "author"}
# Each is looked up in the database; nobody means more of one kind.
MOST_OF_ONE = 5


class Read(NamedTuple):
    """The box, read: words without filters, the filters in the order typed, and what has no effect."""

    words: str
    filters: tuple[tuple[str, str], ...]
    ignored: tuple[str, ...]


def read(typed: str) -> Read:
    """Take the filters out of what was typed. Without filters the words are left exactly as they are."""
    tree = parse(typed, FILTER_NAMES)
    if not tree.filters:
        return Read(typed, (), tree.ignored)
    return Read(" ".join(written(clause) for clause in tree.clauses), tree.filters, tree.ignored)


def few_of(filters: tuple[tuple[str, str], ...]) -> tuple[list[tuple[str, str]], list[str]]:
    """The filters to look up, each once and a few of one name, and as they would be typed those left out."""
    kept: list[tuple[str, str]] = []
    further: list[str] = []
    numbers: Counter[str] = Counter()
    once: dict[tuple[str, str], str] = {}
    for name, value in filters:
        once.setdefault((name, value.lower()), value)
    for (name, _), value in once.items():
        numbers[name] += 1
        if numbers[name] <= MOST_OF_ONE:
            kept.append((name, value))
        else:
            further.append(f'{name}:"{value}"' if " " in value else f"{name}:{value}")
    return kept, further


def written(clause: Clause) -> str:
    """A clause as it would be typed."""
    if clause.kind == "phrase":
        return f'{"-" if clause.mode == "not" else ""}"{clause.text}"'
    sign = {"any": "", "must": "+", "not": "-"}[clause.mode]
    return f"{sign}{clause.text}{'*' if clause.kind == 'prefix' else ''}"
