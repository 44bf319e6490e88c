"""What of a form somebody wrote, in people's words: pages that keep a form show it."""

from __future__ import annotations

from collections.abc import Sequence

# What was chosen and not written, by the names that forms give it. It reads as codes and numbers, so it is folded away
# below what was written; but all that will be sent can be looked at, because it is sent with one press. Words with a
# space between them are nobody's code: some forms ask for a choice where others have a field of the same name.
CHOSEN = {
    "act",
    "advice",
    "alerts",
    "answer",
    "as_is",
    "base",
    "check_due",
    "check_months",
    "collections",
    "credit",
    "facts",
    "first",
    "former",
    "group",
    "guide",
    "help_topics",
    "how",
    "idempotency_key",
    "interest_topics",
    "into",
    "keeper",
    "kept_at",
    "kind",
    "language",
    "licence",
    "matters",
    "may_be_asked",
    "month",
    "months",
    "next",
    "number",
    "openness",
    "organisation",
    "other_kind",
    "owner",
    "parent",
    "path",
    "person",
    "picture_decorative",
    "policy",
    "posts",
    "preview",
    "public",
    "q",
    "result",
    "revision",
    "right",
    "share_draft",
    "shared",
    "show_email",
    "size",
    "stopped_on",
    "sure",
    "sure_of",
    "take",
    "until",
    "useful",
    "version",
    "section",
}
CODES = {"act", "base", "kept_at", "revision", "sure_of", "version"}
LABELS = {
    "act": "Button",
    "base": "Version that was changed",
    "kept_at": "Edit that was changed",
    "picture_alt": "What the picture shows",
    "picture_decorative": "The picture only decorates",
    "share_draft": "Co-authors",
    "q": "Search",
    "revision": "Version that was changed",
    "sure": "Sure",
    "body": "Text",
    "co_authors": "Co-authors",
    "help_words": "What you can help with",
    "interest_words": "What you are interested in",
    "licence_address": "Link to the other licence",
    "licence_name": "Name of the other licence",
    "note": "What changed",
    "place": "Where you work",
    "said": "What you were looking for",
    "handle": "Address of your profile",
}

Row = tuple[str, str]


def written_and_chosen(fields: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Label and value of what was written, and of what was chosen or comes from the page itself."""
    written: list[Row] = []
    chosen: list[Row] = []
    for name, value in fields:
        # The key against sending twice says nothing to anybody and does nothing by itself.
        if value.strip() and name != "idempotency_key":
            label = LABELS.get(name) or name.replace("_", " ").replace("-", " ").capitalize()
            rest = value.isdigit() or name in CODES or (name in CHOSEN and not _is_prose(value))
            (chosen if rest else written).append((label, "Yes" if value == "y" else value))
    return written, chosen


def _is_prose(value: str) -> bool:
    return len(value.split()) > 1
