"""How guides look in rows, lines and tags: plain mappings that the components take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from flask import current_app, get_template_attribute
from markupsafe import Markup

from network.core.web.laid_out import kept_markup
from network.core.web.templating import day, iso
from network.library.checks import check_state, today
from network.library.models import KINDS
from network.library.queries.lists import GuideLine
from network.library.queries.reading import VersionLine
from network.subjects.names import hue, initials

NO_TAG: dict[str, str] = {}
NONE_YET = Markup('<span class="govuk-visually-hidden">use this </span>so far')
ROWS_KEPT = 2_000


class Trust(Protocol):
    """What the row of a guide says of how far to trust it."""

    @property
    def checked_at(self) -> datetime | None: ...
    @property
    def check_due(self) -> date | None: ...
    @property
    def superseded(self) -> bool: ...
    @property
    def flagged(self) -> bool: ...


def check_tag(
    checked_at: datetime | None, check_due: date | None, *, superseded: bool = False, flagged: bool = False
) -> dict[str, str]:
    """The one tag of a guide: what a reader should know first about how far to trust it."""
    if superseded:
        return {"text": "Superseded", "state": "calm"}
    if flagged:
        return {"text": "Flagged as outdated", "state": "warn"}
    state = check_state(checked_at, check_due, today())
    if state == "in-date":
        return {"text": f"Checked {day(checked_at)}", "state": "good"}
    return {
        "overdue": {"text": "Check overdue", "state": "warn"},
        "due": {"text": "Check due", "state": "warn"},
        "unchecked": {"text": unchecked(check_due), "state": "calm"},
    }[state]


def row_tag(line: Trust, on: date) -> dict[str, str]:
    """The tag in a list, where it only stands if something needs saying; the check date is a fact."""
    if line.superseded or line.flagged or check_state(line.checked_at, line.check_due, on) in ("overdue", "due"):
        return check_tag(line.checked_at, line.check_due, superseded=line.superseded, flagged=line.flagged)
    return NO_TAG


def unchecked(check_due: date | None) -> str:
    """What is said of a guide without a check: one from elsewhere has no day, and may have been checked there."""
    return "Not checked here yet" if check_due is None else "Not checked yet"


def guide_rows(lines: Sequence[GuideLine]) -> list[Markup]:
    """Guides as rows of a list, laid out.

    A row depends on its line and the day alone, so that what was laid out once is kept: lists mostly show
    the same guides.
    """
    laid_out = kept_markup(current_app, "library.rows", ROWS_KEPT, _lay_out)
    on = today()
    return [laid_out(line, on) for line in lines]


def _lay_out() -> Callable[[GuideLine, date], str]:
    macro = get_template_attribute("components/row.html", "row")
    return lambda line, on: macro(_row(line, on))


def use_figure(count: int) -> dict[str, str]:
    """How many other organisations use a guide, as the box at the left of a row says it."""
    if not count:
        return {"number": "0", "label": NONE_YET, "kind": "open"}
    return {"number": f"{count:,}", "label": "uses this" if count == 1 else "use this", "kind": "used"}


def _row(line: GuideLine, on: date) -> dict[str, Any]:
    facts = [line.organisation] if line.organisation and line.organisation != line.owner else []
    if line.group:
        facts.append(f"For members of {line.group}")
    if line.checked_at is None:
        facts.append(unchecked(line.check_due))
    when = None
    if line.checked_at is not None:
        when = {"label": "Checked", "text": day(line.checked_at), "datetime": iso(line.checked_at)}
    return {
        "address": f"/library/{line.slug}",
        "title": line.title,
        "figure": use_figure(line.use_count),
        "kind": KINDS.get(line.kind, line.kind),
        "tag": row_tag(line, on),
        "text": line.summary,
        "person": {
            "name": line.owner,
            "initials": initials(line.owner),
            "hue": hue(line.owner_id),
            "square": line.owner_kind != "person",
            "picture": line.picture,
        },
        "facts": facts,
        "when": when,
        "language": line.language if line.language != "en" else "",
    }


def version_credit(line: VersionLine) -> str:
    """Whose a version is: its author's, or suggested by one and accepted by the other."""
    if not line.suggested_by:
        return f"By {line.author}" if line.author else ""
    return f"Suggested by {line.suggested_by}" + (f", accepted by {line.author}" if line.author else "")


def version_item(line: VersionLine, address: str) -> dict[str, Any]:
    """A version in a list. The first one has none to compare with."""
    credit = version_credit(line)
    who = f"{credit}." if credit else ""
    item: dict[str, Any] = {
        "number": line.number,
        "address": f"{address}/{line.number}",
        "when": {"text": day(line.created_at), "datetime": iso(line.created_at)},
        "text": " ".join(part for part in (who, line.note) if part),
    }
    if line.number > 1:
        before = line.number - 1
        item["compare"] = {
            "text": f"Compare version {line.number} with version {before}",
            "address": f"{address}/compare?from={before}&to={line.number}",
        }
    return item
