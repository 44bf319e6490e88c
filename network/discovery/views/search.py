"""The search page. Every state of it is an address."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import g, render_template, request

from network.core.web.access import readers
from network.core.web.pagination import Page, page_links
from network.discovery.asked.asked import Asked
from network.discovery.asked.reading import SORTS, asked_for, tabs
from network.discovery.failed.ways_out import NO_WAYS, ways_out
from network.discovery.finding import PER_PAGE, Answer
from network.discovery.hits.reasons import reasons
from network.discovery.log.noting import note
from network.discovery.recent.actions import remember_afterwards
from network.discovery.recent.views import shown
from network.discovery.searching import Outcome, search_for
from network.discovery.views import area
from network.discovery.views.filters import filters
from network.vocabulary.queries import topic_called

LONGEST_TITLE = 150
# People read what was written before whom and where they could ask.
ORDER = ("guide", "question", "discussion", "person", "group")
CARDS = ("person", "group")


@area.get("/search", access=readers)
def search() -> Any:
    """Find what somebody typed, in everything they may read."""
    asked = asked_for(g.viewer)
    if asked.empty:
        return render_template("discovery/start.html", unknown=asked.unknown, recent=shown())
    remember_afterwards(g.viewer, asked.typed)
    outcome = search_for(g.viewer, asked)
    answer = outcome.answer
    if asked.page == 1 and asked.tab is None and not asked.narrowed and not answer.degraded:
        # A word that had to be put right was not found, whatever its correction finds.
        found = answer.total or len(outcome.people)
        note(g.viewer, asked.words, failed=outcome.failed or outcome.corrected is not None, found=found)
    groups, chips = filters(asked, answer, g.viewer)
    why = request.args.get("why", "")
    why_here = reasons(why, answer.found, outcome.words, by_relevance=asked.sort == "relevance") if why else ()
    pages: Page[Any] = Page((), asked.page, PER_PAGE, answer.total)
    return render_template(
        "discovery/search/page.html",
        asked=asked,
        search_text=asked.typed,
        text=outcome.words,
        outcome=outcome,
        answer=answer,
        ignored=list(dict.fromkeys((*asked.ignored, *answer.ignored))),
        tabs=_tabs(asked, answer),
        topic=topic_called(outcome.words) if asked.tab is None and asked.page == 1 else None,
        groups=groups,
        chips=chips,
        sorts=[{"value": value, "text": label, "selected": value == asked.sort} for value, label in SORTS.items()],
        pages=page_links(pages),
        last_page=pages.pages,
        past_end=asked.page > pages.pages,
        as_cards=asked.tab in CARDS,
        why=why if why_here else "",
        reasons=why_here,
        why_address=f"{asked.address}&why=",
        ways=ways_out(g.viewer, outcome, chips) if _dead_end(outcome) else NO_WAYS,
        ask="/ask?" + urlencode({"title": asked.words[:LONGEST_TITLE]}),
    )


def _dead_end(outcome: Outcome) -> bool:
    """Nothing to show, or nothing that holds all the words."""
    return outcome.failed or not (outcome.answer.total or outcome.people)


def _tabs(asked: Asked, answer: Answer) -> list[dict[str, Any]]:
    """All, and each tab that would show something, with its count."""
    names = tabs()
    order = [*(name for name in ORDER if name in names), *(name for name in names if name not in ORDER)]
    everything = {"text": "All", "address": asked.but(tab=None).address, "current": asked.tab is None}
    everything["count"] = sum(answer.tabs.values()) if answer.tabs else None
    return [everything] + [
        {
            "text": names[name],
            "address": asked.but(tab=name).address,
            "current": name == asked.tab,
            "count": answer.tabs.get(name, 0),
        }
        for name in order
        if answer.tabs.get(name) or name == asked.tab
    ]
