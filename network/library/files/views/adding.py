"""Adding a file, and replacing one by a newer version."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.attachments.kinds import ACCEPT, FileRefused
from network.attachments.names import title_of
from network.attachments.pictures import Stored
from network.attachments.uploads import store_upload
from network.core.storage.port import StoreAway
from network.core.web.access import members
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing, limiter, who
from network.library.files import actions
from network.library.files.forms import AddForm, ReplaceForm
from network.library.files.models import LONGEST_TITLE, MOST_FILES
from network.library.files.queries import all_versions
from network.library.files.views import both, must_change
from network.library.queries.found import FoundGuide

UPLOADS = "60 per hour"
FULL = f"This guide has {MOST_FILES} files, which is as many as a guide can have. Remove one before you add another"
AWAY = "The place where files are kept does not answer. Nothing was stored. Try again in a few minutes"

limit_uploads = limiter.shared_limit(UPLOADS, scope="uploads", key_func=who, methods=["POST"])


@both("/add", access=members, methods=("GET", "POST"))
@limit_writing
@limit_uploads
def add(found: FoundGuide) -> Any:
    """Choose a file and say what it is."""
    must_change(found)
    form = AddForm()
    if form.validate_on_submit() and (stored := _stored(form)) is not None:
        if there := _same_bytes(found.id, stored):
            form.file.errors = [f"This file is here already, as “{there}”"]
            return render_template("library/files/add.html", form=form, found=found, accept=ACCEPT)
        title = form.title.data or title_of(form.file.data.filename)[:LONGEST_TITLE]
        try:
            with creating(form) as made:
                actions.add_file(
                    viewer=g.viewer,
                    guide_id=found.id,
                    stored=stored,
                    title=title,
                    description=form.description.data or "",
                )
                made.address = f"{found.address}/files"
            say(f"“{title}” is added")
            return redirect(made.address, 303)
        except actions.TooManyFiles:
            form.form_errors.append(FULL)
    return render_template("library/files/add.html", form=form, found=found, accept=ACCEPT)


@both("/<int(max=2147483647):number>/replace", access=members, methods=("GET", "POST"))
@limit_writing
@limit_uploads
def replace(found: FoundGuide, number: int) -> Any:
    """Choose the newer version of a file."""
    must_change(found)
    file = next((versions[0] for versions in all_versions(found.id) if versions[0].number == number), None)
    if file is None:
        abort(404)
    form = ReplaceForm()
    if form.validate_on_submit() and (stored := _stored(form)) is not None:
        if stored.media_type != file.media_type and not form.other_kind.data:
            form.asks_kind = True
            form.other_kind.errors = [
                f"“{file.title}” is another kind of file. Choose the file again and say that it may change"
            ]
            return render_template("library/files/replace.html", form=form, found=found, file=file, accept=ACCEPT)
        with creating(form) as made:
            version = actions.replace_file(viewer=g.viewer, guide_id=found.id, number=number, stored=stored).version
            made.address = f"{found.address}/files"
        say(f"Version {version} of “{file.title}” is added")
        return redirect(made.address, 303)
    return render_template("library/files/replace.html", form=form, found=found, file=file, accept=ACCEPT)


def _same_bytes(guide_id: int, stored: Stored) -> str:
    """What the guide's file with the same bytes is called, if it has one."""
    return next((file[0].title for file in all_versions(guide_id) if file[0].digest == stored.digest), "")


def _stored(form: ReplaceForm) -> Stored | None:
    """Store what was chosen; None, with the reason at the field, when that cannot be."""
    try:
        return store_upload(form.content, form.file.data.filename)
    except FileRefused as refused:
        form.file.errors = [str(refused)]
    except StoreAway:
        form.file.errors = [AWAY]
    return None
