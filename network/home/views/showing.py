"""How guides and threads look in the lists of the front pages. Made ready here: the templates only place it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import current_app, get_template_attribute
from markupsafe import Markup

from network.core.web.laid_out import kept_markup
from network.core.web.templating import day, iso, relative_day
from network.discussions.models import KINDS as THREAD_KINDS
from network.discussions.queries.lists import DiscussionRow
from network.home.queries.guides import GuideLine
from network.library.checks import check_state, today, zone
from network.library.models import KINDS as GUIDE_KINDS
from network.library.views.showing import use_figure
from network.people.models import FORMER_MEMBER
from network.subjects.names import hue, initials

ROWS_KEPT = 2_000
Line = GuideLine | DiscussionRow

NEUTRAL_HUE = 8


class Row(NamedTuple):
    """A row of a list. The figure's and tag's kinds are those of the components; empty parts are left out."""

    address: str
    title: str
    language: str
    kind: str
    tag: str
    tag_colour: str
    figure: str
    figure_words: str
    figure_kind: str
    text: str
    by: str
    initials: str
    hue: int
    square: bool
    place: str
    when: str
    when_exactly: str


def rows(lines: Iterable[Line], *, level: int = 3) -> list[Markup]:
    """Guides and threads as rows, laid out, with titles of this level.

    A row says the same all day, and most visits see the same ones: what was laid out once is kept.
    """
    laid_out = kept_markup(current_app, "home.rows", ROWS_KEPT, _lay_out)
    on, here = today(), zone()
    return [laid_out(line, level, on, here) for line in lines]


def _lay_out() -> Callable[[Line, int, date, ZoneInfo], str]:
    macro = get_template_attribute("home/front/row.html", "row")

    def lay_out(line: Line, level: int, _on: date, _zone: ZoneInfo) -> Any:
        return macro(guide_row(line) if isinstance(line, GuideLine) else thread_row(line), level)

    return lay_out


def guide_row(line: GuideLine) -> Row:
    """A guide. Its figure is how many other organisations use it."""
    tag, colour = _check_tag(line)
    figure = use_figure(line.use_count)
    when = f"Checked {day(line.checked_at)}" if line.checked_at else f"Published {day(line.published_at)}"
    return Row(
        address=line.address,
        title=line.title,
        language=_language(line.language),
        kind=GUIDE_KINDS.get(line.kind, line.kind),
        tag=tag,
        tag_colour=colour,
        figure=figure["number"],
        figure_words=figure["label"],
        figure_kind=figure["kind"],
        text=line.summary,
        by=line.owner or FORMER_MEMBER,
        initials=initials(line.owner or FORMER_MEMBER),
        hue=hue(line.owner_id),
        square=line.square,
        place=line.organisation if line.organisation != line.owner else "",
        when=when,
        when_exactly=iso(line.checked_at or line.published_at),
    )


def thread_row(line: DiscussionRow) -> Row:
    """A thread. Its figure is how many replied, with a tick once an answer is accepted."""
    tag, colour = _answer_tag(line)
    return Row(
        address=line.address,
        title=line.title,
        language="",
        kind=THREAD_KINDS[line.kind],
        tag=tag,
        tag_colour=colour,
        figure=f"{line.reply_count:,}",
        figure_words="reply" if line.reply_count == 1 else "replies",
        figure_kind="answered" if line.accepted_post_id else "open" if line.kind == "question" else "",
        text="",
        by=line.author or FORMER_MEMBER,
        initials=initials(line.author or FORMER_MEMBER),
        hue=hue(line.author_id) if line.author_id else NEUTRAL_HUE,
        square=False,
        place=line.group,
        when=_latest(line),
        when_exactly=iso(line.last_post_at),
    )


def _latest(line: DiscussionRow) -> str:
    said = relative_day(line.last_post_at)
    return f"Last reply {said}" if line.reply_count else _capital(said)


def _check_tag(line: GuideLine) -> tuple[str, str]:
    if line.superseded:
        return "Superseded", "grey"
    if line.flagged:
        return "Flagged as outdated", "yellow"
    state = check_state(line.checked_at, line.check_due, today())
    return {"overdue": ("Check overdue", "yellow"), "due": ("Check due", "yellow")}.get(state, ("", ""))


def _answer_tag(line: DiscussionRow) -> tuple[str, str]:
    if line.accepted_post_id:
        return "Answered", "green"
    if line.kind == "question" and not line.reply_count:
        return "No reply yet", "yellow"
    return "", ""


def _language(code: str) -> str:
    """Only another language than the page's is marked."""
    return "" if code == "en" else code


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
