"""`/c/<code>`: is this printed version still current?"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import g, redirect, render_template, request

from network.core.web.access import readers
from network.core.web.limits import limiter, who
from network.library.checks import check_state, today
from network.library.views.getting import may_see
from network.library.views.reading import withdrawn
from network.portability.codes import read_code
from network.portability.printed import Printed, printed
from network.portability.views import area

LONGEST_TYPED = 40
EMPTY = "Enter the code"
UNKNOWN = "No paper of ours has this code. Compare it letter by letter"
# Nobody reads so many papers; a program that tries codes gets nowhere.
TRIES = "60 per minute; 600 per hour"


@area.get("/c", access=readers)
@limiter.limit(TRIES, key_func=who)
def ask_code() -> Any:
    """For those who type the code from a paper."""
    typed = request.args.get("code", "").strip()[:LONGEST_TYPED]
    if typed and read_code(typed):
        return redirect(f"/c/{quote(typed)}", 302)
    problem = UNKNOWN if typed else EMPTY if "code" in request.args else ""
    return render_template("portability/code.html", typed=typed, problem=problem), 404 if typed else 200


@area.get("/c/<code>", access=readers)
@limiter.limit(TRIES, key_func=who)
def code(code: str) -> Any:
    """What has become of the version on paper."""
    read = read_code(code[:LONGEST_TYPED])
    found = printed(read, g.viewer) if read else None
    if found is None:
        return render_template("portability/code.html", typed=code[:LONGEST_TYPED], problem=UNKNOWN), 404
    if found.page is not None and found.page.standing.state == "withdrawn":
        return withdrawn(found.page)  # A paper opens no more than the guide's own address.
    return render_template("portability/printed.html", printed=found, **_state(found))


def _state(found: Printed) -> dict[str, Any]:
    """What is to be said, the worst first."""
    page = found.page
    if page is None:
        return {"state": "closed", "successor": None}
    overdue = check_state(page.checked_at, page.check_due, today()) == "overdue"
    if page.successor:
        state = "replaced"
    elif page.version != found.version:
        state = "newer"
    else:
        state = "doubted" if overdue or page.flagged_at else "current"
    return {
        "state": state,
        "successor": may_see(page.successor),
        "overdue": overdue,
        "compare": f"/library/{page.slug}/history/compare?from={found.version}&to={page.version}",
    }
