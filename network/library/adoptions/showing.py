"""What a guide's page shows of its use: the button, the figure, and what happened elsewhere."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import g

from network.library import rules
from network.library.adoptions.models import DID_NOT_WORK, OPEN_RESULTS, RESULTS
from network.library.adoptions.queries.evidence import Evidence, Told, evidence
from network.library.adoptions.queries.mine import Mine, mine
from network.library.adoptions.rules import may_use
from network.library.queries.reading import GuidePage
from network.library.sections import Section
from network.subjects.names import hue, initials

SHOWN = 2
TONES = {"worked": "good", "worked-after-changes": "good", DID_NOT_WORK: "warn", "too-early": "calm"}
TITLE = "Who has used this"


class Use(NamedTuple):
    """Everything the page's sections need, asked for once."""

    shown: list[Evidence]
    told: Told
    mine: Mine | None


def _use(page: GuidePage) -> Use:
    """Nothing is asked while nobody has said that they use it."""
    kept: tuple[int, Use] | None = g.get("use_of_guide")
    if kept is not None and kept[0] == page.id:
        return kept[1]
    found = Use([], Told(0, 0), None)
    if page.adoption_count:
        shown, told = evidence(page.id, limit=SHOWN)
        found = Use(shown, told, mine(g.viewer, page.id))
    g.use_of_guide = (page.id, found)
    return found


def button(page: GuidePage) -> Section | None:
    """“We use this”, or what became of that. Its owner and author are spared it: the figure counts others."""
    viewer, standing = g.viewer, page.standing
    if viewer.signed_in and (rules.owns(viewer, standing) or viewer.person_id == standing.author_id):
        return None
    found = _use(page).mine
    reported = found is not None and found.is_reporter
    return Section(
        "library/adoptions/button.html",
        {
            "slug": page.slug,
            "may": may_use(viewer, standing),
            "kind": "secondary" if page.successor else "",
            "uses": reported and found is not None and found.stopped_on is None,
        },
    )


def figure(page: GuidePage) -> Section | None:
    """How many organisations use it, and how it went where the viewer works."""
    found = _use(page).mine
    if not page.use_count and found is None:
        return None
    return Section(
        "library/adoptions/figure.html",
        {
            "count": page.use_count,
            "slug": page.slug,
            "mine": found,
            "result": RESULTS.get(found.result, "") if found else "",
            "untold": found is not None and found.is_reporter and found.result in OPEN_RESULTS,
        },
    )


def happened(page: GuidePage) -> Section:
    """What happened where it was used; without any, the question whether the reader can say."""
    found = _use(page)
    return Section(
        "library/adoptions/evidence.html",
        {
            "slug": page.slug,
            "items": items(found.shown),
            "count": page.use_count,
            "all": page.adoption_count,
            "told": found.told,
            "may": may_use(g.viewer, page.standing),
        },
        anchor="used",
        title=TITLE,
    )


def items(lines: list[Evidence]) -> list[dict[str, Any]]:
    """Adoptions as the component `evidence` takes them."""
    return [_item(line) for line in lines]


def _item(line: Evidence) -> dict[str, Any]:
    person = {"text": line.reporter, "address": f"/people/{line.reporter_handle}"} if line.reporter else None
    notes = []
    if line.own:
        notes.append("The guide is theirs, so they are not counted")
    elif not line.organisation:
        notes.append("Not counted, because their organisation is not known here")
    if line.stopped_on:
        notes.append(f"Stopped using it in {line.stopped_on:%B %Y}")
    by_self = not line.organisation
    name = (line.reporter or "A former member") if by_self else line.organisation
    address = f"/organisations/{line.organisation_slug}" if line.organisation_slug else ""
    return {
        "text": line.text,
        "result": {"text": RESULTS[line.result], "state": TONES[line.result]} if line.result else None,
        "organisation": {
            "name": name,
            "initials": initials(name),
            "hue": hue(line.organisation_id or line.reporter_id or 0),
            "address": (person["address"] if person else "") if by_self else address,
            "round": by_self,
        },
        "reporter": "" if by_self else line.reporter,
        "reporter_address": person["address"] if person else "",
        "month": f"{line.month:%B %Y}",
        "notes": notes,
        "ask": f"/ask?person={line.reporter_handle}" if line.may_be_asked and line.reporter_handle else "",
        "ask_name": line.reporter.split()[0] if line.reporter else "",
    }
