"""What a guide's page shows of its use: the button, the figure, and what happened elsewhere."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import g

from network.core.web.addresses import absolute
from network.library import rules
from network.library.adoptions.models import DID_NOT_WORK, OPEN_RESULTS, RESULTS
from network.library.adoptions.queries.evidence import Evidence, Told, evidence
from network.library.adoptions.queries.mine import Mine, mine
from network.library.adoptions.rules import may_use
from network.library.queries.reading import GuidePage
from network.library.rules import Standing
from network.library.sections import Section
from network.subjects.names import hue, initials

SHOWN = 2
MOST_NAMED = 3
TONES = {"worked": "good", "worked-after-changes": "good", DID_NOT_WORK: "warn", "too-early": "calm"}
TITLE = "Who has used this"


def together(names: list[str]) -> str:
    """Up to three names, and how many more there are."""
    more = len(names) - MOST_NAMED
    named = [*names[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
    return " and ".join(part for part in (", ".join(named[:-1]), *named[-1:]) if part)


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
    found = Use([], Told(), None)
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
    ours = found if found and found.is_reporter else None
    may = may_use(viewer, standing)
    return Section(
        "library/adoptions/button.html",
        {
            "slug": page.slug,
            "may": may,
            "kind": "secondary" if page.successor else "",
            "uses": ours is not None and ours.stopped_on is None,
            "stopped": ours is not None and ours.stopped_on is not None,
            "again": ours is not None and ours.stopped_by == viewer.person_id,
            "told": ours is not None and bool(ours.result),
            "own": ours is not None and ours.said_by(viewer.person_id),
        },
        alone=not may,  # Who may say it at once gets a form, which has the token of their session.
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
            "own": found is not None and found.said_by(g.viewer.person_id),
            "untold": found is not None and (found.result in OPEN_RESULTS or not found.said_by(g.viewer.person_id)),
            "stopper": found.stopper if found and found.stopped_by != g.viewer.person_id else "",
        },
    )


def happened(page: GuidePage) -> Section:
    """What happened where it was used; without any, the question whether the reader can say."""
    found = _use(page)
    may = may_use(g.viewer, page.standing)
    return Section(
        "library/adoptions/evidence.html",
        {
            "slug": page.slug,
            "items": tuple(items(found.shown, page.title, page.slug, page.standing)),
            "count": page.use_count,
            "all": page.adoption_count,
            "told": found.told,
            "may": may,
        },
        anchor="used",
        title=TITLE,
        alone=not found.shown and not may,
    )


def items(lines: list[Evidence], title: str, slug: str, standing: Standing) -> list[dict[str, Any]]:
    """Adoptions of a guide as the component `evidence` takes them.

    A question about it begins with its title and address, but for what was said in confidence: anybody reads it.
    """
    about = {"title": f"About “{title}”", "body": f"{absolute(f'/library/{slug}')}\n\n"}
    hides = rules.keeps_order(g.viewer, standing)
    begun = {} if standing.openness == "closed" else about
    return [_item(line, begun, slug, hides and line.reporter_id != g.viewer.person_id) for line in lines]


def _hidden(line: Evidence) -> str:
    if not line.hidden_reason:
        return ""
    return f"Hidden by {line.hider or 'a moderator'}: {line.hidden_reason}"


def _reporter(line: Evidence) -> str:
    """Whose words these are: never under the name of a colleague, whatever became of who wrote them."""
    gone = line.told_by is not None and bool(line.result or line.text)
    return line.reporter or ("a former member" if gone else "")


def _item(line: Evidence, about: dict[str, str], slug: str, hides: bool) -> dict[str, Any]:
    person = {"text": line.reporter, "address": f"/people/{line.reporter_handle}"} if line.reporter else None
    notes, by_self = [], not line.organisation
    if line.own:
        notes.append("The guide is theirs, so they are not counted")
    elif not line.organisation:
        notes.append("Not counted, because their organisation is not known here")
    if line.stopped_on:
        ended = f"Stopped using it in {line.stopped_on:%B %Y}"
        notes.append(f"{ended}, says {line.stopper}" if line.stopper not in ("", line.reporter) else ended)
    notes += [f"{who or 'A former member'} said before: {RESULTS[result]}" for who, result in line.said_before()]
    name = (line.reporter or "A former member") if by_self else line.organisation
    address = f"/organisations/{line.organisation_slug}" if line.organisation_slug else ""
    asks = line.may_be_asked and line.reporter_handle
    return {
        "text": line.text,
        "hidden": _hidden(line),
        "hide": f"/library/{slug}/adoptions/{line.id}/hide" if hides and line.text else "",
        "result": {"text": RESULTS[line.result], "state": TONES[line.result]} if line.result else None,
        "organisation": {
            "name": name,
            "initials": initials(name),
            "hue": hue(line.organisation_id or line.reporter_id or 0),
            "address": (person["address"] if person else "") if by_self else address,
            "round": by_self,
        },
        "reporter": "" if by_self else _reporter(line),
        "also": "" if by_self else together(line.colleagues()),
        "reporter_address": person["address"] if person else "",
        "month": f"{line.month:%B %Y}",
        "notes": notes,
        "ask": f"/ask?{urlencode({'person': line.reporter_handle, **about})}" if asks else "",
        "ask_name": line.reporter.split()[0] if line.reporter else "",
    }
