"""“Waiting for you”: at most five things that need this member, first those in which other people wait."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from network.core.web.templating import day, iso, relative_day
from network.home.queries.waiting import Topics, questions_for, requests_to_join
from network.library.adoptions.queries.mine import untold
from network.library.checking.queries.asked import Asked, asked_of
from network.library.checks import today
from network.library.suggestions.queries import to_answer
from network.subjects.viewer import Viewer
from network.threads.showing import FORMER_MEMBER

MOST = 5
MOST_OF_A_KIND = 3
Item = dict[str, Any]


def waiting_for(viewer: Viewer, topics: Topics) -> list[Item]:
    """Items of the component `waiting`: requests, questions put to them, suggestions, checks, questions they could
    answer."""
    questions = list(_questions(viewer, topics))
    to_me = [item for item in questions if item["icon"] == "people"]
    others = [item for item in questions if item["icon"] != "people"]
    guides = [_guide(asked) for asked in asked_of(viewer, MOST_OF_A_KIND)]
    return [*_requests(viewer), *to_me, *_suggestions(viewer), *guides, *_uses(viewer), *others][:MOST]


def _requests(viewer: Viewer) -> Iterator[Item]:
    for request in requests_to_join(viewer, MOST_OF_A_KIND):
        asks = f"{request.name} asks" if request.people == 1 else f"{request.people} people ask"
        yield {
            "icon": "people",
            "before": f"{asks} to join",
            "link": {"text": request.group, "address": f"/groups/{request.group_slug}/members"},
            **_since(request),
        }


def _questions(viewer: Viewer, topics: Topics) -> Iterator[Item]:
    for question in questions_for(viewer, topics, MOST_OF_A_KIND):
        link = {"text": question.title, "address": question.address}
        if question.topic_id is None:
            yield {"icon": "people", "before": "You were asked", "link": link, **_since(question)}
            continue
        reason = f"You said you can help with {topics.help[question.topic_id]}."
        yield {"icon": "ask", "before": "No one has answered", "link": link, "after": reason, **_since(question)}


def _suggestions(viewer: Viewer) -> Iterator[Item]:
    for line in to_answer(viewer, MOST_OF_A_KIND):
        yield {
            "icon": "pencil",
            "before": f"{line.author or FORMER_MEMBER} suggests a change to",
            "link": {"text": line.guide_title, "address": line.address},
            "due": _capital(relative_day(line.at)),
            "due_datetime": iso(line.at),
        }


def _uses(viewer: Viewer) -> Iterator[Item]:
    """Guides that they use, of which a mail asked in vain how it went."""
    for use in untold(viewer, MOST_OF_A_KIND):
        yield {
            "icon": "clock",
            "before": "You were asked:",
            "link": {"text": f"How did it go with “{use.title}”?", "address": f"/library/{use.slug}/use/result"},
            "due": _capital(relative_day(use.asked_at)),
            "due_datetime": iso(use.asked_at),
        }


def _guide(asked: Asked) -> Item:
    """A guide that somebody says is out of date, or whose check is due."""
    if asked.flagged_at is not None or asked.due is None:
        return {
            "icon": "clock",
            "before": "Readers are told that",
            "link": {"text": asked.title, "address": f"/library/{asked.slug}/flags"},
            "after": "is out of date, until you answer.",
            "due": _capital(relative_day(asked.flagged_at)) if asked.flagged_at else "",
            "due_datetime": iso(asked.flagged_at) if asked.flagged_at else "",
        }
    overdue = asked.due < today()
    return {
        "icon": "clock",
        "link": {"text": asked.title, "address": f"/library/{asked.slug}/check"},
        "after": "is overdue for a check." if overdue else "needs a check.",
        "due": f"{'Was due' if overdue else 'Due'} {day(asked.due)}",
        "due_datetime": asked.due.isoformat(),
    }


def _since(asked: Any) -> Item:
    """When somebody began to wait."""
    return {"due": _capital(relative_day(asked.since)), "due_datetime": iso(asked.since)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
