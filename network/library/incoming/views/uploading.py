"""Uploading what is to be imported, and the list of one's earlier imports."""

from __future__ import annotations

from typing import Any

from flask import g, redirect, render_template
from markupsafe import Markup

from network.core.web.access import members
from network.core.web.forms import creating
from network.core.web.limits import limit_writing, limiter, who
from network.library.incoming import actions
from network.library.incoming.files import forget, keep_sent
from network.library.incoming.forms import UploadForm, filename
from network.library.incoming.models import new_folder
from network.library.incoming.queries import my_jobs, open_jobs
from network.library.incoming.views import area

MOST_OPEN = 3
UPLOADS = "30 per hour"
TOO_MANY = Markup("You have three imports that are not finished: {}. Finish or throw away one of them first")
STATES = {
    "reading": "Being read",
    "ready": "Waiting for you",
    "running": "Coming in",
    "done": "Finished",
    "failed": "Could not be read",
}


@area.route("/library/import", methods=["GET", "POST"], access=members)
@limit_writing
@limiter.limit(UPLOADS, key_func=who, methods=["POST"])
def upload() -> Any:
    """Send files; what they hold is shown before anything comes in."""
    form = UploadForm()
    if form.validate_on_submit():
        if len(still := open_jobs(g.viewer)) >= MOST_OPEN:
            links = Markup(", ").join(Markup('<a href="{}">{}</a>').format(job.address, job.name) for job in still)
            form.form_errors.append(TOO_MANY.format(links))
        else:
            return redirect(_begun(form), 303)
    return render_template("library/incoming/upload.html", form=form, jobs=my_jobs(g.viewer), states=STATES)


def _begun(form: UploadForm) -> str:
    """Files are written before the transaction; where that fails, they go again."""
    folder = new_folder()
    try:
        keep_sent(folder, ((filename(file), file.stream) for file in form.sent))
        with creating(form) as made:
            made.address = f"/library/import/{actions.begin(viewer=g.viewer, name=form.name, folder=folder).id}"
    except BaseException:
        forget(folder)
        raise
    return made.address
