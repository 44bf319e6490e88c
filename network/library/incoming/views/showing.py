"""One import: being read, looked through, coming in, finished. Nobody but its member knows of it."""

from __future__ import annotations

from typing import Any

from flask import abort, g, make_response, redirect, render_template, request

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.fields import whole_number
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.library.incoming import actions
from network.library.incoming.files import forget, list_of
from network.library.incoming.forms import CopyForm, StartForm, start_form
from network.library.incoming.models import BROKEN, CHANGED, DONE, LEFT_OUT, MADE, NEW, READY, REFUSED, RENEWED, RUNNING
from network.library.incoming.queries import Item, Job, items_of, my_job
from network.library.incoming.said import said_by
from network.library.incoming.views import area
from network.library.models import KINDS

SECONDS = 2
ADDRESS = "/library/import/<int(max=2147483647):job_id>"
STANDINGS = {
    "new": "New",
    "changed": "Changed since you imported it. Your draft is renewed",
    "same": "Already in your drafts, the same",
    "edited": "You edited the draft made of it. This makes another one",
    "published": "Already published. This makes another draft",
}
COMES_IN = (NEW, CHANGED)
MEANWHILE = "The import had gone on before that. This is how it stands now"


@area.route(ADDRESS, methods=["GET", "POST"], access=members)
@limit_writing
def show(job_id: int) -> Any:
    """The page of an import, by its state."""
    job = _mine(job_id)
    if job.state == READY:
        return _looked_through(job)
    if request.method == "POST":  # It was started already, by a second press of the button.
        return redirect(job.address, 303)
    if job.state == DONE:
        return _finished(job)
    if job.state == "failed":
        return render_template("library/incoming/failed.html", job=job, form=Form())
    response = make_response(render_template("library/incoming/waiting.html", job=job, form=Form()))
    response.headers["Refresh"] = str(SECONDS)
    return response


@area.post(f"{ADDRESS}/discard", access=members)
@limit_writing
def discard(job_id: int) -> Any:
    """Throw away what was uploaded, or stop what is coming in."""
    job = _mine(job_id)
    if not Form().validate_on_submit():
        abort(400)
    running = job.state == RUNNING
    with transaction():
        ended = actions.stop(job_id=job.id) if running else actions.discard(job_id=job.id)
    if not ended:  # Started or finished meanwhile: a running import needs its files, a finished one has none.
        say(MEANWHILE)
        return redirect(job.address, 303)
    forget(job.folder)
    say("The import was stopped. What had come in stays" if running else "What you uploaded is gone")
    return redirect(job.address if running else "/library/import", 303)


def _mine(job_id: int) -> Job:
    return my_job(g.viewer, job_id) or abort(404)


def _looked_through(job: Job) -> Any:
    """The list of what can come in, and what is to be said of all of it."""
    items = items_of(job.id)
    read = list_of(job.folder) or {}
    own = read.get("own")
    offered = [item for item in items if item.standing != REFUSED]
    form: CopyForm | StartForm = CopyForm() if own else start_form(g.viewer, read.get("source", {}), offered)
    chosen = {item.number for item in items if item.standing in COMES_IN}
    if form.is_submitted():
        chosen = {whole_number(number, -1) for number in request.form.getlist("item")}
        chosen &= {item.number for item in offered}
        valid = form.validate()
        if not chosen:
            form.form_errors.append("Tick at least one file to bring in")
        elif valid:
            with transaction():
                actions.start(job_id=job.id, chosen=chosen, options=form.options(), titles=form.chosen_titles())
            return redirect(job.address, 303)
    return render_template(
        "library/incoming/list.html",
        job=job,
        form=form,
        own=own,
        throw_away=Form(),
        items=offered,
        refused=[item for item in items if item.standing == REFUSED],
        chosen=chosen,
        coming=any(item.standing in COMES_IN for item in items),
        kinds=KINDS,
        standings=STANDINGS,
        said={} if own else said_by(read),
    )


def _finished(job: Job) -> Any:
    """What came in, and what did not and why."""
    items = items_of(job.id)
    came_in = [item for item in items if item.outcome in (MADE, RENEWED)]
    return render_template(
        "library/incoming/finished.html",
        job=job,
        came_in=came_in,
        kinds=KINDS,
        left_out=[(item, _why(item)) for item in items if item.outcome in (LEFT_OUT, BROKEN)],
    )


def _why(item: Item) -> str:
    """Why a file did not come in."""
    return item.reason or ("you left it out" if item.standing in COMES_IN else "it is here already, or you left it out")
