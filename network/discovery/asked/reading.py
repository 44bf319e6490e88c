"""Reads the address of the search page. Nothing in it raises: what cannot be understood is left out and named."""

from __future__ import annotations

import re
from typing import cast

from flask import request

from network.core.web.forms import clean_text
from network.core.web.pagination import page_number
from network.core.web.templating import zone
from network.discovery.asked.asked import Asked, Unknown
from network.discovery.asked.dates import PERIODS, beginning
from network.discovery.asked.labels import TITLES
from network.discovery.asked.names import FACETS, few_of, read
from network.discovery.asked.values import values
from network.subjects.registry import subjects
from network.subjects.viewer import Viewer
from network.vocabulary.queries import present_slugs
from search.contract import Sort

SORTS = {"relevance": "Best match", "newest": "Newest", "used": "Most used"}
MOST_TYPED = 500
MOST_VALUES = 20
_PLANE_ENDS = "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_NO_CHARACTERS = re.compile(f"[\ufdd0-\ufdef{_PLANE_ENDS}]")


def asked_for(viewer: Viewer) -> Asked:
    """What this request asks."""
    whole = " ".join(_given("q").split())
    sort = request.args.get("sort", "")
    tab = request.args.get("in", "")
    changed = request.args.get("changed", "")
    asked = Asked(
        typed=whole[:MOST_TYPED],
        words=whole[:MOST_TYPED],
        filters=_chosen(),
        tab=tab if tab in tabs() else None,
        sort=cast(Sort, sort if sort in SORTS else "relevance"),
        page=page_number(),
        changed=changed if changed in PERIODS else "",
        titles_only=request.args.get("titles") == "1",
        exact=request.args.get("exact") == "1",
        cut=len(whole) > MOST_TYPED,
    )
    typed = [(name, _given(name)) for name in ("after", "before") if _given(name)]
    return _with_typed(asked, typed, viewer)


def tabs() -> dict[str, str]:
    """The tabs of the page by their names in the index, in the order of the registry."""
    return {name: words for subject in subjects().values() for name, words in subject.all_tabs}


def _chosen() -> dict[str, tuple[str, ...]]:
    """Filters from the form beside the results: values that no document has simply find nothing."""
    given = {name: map(clean, request.args.getlist(name)) for name in TITLES}
    kept = {name: tuple(dict.fromkeys(value for value in many if value)) for name, many in given.items()}
    kept["topic"] = present_slugs(kept["topic"]) if kept["topic"] else ()
    return {name: many[:MOST_VALUES] for name, many in kept.items() if many}


def _given(name: str) -> str:
    return clean(request.args.get(name, ""))


def clean(text: str) -> str:
    """What can stand on a page: no control characters, and nothing that Unicode says is no character."""
    return _NO_CHARACTERS.sub("", str(clean_text(text)))


def _with_typed(asked: Asked, dates: list[tuple[str, str]], viewer: Viewer) -> Asked:
    """The filters that stand among the words are taken out of them and put with the others."""
    found = read(asked.typed)
    few, further = few_of(found.filters)
    filters: dict[str, tuple[str, ...]] = dict(asked.filters)
    others: dict[str, str | bool] = {}
    unknown: list[Unknown] = []
    for name, value in (*dates, *few):
        if name in FACETS:
            known = values(FACETS[name], value, viewer)
            _add(filters, FACETS[name], known)
        else:
            known = _other(name, value, others)
        if not known:
            unknown.append(Unknown(FACETS.get(name, name), value))
    return asked.but(
        words=found.words,
        filters=filters,
        page=asked.page,
        after=str(others.get("after", "")),
        before=str(others.get("before", "")),
        titles_only=asked.titles_only or bool(others.get("titles_only")),
        unknown=tuple(unknown),
        ignored=(*found.ignored, *further),
    )


def _add(filters: dict[str, tuple[str, ...]], facet: str, known: tuple[str, ...]) -> None:
    if known:
        filters[facet] = tuple(dict.fromkeys((*filters.get(facet, ()), *known)))[:MOST_VALUES]


def _other(name: str, value: str, others: dict[str, str | bool]) -> tuple[str, ...]:
    """The filters that are no facets; returns what was understood."""
    if name == "in":
        others["titles_only"] = value.lower() in ("title", "titles") or bool(others.get("titles_only"))
        return (value,) if value.lower() in ("title", "titles") else ()
    if beginning(value, zone()) is None:
        return ()
    others[name] = value
    return (value,)
