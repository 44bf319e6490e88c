"""The filters that can be typed into the box: a closed list, so that “http:” and “re:” stay words."""

from __future__ import annotations

from typing import NamedTuple

from search.query import FILTER_NAMES, Clause, parse

# What is typed before the colon, and the facet it means.
FACETS = {"type": "kind", "topic": "topic", "org": "organisation", "group": "group", "by": "author"}


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


def written(clause: Clause) -> str:
    """A clause as it would be typed."""
    if clause.kind == "phrase":
        return f'{"-" if clause.mode == "not" else ""}"{clause.text}"'
    sign = {"any": "", "must": "+", "not": "-"}[clause.mode]
    return f"{sign}{clause.text}{'*' if clause.kind == 'prefix' else ''}"
