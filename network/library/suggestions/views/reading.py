"""The suggestions of a guide, and one of them: what would change, why, and what is said about it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template

from network.core.web.access import readers
from network.core.web.pagination import Page, offset, page_links, page_number
from network.library.adoptions.changes import whom_to_tell
from network.library.queries.found import FoundGuide
from network.library.queries.history import version_text
from network.library.queries.writing import text_of
from network.library.suggestions import rules
from network.library.suggestions.forms import AnswerForm
from network.library.suggestions.merging import Merged, OpenChange, how_much, merged, open_changes
from network.library.suggestions.models import GONE, OPEN
from network.library.suggestions.queries import Suggested, count_answered, of_guide, suggestion
from network.library.suggestions.showing import byline_of, headline, lines_of, tag_of
from network.library.suggestions.views import area
from network.library.suggestions.views.talking import talk
from network.library.views.getting import readable
from network.library.wording import Texts

PER_PAGE = 20
MOST_WAITING = 100
OTHERS = 5


@area.get("/library/<slug>/suggestions", access=readers)
def suggestions(slug: str) -> Any:
    """Those that wait, and those that were answered."""
    found = readable(slug)
    number = page_number()
    answered = of_guide(found.id, waiting=False, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    if not answered and number > 1:
        abort(404)
    return render_template(
        "library/suggestions/list.html",
        found=found,
        waiting=lines_of(of_guide(found.id, waiting=True, limit=MOST_WAITING)) if number == 1 else [],
        answered=lines_of(answered),
        page=number,
        pages=page_links(Page(answered, number, PER_PAGE, count_answered(found.id))),
        may_suggest=rules.may_suggest(g.viewer, found.standing) or not g.viewer.signed_in,
    )


@area.get("/library/<slug>/suggestions/<int(max=2147483647):number>", access=readers)
def one(slug: str, number: int) -> Any:
    """One suggestion; for those who may answer, with what they need to do so."""
    found = readable(slug)
    row = get(found, number)
    if row.state in GONE:
        return render_template("library/suggestions/gone.html", found=found, row=row), 410
    return suggestion_page(found, row)


def get(found: FoundGuide, number: int) -> Suggested:
    """404 for a number that never was."""
    row = suggestion(found.id, number)
    if row is None:
        abort(404)
    return row


def against(found: FoundGuide, row: Suggested) -> Merged:
    """An open one against the guide as it stands, an accepted one against the version before that, all others against
    what they began from.
    """
    base = version_text(found.id, row.base_version)
    before = version_text(found.id, row.accepted_version - 1) if row.accepted_version else base
    if base is None or before is None:
        abort(404)
    now: Texts = text_of(found.id) if row.state == OPEN else before
    return merged(base, now, row)


def made_of(found: FoundGuide, row: Suggested, changes: Merged) -> list[OpenChange]:
    """How what was published differs from what was suggested, where somebody edited it first; else nothing."""
    if not row.accepted_version or not row.partly or row.taken:
        return []
    suggested, published = changes.words(changes.keys), version_text(found.id, row.accepted_version)
    return open_changes(merged(suggested, suggested, published)) if published else []


def suggestion_page(
    found: FoundGuide,
    row: Suggested,
    form: AnswerForm | None = None,
    changes: Merged | None = None,
    chosen: dict[str, str] | None = None,
) -> Any:
    """The page; with a form that was sent and needs another look, as it was sent."""
    changes = changes or against(found, row)
    may_answer = rules.may_answer(g.viewer, found.standing, state=row.state, stage=row.stage)
    form = form or AnswerForm(data={"base": str(found.version), "take": _at_first(changes), "note": row.why})
    shown = open_changes(changes)
    places = {change.place for change in shown}
    return render_template(
        "library/suggestions/suggestion.html",
        found=found,
        row=row,
        headline=headline(row.why),
        tag=tag_of(row.state, row.stage, partly=row.partly, taken=row.taken),
        taken=row.taken or {},
        person=byline_of(row),
        changes=shown,
        how_much=how_much(changes),
        made=made_of(found, row, changes),
        section=places.pop() if len(places) == 1 else "",
        form=form if may_answer else None,
        chosen=chosen or {},
        whom=whom_to_tell(g.viewer, found.id, found.standing) if may_answer else "",
        moved=row.state == OPEN and row.base_version < found.version,
        may_hide=rules.may_hide(g.viewer, found.standing, state=row.state, author_id=row.author_id),
        may_withdraw=rules.may_withdraw(g.viewer, found.standing, state=row.state, author_id=row.author_id),
        others=[line for line in of_guide(found.id, waiting=True, limit=OTHERS + 1) if line.number != row.number][
            :OTHERS
        ],
        **talk(found, row),
    )


def _at_first(changes: Merged) -> list[str]:
    """Everything is ticked but what needs a choice."""
    return [key for key in changes.keys if key not in changes.conflicts]
