"""One full call of each macro: every argument and every key is used at least once."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

PERSON = {"name": "Owen", "initials": "OP", "hue": 1, "address": "/people/owen", "sub": "Lead, Harrowdale"}
LINK = {"text": "A guide", "address": "/library/a"}
WHEN = {"text": "Today", "datetime": "2026-11-22", "label": "Checked"}

SAMPLES: dict[str, dict[str, Any]] = {
    "avatar": {"initials": "OP", "hue": 1},
    "back": {"address": "/x", "text": "Back to drafts"},
    "banner": {"messages": ["Saved", "Sent"], "title": "Done"},
    "both": {
        "comparison": [
            {
                "part": "Title",
                "change": {"hunks": [{"lines": [{"segments": [{"kind": "added", "text": "new"}]}]}]},
                "how_much": "1 line changed",
            }
        ],
        "none_differs": "The two are the same.",
        "together": True,
    },
    "breadcrumbs": {"items": [LINK, {"text": "Here"}]},
    "button": {"text": "Publish", "name": "act", "value": "publish", "hidden": "this guide"},
    "byline": {"person": PERSON, "id": "by"},
    "card": {
        "item": {**PERSON, "lines": ["Lead"], "text": "Data", "text_label": "Can help with:", "fact": "3 answers"}
    },
    "checklist": {"items": [{"done": True, "text": "It has a summary"}, {"done": False, "text": "Add the cost"}]},
    "chip": {"text": "Planning", "address": "/topics/planning", "remove": True},
    "contents": {"items": [{"id": "contents", "text": "Before you start"}], "heading": "Contents"},
    "difference": {
        "change": {
            "hunks": [
                {
                    "lines": [
                        {"segments": [{"kind": "added", "text": "new"}, {"kind": "removed", "text": "old"}]},
                        {"segments": [], "heading": True, "cells": [[{"kind": "same", "text": "Cost"}]]},
                        {"segments": [], "cells": [[{"kind": "added", "text": "£40"}]]},
                    ]
                }
            ]
        },
        "summary": "1 line changed",
    },
    "dots": {"items": ["Open to anyone", "212 members"]},
    "figure": {"item": {"number": "1", "label": "answer", "kind": "answered"}},
    "finds": {"asked": {"listed": [{"words": "01632 960983", "thing": "a phone number"}] * 2, "more": 1}},
    "empty": {"title": "Nothing yet", "text": "Ask first.", "action": LINK, "alternative": LINK},
    "evidence": {
        "items": [
            {
                "organisation": PERSON,
                "reporter": "Tom",
                "month": "May 2026",
                "text": "Fewer calls",
                "result": {"text": "It worked", "state": "good"},
            }
        ]
    },
    "facets": {
        "action": "/library",
        "label": "Filter guides",
        "on": 1,
        "clear": "/library",
        "noun": "guides",
        "keep": [("q", "bins")],
        "groups": [
            {
                "name": "topic",
                "title": "Topic",
                "options": [{"value": "a", "text": "Data", "count": 3, "checked": True}],
            }
        ],
    },
    "facts": {
        "items": [
            {"label": "Version", "value": "7"},
            {"label": "Topics", "links": [LINK]},
            {"label": "Checked", **WHEN},
        ]
    },
    "filters": {"items": [LINK]},
    "icon": {"name": "check"},
    "pagination": {
        "pages": {
            "items": [{"number": 1, "address": "/1", "current": True}, {"ellipsis": True}],
            "next": "/2",
            "previous": "/0",
        }
    },
    "preview": {"html": Markup("<p>Text</p>"), "heading": "Preview"},
    "prose": {"html": Markup("<p>Text</p>"), "language": "cy"},
    "row": {
        "item": {
            "address": "/library/a",
            "title": "A title",
            "kind": "Question",
            "figure": {"number": "4", "label": "replies", "kind": "answered"},
            "tag": {"text": "Answered", "state": "good"},
            "text": "Words",
            "text_label": "Accepted answer:",
            "person": PERSON,
            "facts": ["Harrowdale"],
            "when": WHEN,
            "new": True,
        }
    },
    "search_box": {"text": "bins", "hint": "Try bins", "id": "box"},
    "sortbar": {
        "heading": "298 guides match",
        "action": "/library",
        "options": [{"value": "new", "text": "Newest", "selected": True}],
        "keep": [("q", "bins")],
    },
    "tabs": {"items": [{**LINK, "current": True, "count": 3}], "label": "Group"},
    "tag": {"text": "Check overdue", "state": "warn"},
    "versions": {
        "items": [{"number": 7, "when": WHEN, "text": "Checked", "address": "/7", "compare": LINK, "restore": LINK}]
    },
    "waiting": {
        "items": [
            {
                "icon": "clock",
                "before": "See",
                "link": LINK,
                "after": "now",
                "due": "Due Monday",
                "due_datetime": "2026-11-23",
            }
        ]
    },
}
