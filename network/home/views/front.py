"""Home: for visitors what this is and what is here, for members what waits for them and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import abort, g, render_template, request

from network.core.clock import now
from network.core.web.access import members, readers
from network.core.web.pagination import page_number, with_args
from network.core.web.templating import greeting
from network.discovery.wanted.queries import most_wanted
from network.groups.lists import GroupRow, busy_groups, my_groups
from network.home.queries.guides import front_guides
from network.home.queries.mine import my_questions
from network.home.queries.network import overview
from network.home.queries.threads import questions_for_visitors
from network.home.queries.waiting import my_topics
from network.home.stream import MOST_PAGES, SHOWS, Stream, stream
from network.home.views import area
from network.home.views.showing import rows
from network.home.waiting import Item, Waiting, all_waiting, waiting_for
from network.library.queries.drafts import my_drafts
from network.subjects.names import hue, initials
from network.subjects.viewer import VISITOR

WEEK = timedelta(days=7)
MOST_GROUPS, MOST_DRAFTS, MOST_WANTED = 10, 5, 3
SHORT = 5
"""With fewer than these in the stream, a member sees below it what visitors see."""


@area.get("/", access=readers)
def home() -> Any:
    """Home, for visitors or members."""
    return _for_member() if g.viewer.signed_in else _for_visitor()


def _for_visitor() -> str:
    questions, guides = questions_for_visitors(), front_guides()
    week = [line for line, at in questions.answered if at > now() - WEEK]
    return render_template(
        "home/front/signed_out.html",
        overview=overview(),
        used=rows(guides.used),
        new=rows(guides.new),
        answered=week or [line for line, _ in questions.answered],
        this_week=bool(week),
        unanswered=questions.open,
        groups=_group_items(busy_groups(VISITOR)),
        wanted=most_wanted(MOST_WANTED),
    )


def _for_member() -> str:
    page = page_number()
    show = request.args.get("show", "")
    if show not in SHOWS or page > MOST_PAGES:
        abort(404)
    topics = my_topics(g.viewer)
    changed = stream(g.viewer, topics.ids, show=show, page=page)
    waiting = waiting_for(g.viewer, topics) if page == 1 else Waiting([], 0, False)
    groups = my_groups(g.viewer, MOST_GROUPS + 1)
    return render_template(
        "home/front/signed_in.html",
        heading=f"{greeting()}, {g.viewer.name.split()[0]}",
        waiting_for_me=waiting,
        questions=my_questions(g.viewer) if page == 1 else [],
        around=_around(changed, waiting.items) if page == 1 and not show and _is_short(changed) else None,
        begun=bool(topics.ids or g.viewer.group_ids),
        days=[(name, rows(lines, level=4)) for name, lines in changed.days],
        has_older=changed.older,
        tabs=_tabs(show),
        page=page,
        older=with_args(page=page + 1),
        newer=with_args(page=page - 1 if page > 2 else None),
        groups=_group_items(groups[:MOST_GROUPS]),
        more_groups=len(groups) > MOST_GROUPS,
        drafts=my_drafts(g.viewer, MOST_DRAFTS),
    )


@area.get("/waiting", access=members)
def waiting() -> Any:
    """All that waits for the reader, of which home shows the first."""
    return render_template("home/front/waiting.html", waiting_for_me=all_waiting(g.viewer, my_topics(g.viewer)))


def _is_short(changed: Stream) -> bool:
    return sum(len(lines) for _, lines in changed.days) < SHORT


def _around(changed: Stream, waiting: Sequence[Item]) -> dict[str, Any]:
    """What a visitor's home shows, for members to whom their own page says little yet. Nothing is there twice."""
    above = {line.address for _, lines in changed.days for line in lines}
    above |= {item["link"]["address"] for item in waiting}
    asked, guides = questions_for_visitors().open, front_guides()
    return {
        "used": rows(line for line in guides.used if line.address not in above),
        "new": rows(line for line in guides.new if line.address not in above),
        "unanswered": [line for line in asked if line.author_id != g.viewer.person_id and line.address not in above],
    }


def _tabs(show: str) -> list[dict[str, Any]]:
    return [
        {"text": words, "address": f"/?show={name}" if name else "/", "current": name == show}
        for name, (words, _, _) in SHOWS.items()
    ]


def _group_items(groups: Sequence[GroupRow]) -> list[dict[str, Any]]:
    """Groups in the short lists at the side. Numbers are there only for those who may see inside."""
    return [
        {
            "name": group.name,
            "address": group.address,
            "initials": initials(group.name),
            "hue": hue(group.id),
            "members": group.member_count,
            "closed": group.openness == "closed",
        }
        for group in groups
    ]
