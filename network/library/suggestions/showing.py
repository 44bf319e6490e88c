"""How suggestions look in lists and tags: plain mappings that the components take."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from network.library.suggestions.models import (
    ACCEPTED,
    DECLINED,
    DRAFT,
    HIDDEN,
    OPEN,
    WITH_AUTHORS,
    WITH_GROUP,
    WITH_OWNER,
    WITHDRAWN,
)
from network.library.suggestions.queries import Suggested, SuggestionLine
from network.subjects.names import hue, initials
from network.threads.showing import FORMER_MEMBER

LONGEST_HEADLINE = 120
_TAGS = {
    DRAFT: ("Not sent yet", "calm"),
    OPEN: ("Waiting for an answer", "warn"),
    ACCEPTED: ("Accepted", "good"),
    DECLINED: ("Declined", "calm"),
    WITHDRAWN: ("Withdrawn", "calm"),
    HIDDEN: ("Hidden", "calm"),
}
_TURNS = {
    WITH_OWNER: "Waiting for the owner",
    WITH_AUTHORS: "Waiting for an author",
    WITH_GROUP: "Waiting for the group",
}


def tag_of(
    state: str, stage: int = WITH_OWNER, *, partly: bool = False, taken: Mapping[str, bool] | None = None
) -> dict[str, str]:
    """What became of it, and while it waits, for whom."""
    text, tone = _TAGS[state]
    if state == OPEN:
        text = _TURNS[stage]
    if partly:
        text = how_many(taken) or "Accepted with changes"
    return {"text": text, "state": tone}


def headline(why: str) -> str:
    """What a suggestion is called: the first sentence of its reason, cut where it is very long."""
    sentence = re.match(r".{8,}?[.!?](?=\s)", why)
    first = (sentence[0] if sentence else why).strip().removesuffix(".")
    return first if len(first) <= LONGEST_HEADLINE else f"{first[:LONGEST_HEADLINE].rpartition(' ')[0]}…"


def how_many(taken: Mapping[str, bool] | None) -> str:
    """“2 of 4 changes accepted”; empty when nobody kept which."""
    return f"{sum(taken.values())} of {len(taken)} changes accepted" if taken else ""


def note_of(typed: str, why: str, taken: Mapping[str, bool]) -> str:
    """What the list of versions says. The reason for a suggestion is none for the part of it that was refused."""
    if typed != why or all(taken.values()):
        return typed
    return f"{sum(taken.values())} of {len(taken)} suggested changes: {headline(why)}"


def byline_of(row: Suggested) -> dict[str, Any]:
    """Who suggested it, with the organisation of that day."""
    name = row.author or FORMER_MEMBER
    return {
        "name": name,
        "initials": initials(name),
        "hue": hue(row.author_id or 0),
        "picture": f"/files/{row.photo}" if row.photo else "",
        "address": f"/people/{row.handle}" if row.handle else "",
        "sub": ", ".join(part for part in (row.job_title, row.organisation) if part),
    }


def line_tag(line: SuggestionLine) -> dict[str, str]:
    """Nothing waits and nothing can be sent for a withdrawn guide; how it ended before stays."""
    if line.guide_withdrawn and line.state in (DRAFT, OPEN):
        return GUIDE_WITHDRAWN
    return tag_of(line.state, partly=line.partly, taken=line.taken)


GUIDE_WITHDRAWN = {"text": "The guide was withdrawn", "state": "calm"}
_MARKERS = {HIDDEN: "A suggestion that is hidden", WITHDRAWN: "A suggestion that was withdrawn"}


def lines_of(lines: Sequence[SuggestionLine]) -> list[dict[str, Any]]:
    """Suggestions as a list shows them: the reason is what they are known by, as long as they stand."""
    return [
        {
            "address": line.address,
            "why": _MARKERS.get(line.state) or line.why or "No reason given yet",
            "guide": line.guide_title,
            "tag": line_tag(line),
            "author": ", ".join(part for part in (line.author or FORMER_MEMBER, line.organisation) if part),
            "at": line.at,
            "answer": line.answer,
            "version": line.accepted_version,
        }
        for line in lines
    ]
