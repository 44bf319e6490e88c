"""One state of the search page. Every state is an address, and every link of the page is a state with a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from search.contract import Sort

ADDRESS = "/search"


class Unknown(NamedTuple):
    """A filter that was typed with a value that there is none of. `name` is the facet, or the word typed before it."""

    name: str
    value: str


@dataclass(frozen=True)
class Asked:
    """What is asked.

    `typed` is what stands in the box, `words` the same without filters that were understood. `filters` holds the
    values of each facet as the index spells them. `changed` is one of `dates.PERIODS`; `after` and `before` are
    days, months or years as they were written. `exact` asks for the words as typed, corrections left aside.
    `unknown` and `ignored` are parts that have no effect; `cut` says that only the beginning was read.
    """

    typed: str = ""
    words: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tab: str | None = None
    sort: Sort = "relevance"
    page: int = 1
    changed: str = ""
    after: str = ""
    before: str = ""
    titles_only: bool = False
    exact: bool = False
    unknown: tuple[Unknown, ...] = ()
    ignored: tuple[str, ...] = ()
    cut: bool = False

    @property
    def narrowed(self) -> bool:
        """Whether any filter is in use."""
        return bool(self.filters or self.changed or self.after or self.before or self.titles_only)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is asked: the start page."""
        return not (self.typed or self.narrowed)

    def but(self, **changes: Any) -> Asked:
        """The same with changes, back on page 1."""
        return replace(self, **{"page": 1, **changes})

    def without(self, facet: str, value: str) -> Asked:
        """The same without one value of a facet."""
        left = tuple(kept for kept in self.filters.get(facet, ()) if kept != value)
        filters = {**self.filters, facet: left}
        return self.but(filters={name: values for name, values in filters.items() if values})

    def cleared(self) -> Asked:
        """The same words without any filter."""
        return self.but(filters={}, changed="", after="", before="", titles_only=False)

    def pairs(self, *, filters: bool = True, sort: bool = True) -> list[tuple[str, str]]:
        """Names and values that say this, for addresses and for the hidden fields of forms."""
        found = [("q", self.words), ("in", self.tab or "")]
        if filters:
            found += [(name, value) for name, values in self.filters.items() for value in values]
            found += [("changed", self.changed)]
        found += [("after", self.after), ("before", self.before), ("titles", "1" if self.titles_only else "")]
        found += [("sort", self.sort if sort and self.sort != "relevance" else "")]
        found += [("exact", "1" if self.exact else "")]
        return [(name, value) for name, value in found if value or name == "q"]

    @property
    def address(self) -> str:
        """The address of this state."""
        pairs = self.pairs() + ([("page", str(self.page))] if self.page > 1 else [])
        return f"{ADDRESS}?{urlencode(pairs)}"
