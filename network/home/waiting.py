"""“Waiting for you”: what needs this member, first that in which other people wait.

Home shows five at most, and how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from network.core.web.templating import day, iso, relative_day
from network.home.queries.waiting import Requests, Topics, Wanted, questions_for, requests_to_join
from network.library.adoptions.queries.mine import Untold, untold
from network.library.checking.queries.asked import Asked, asked_of
from network.library.checks import today
from network.library.suggestions.queries import SuggestionLine, to_answer
from network.subjects.viewer import Viewer
from network.threads.showing import FORMER_MEMBER

MOST = 5
MOST_OF_A_KIND = 3
MOST_COUNTED = 50
"""So many of a kind are fetched; who has more waiting sees these first."""
Item = dict[str, Any]
Kind = tuple[Callable[[Any], Item], Sequence[Any]]


class Waiting(NamedTuple):
    """The items to show, and how many wait in all; `over` when there are more than were counted."""

    items: list[Item]
    total: int
    over: bool


def waiting_for(viewer: Viewer, topics: Topics) -> Waiting:
    """The first few of each kind."""
    kinds = _kinds(viewer, topics)
    first = [(item, row) for item, rows in kinds for row in rows[:MOST_OF_A_KIND]][:MOST]
    return _waiting(kinds, first)


def all_waiting(viewer: Viewer, topics: Topics) -> Waiting:
    """All that was counted."""
    kinds = _kinds(viewer, topics)
    return _waiting(kinds, [(item, row) for item, rows in kinds for row in rows])


def _waiting(kinds: Sequence[Kind], shown: Sequence[tuple[Callable[[Any], Item], Any]]) -> Waiting:
    sizes = [len(rows) for _, rows in kinds]
    return Waiting([item(row) for item, row in shown], sum(sizes), max(sizes) >= MOST_COUNTED)


def _kinds(viewer: Viewer, topics: Topics) -> list[Kind]:
    """Requests, questions put to them, suggestions, guides to check, uses, and questions that they could answer."""
    questions = questions_for(viewer, topics, MOST_COUNTED)
    return [
        (_request, requests_to_join(viewer, MOST_COUNTED)),
        (_asked, [question for question in questions if question.topic_id is None]),
        (_suggestion, to_answer(viewer, MOST_COUNTED)),
        (_guide, asked_of(viewer, MOST_COUNTED)),
        (_use, untold(viewer, MOST_COUNTED)),
        (partial(_question, topics), [question for question in questions if question.topic_id is not None]),
    ]


def _request(request: Requests) -> Item:
    asks = f"{request.name} asks" if request.people == 1 else f"{request.people} people ask"
    return {
        "icon": "people",
        "before": f"{asks} to join",
        "link": {"text": request.group, "address": f"/groups/{request.group_slug}/members"},
        **_since(request),
    }


def _asked(question: Wanted) -> Item:
    link = {"text": question.title, "address": question.address}
    return {"icon": "people", "before": "You were asked", "link": link, **_since(question)}


def _question(topics: Topics, question: Wanted) -> Item:
    assert question.topic_id is not None
    link = {"text": question.title, "address": question.address}
    reason = f"You said you can help with {topics.help[question.topic_id]}."
    return {"icon": "ask", "before": "No one has answered", "link": link, "after": reason, **_since(question)}


def _suggestion(line: SuggestionLine) -> Item:
    return {
        "icon": "pencil",
        "before": f"{line.author or FORMER_MEMBER} suggests a change to",
        "link": {"text": line.guide_title, "address": line.address},
        "due": _capital(relative_day(line.at)),
        "due_datetime": iso(line.at),
    }


def _use(use: Untold) -> Item:
    """A guide that they use, of which a mail asked in vain how it went."""
    return {
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
