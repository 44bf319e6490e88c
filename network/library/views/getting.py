"""Getting the guide that an address names, or the answer that says why not."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request
from werkzeug.exceptions import HTTPException, NotFound

from network.core.web.addresses import moved_code
from network.core.web.forms import say
from network.library import rules
from network.library.queries.found import FoundGuide, guide_by_id, guide_by_slug, moved_to
from network.library.queries.reading import GuidePage, Successor
from network.subjects.visibility import may_read_group_content

PUBLISHED = "This draft was published while its page was open. What you sent was not done"


class Elsewhere(HTTPException):
    """The guide is at another address; raised so that every view under it leads there alike."""

    code = 301

    def __init__(self, address: str, code: int) -> None:
        super().__init__(response=redirect(address, code))


def readable(slug: str) -> FoundGuide:
    """The published guide at an address; 404 when the viewer may not know of it, 410 when it was withdrawn."""
    found = guide_by_slug(slug)
    if found is None:
        raise moved(slug)
    if not rules.may_know(g.viewer, found.standing):
        abort(404)
    if found.standing.state == "draft":
        raise Elsewhere(found.address, 302)
    if found.standing.state == "withdrawn":
        raise Elsewhere(found.address, 302)
    return found


def moved(slug: str) -> HTTPException:
    """What to raise for an address where no guide is: on to the present one of a guide that was here, else 404.

    Where a guide is that the viewer may not know of, there is none.
    """
    former = moved_to(slug)
    if former is None:
        return NotFound()
    slug_now, guide_id = former
    found = guide_by_id(guide_id)
    if found is None or not rules.may_know(g.viewer, found.standing):
        return NotFound()
    rest = request.path.removeprefix(f"/library/{slug}")
    query = request.query_string.decode("ascii", "ignore")
    return Elsewhere(f"/library/{slug_now}{rest}" + (f"?{query}" if query else ""), moved_code())


def draft(guide_id: int, *, page: str = "/edit", carries_text: bool = False) -> FoundGuide:
    """The draft with an id, for its writers only; a published one leads to the `page` below the guide.

    What was sent is said to be undone, unless it `carries_text`: that goes on to the page of the edit, as one that
    began before anything was published, and is shown there beside what was.
    """
    found = guide_by_id(guide_id)
    if found is None or not rules.writes(g.viewer, found.standing) or not rules.may_know(g.viewer, found.standing):
        abort(404)
    if found.standing.state != "draft":
        if request.method != "POST":
            raise Elsewhere(f"{found.address}{page}", 302)
        if carries_text:
            raise Elsewhere(f"{found.address}{page}?begun=draft", 307)
        say(PUBLISHED)
        raise Elsewhere(f"{found.address}{page}", 303)
    return found


def may_see(successor: Successor | None) -> Successor | None:
    """The guide that takes another's place, as far as the viewer may read it."""
    if successor is None or successor.state != "published":
        return None
    return successor if may_read_group_content(g.viewer, successor.group_id, successor.openness) else None


def gone(page: GuidePage, *, by: str, put_back: str = "") -> Any:
    """What stands in the place of a withdrawn guide: what it was, who withdrew it, when and why, what replaces it.

    `by` is "owner" or "administrator".
    For those who may know of the guide; the others find nothing here.
    """
    seen = may_see(page.successor)
    shown = {
        "title": page.title,
        "by": by,
        "at": page.withdrawn_at,
        "reason": page.withdrawn_reason,
        "successor": seen,
        "put_back": put_back,
        "closed": page.standing.openness == "closed",
    }
    return render_template("library/ending/withdrawn.html", code=410, **shown), 410
