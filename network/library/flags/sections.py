"""What a guide's page shows of flags: what waits for an answer, and the offer to say that something is out of date."""

from __future__ import annotations

from flask import g

from network.library import rules
from network.library.flags.queries import open_flags
from network.library.queries.reading import GuidePage
from network.library.sections import Section


def waiting(page: GuidePage) -> Section | None:
    """What somebody says is out of date, above the text. Asks the database only for a guide that is flagged."""
    if page.flagged_at is None:
        return None
    may_answer = rules.may_answer_flag(g.viewer, page.standing)
    return Section("library/flags/notes.html", {"flags": open_flags(page.id), "may_answer": may_answer})


def link(page: GuidePage) -> Section | None:
    """Under the title, for readers; whoever may edit has it in the list of what can be done for the guide."""
    if rules.may_check(g.viewer, page.standing):
        return None
    return Section("library/flags/link.html", {"slug": page.slug}, alone=True)


def offer(page: GuidePage) -> Section | None:
    """In the list of what can be done for the guide; readers have the link under the title."""
    own, flagged = rules.may_check(g.viewer, page.standing), page.flagged_at is not None
    return Section("library/flags/offer.html", {"own": own, "flagged": flagged}) if own or flagged else None
