"""The library's list: filters, order, pages. Every state is an address that can be shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import abort, current_app, g, get_template_attribute, render_template, request
from markupsafe import Markup

from network.core.web.access import readers
from network.core.web.laid_out import kept_markup
from network.core.web.pagination import Page, offset, page_links, page_number, without_arg
from network.library.adoptions.like_mine import BY_OTHERS, LIKE_MINE, USED_OR_NOT, USES
from network.library.models import CHECK_STATES, KINDS
from network.library.queries.counts import counts
from network.library.queries.filters import Narrowing, narrowing, organisations_named
from network.library.queries.lists import guides
from network.library.queries.tallies import Counts
from network.library.views import area
from network.library.views.showing import guide_rows
from network.vocabulary.queries import TopicRow, all_topics

PER_PAGE = 20
SORTS = {"used": "Most used", "newest": "Newest", "checked": "Recently checked", "title": "Title A to Z"}
MOST_ORGANISATIONS = 20
FORMS_KEPT = 200
FILTERS = ("topic", "kind", "organisation", "check", "used", "group", "by")
USUAL = "used"


@dataclass(frozen=True, slots=True)
class Option:
    """A filter: its value in the address, its words, how many guides it would find, whether it is in use."""

    value: str
    text: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """Filters of one field."""

    name: str
    title: str
    options: tuple[Option, ...]
    radio: bool = False


# The same as plain values, which are made and compared in a tenth of the time: name, title, each option's fields, and
# whether there is one choice only.
GroupValues = tuple[str, str, tuple[tuple[str, str, int, bool], ...], bool]


@area.get("/library", access=readers)
def library() -> Any:
    """Guides, twenty a page."""
    tree = all_topics()
    narrowed = narrowing(
        kinds=request.args.getlist("kind"),
        checks=request.args.getlist("check"),
        topics=request.args.getlist("topic"),
        organisations=request.args.getlist("organisation"),
        group=request.args.get("group", ""),
        person=request.args.get("by", ""),
        used=request.args.get("used", ""),
        viewer=g.viewer,
        tree=tree,
    )
    if narrowed is None:
        abort(404)
    sort = request.args.get("sort", USUAL)
    sort = sort if sort in SORTS else USUAL
    number = page_number()
    numbers = counts(g.viewer, narrowed.filters)
    lines = guides(g.viewer, narrowed.filters, sort=sort, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    if not lines and number > 1:
        abort(404)
    total = max(numbers.get("all", {}).get("", 0), offset(number, PER_PAGE) + len(lines))
    page = Page(lines, number, PER_PAGE, total)
    in_use = _in_use(narrowed)
    clear = "/library" + (f"?{urlencode({'sort': sort})}" if sort != USUAL else "")
    keep = [("sort", sort)] * (sort != USUAL)
    keep += [(name, value) for name in ("group", "by") for value in request.args.getlist(name)]
    return render_template(
        "library/listing/library.html",
        rows=guide_rows(lines),
        page=page,
        pages=page_links(page),
        filter_form=_filter_form(_facets(narrowed, numbers, tree), len(in_use), clear, tuple(keep)),
        in_use=in_use,
        clear=clear,
        sorts=[{"value": value, "text": text, "selected": value == sort} for value, text in SORTS.items()],
        keep_for_sort=[(name, value) for name in FILTERS for value in request.args.getlist(name)],
    )


def _facets(narrowed: Narrowing, numbers: Counts, tree: Sequence[TopicRow]) -> tuple[GroupValues, ...]:
    """The groups of filters; what would find nothing is left out, unless it is in use."""
    chosen = narrowed.filters
    topics = {topic.id: topic for topic in tree}
    used = {choice.id for choice in narrowed.topics}
    open_parents = {topics[topic_id].parent_id or topic_id for topic_id in used}
    shown = [topic for topic in tree if topic.parent_id is None or topic.parent_id in open_parents]
    by_topic, by_organisation = numbers.get("topic", {}), numbers.get("organisation", {})
    most = sorted(by_organisation, key=lambda value: -by_organisation[value])[:MOST_ORGANISATIONS]
    organisations = organisations_named(ids=[*map(int, most), *chosen.organisation_ids])
    return (
        _group("topic", "Topic", [(t.slug, t.name, by_topic.get(str(t.id), 0), t.id in used) for t in _ordered(shown)]),
        _group("kind", "Kind", _plain(KINDS, numbers.get("kind", {}), chosen.kinds)),
        _group(
            "organisation",
            "Organisation",
            [
                (o.value, o.name, by_organisation.get(str(o.id), 0), o.id in chosen.organisation_ids)
                for o in organisations
            ],
        ),
        _group("check", "Last checked", _plain(CHECK_STATES, numbers.get("check", {}), chosen.checks)),
        _by_use(narrowed.used),
    )


def _by_use(chosen: str) -> GroupValues:
    """How far a guide is in use elsewhere: one choice, without numbers.

    Only who works somewhere has an organisation that others are like.
    """
    offered = {value: words for value, words in USES.items() if value != LIKE_MINE or g.viewer.organisation_id}
    options = [("", USED_OR_NOT), *offered.items()]
    return "used", BY_OTHERS, tuple((value, words, 0, value == chosen) for value, words in options), True


def _ordered(topics: Sequence[TopicRow]) -> list[TopicRow]:
    """Those of the first level, each with those under it behind it."""
    first = [topic for topic in topics if topic.parent_id is None]
    return [one for parent in first for one in (parent, *(t for t in topics if t.parent_id == parent.id))]


def _plain(names: dict[str, str], numbers: dict[str, int], chosen: tuple[str, ...]) -> list[tuple[str, str, int, bool]]:
    return [(value, name, numbers.get(value, 0), value in chosen) for value, name in names.items()]


def _group(name: str, title: str, options: list[tuple[str, str, int, bool]]) -> GroupValues:
    return name, title, tuple(option for option in options if option[2] or option[3]), False


def _filter_form(groups: tuple[GroupValues, ...], on: int, clear: str, keep: tuple[tuple[str, str], ...]) -> Markup:
    """The form with the filters. It depends on these alone, and most visits see the same: it is kept once laid out."""
    return kept_markup(current_app, "library.filters", FORMS_KEPT, _lay_out)(groups, on, clear, keep)


def _lay_out() -> Callable[..., str]:
    macro = get_template_attribute("library/listing/filters.html", "filter_form")
    return lambda groups, *rest: macro(_made_of(groups), *rest)


def _made_of(groups: tuple[GroupValues, ...]) -> list[FilterGroup]:
    return [
        FilterGroup(name, title, tuple(Option(*option) for option in options), radio)
        for name, title, options, radio in groups
    ]


def _in_use(narrowed: Narrowing) -> list[dict[str, str]]:
    """The chips above the list; each leads to the list without it."""
    found = [("topic", choice.value, choice.name) for choice in narrowed.topics]
    found += [("kind", kind, KINDS[kind]) for kind in narrowed.filters.kinds]
    found += [("organisation", choice.value, choice.name) for choice in narrowed.organisations]
    found += [("check", check, CHECK_STATES[check]) for check in narrowed.filters.checks]
    if narrowed.used:
        found.append(("used", narrowed.used, USES[narrowed.used]))
    if narrowed.group:
        found.append(("group", narrowed.group.value, f"Group: {narrowed.group.name}"))
    if narrowed.person:
        found.append(("by", narrowed.person.value, f"By {narrowed.person.name}"))
    return [{"text": text, "address": without_arg(name, value)} for name, value, text in found]
