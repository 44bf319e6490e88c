"""The search page. Every state of it is an address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

from flask import g, render_template, request

from network.core.web.access import readers
from network.core.web.area import Area
from network.core.web.pagination import Page, page_links, page_number, with_args, without_arg
from network.discovery.finding import COUNTED, PER_PAGE, Answer, find
from network.discovery.labels import TITLES, labels
from network.discovery.log.noting import note
from network.discovery.recent.actions import remember_afterwards
from network.discovery.recent.views import shown
from network.subjects.registry import subjects
from search.contract import Sort

SORTS = {"relevance": "Best match", "newest": "Newest"}
MOST_TYPED = 500
MOST_OPTIONS = 12

area = Area("discovery", __name__)


@area.get("/search", access=readers)
def search() -> Any:
    """Find what somebody typed, in everything they may read."""
    text = " ".join(request.args.get("q", "").split())
    if not text:
        return render_template("discovery/start.html", recent=shown())
    remember_afterwards(g.viewer, text[:MOST_TYPED])
    subject = request.args.get("in") if request.args.get("in") in subjects() else None
    filters = {name: tuple(request.args.getlist(name)) for name in COUNTED if request.args.getlist(name)}
    sort = cast(Sort, request.args.get("sort") if request.args.get("sort") in SORTS else "relevance")
    number = page_number()
    answer = find(g.viewer, text[:MOST_TYPED], subject=subject, filters=filters, sort=sort, page=number)
    if number == 1 and subject is None and not filters and not answer.degraded:
        note(g.viewer, text, failed=answer.failed, found=answer.total)
    names = labels(
        {facet: {v for v, _ in answer.facets.get(facet, ())} | set(filters.get(facet, ())) for facet in COUNTED}
    )
    return render_template(
        "discovery/search.html",
        text=text[:MOST_TYPED],
        cut=len(text) > MOST_TYPED,
        answer=answer,
        tabs=_tabs(answer, subject),
        groups=_groups(answer, filters, names),
        chips=_chips(filters, names),
        clear=with_args(page=None, **dict.fromkeys(COUNTED)),
        sorts=[{"value": value, "text": label, "selected": value == sort} for value, label in SORTS.items()],
        kept=[("q", text)] + ([("in", subject)] if subject else []),
        filtered=[(name, value) for name, values in filters.items() for value in values],
        pages=page_links(Page((), number, PER_PAGE, answer.total)),
        ask="/ask?" + urlencode({"title": text[:150]}),
        sort=sort,
    )


def _tabs(answer: Answer, subject: str | None) -> list[dict[str, Any]]:
    everything = {"text": "All", "address": with_args(page=None, **{"in": None}), "current": subject is None}
    everything["count"] = sum(answer.tabs.values()) if answer.tabs else None
    return [everything] + [
        {
            "text": kind.plural,
            "address": with_args(page=None, **{"in": name}),
            "current": name == subject,
            "count": answer.tabs.get(name, 0),
        }
        for name, kind in subjects().items()
        if answer.tabs.get(name) or name == subject
    ]


def _groups(
    answer: Answer, filters: Mapping[str, tuple[str, ...]], names: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """The filter form: values that would find something, and those in use."""
    groups = []
    for facet in COUNTED:
        chosen = filters.get(facet, ())
        counts = dict(answer.facets.get(facet, ()))
        values = list(counts)[:MOST_OPTIONS]
        values += [value for value in chosen if value not in values]
        options = [
            {"value": v, "text": names[facet][v], "count": counts.get(v), "checked": v in chosen} for v in values
        ]
        if options:
            groups.append({"name": facet, "title": TITLES[facet], "options": options})
    return groups


def _chips(filters: Mapping[str, tuple[str, ...]], names: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    return [
        {"text": names[facet][value], "address": without_arg(facet, value)}
        for facet, values in filters.items()
        for value in values
    ]
