"""A guide's versions: the list, one of them, any two beside each other, and putting one back."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request
from markupsafe import Markup

from network.core.web.access import members, readers
from network.core.web.addresses import absolute
from network.core.web.fields import whole_number
from network.core.web.forms import creating, say
from network.core.web.limits import limit_writing
from network.core.web.pagination import Page, offset, page_links, page_number
from network.library import rules
from network.library.actions import editing
from network.library.checking.queries.recorded import absences_of
from network.library.content import lay_out
from network.library.forms.acts import RestoreForm
from network.library.models import KINDS
from network.library.queries.found import FoundGuide
from network.library.queries.history import VersionText, version_line, version_lines, version_text
from network.library.views import area
from network.library.views.comparing import compare
from network.library.views.getting import readable
from network.library.views.linking import with_open_links
from network.library.views.showing import version_credit, version_item

PER_PAGE = 20


@area.get("/library/<slug>/history", access=readers)
def history(slug: str) -> Any:
    """All versions, newest first."""
    found = readable(slug)
    number = page_number()
    lines = version_lines(found.id, limit=PER_PAGE, offset=offset(number, PER_PAGE))
    if not lines:
        abort(404)
    page = Page(lines, number, PER_PAGE, found.version)
    return render_template(
        "library/history/list.html",
        found=found,
        versions=[version_item(line, f"{found.address}/history") for line in lines],
        absences=absences_of(found.id),
        pages=page_links(page),
    )


@area.get("/library/<slug>/history/<int(max=2147483647):number>", access=readers)
def version(slug: str, number: int) -> Any:
    """One version as readers saw it."""
    found = readable(slug)
    old = _version(found, number)
    return render_template(
        "library/history/version.html",
        found=found,
        old=old,
        credit=version_credit(version_line(found.id, number)),
        kind=KINDS.get(old.kind, old.kind),
        link=absolute(f"{found.address}/history/{number}"),
        html=Markup(with_open_links(old.html)),  # noqa: S704 (the renderer's own, kept when it was written)
        may_restore=rules.may_check(g.viewer, found.standing) and number != found.version,
    )


@area.get("/library/<slug>/history/compare", access=readers)
def compare_versions(slug: str) -> Any:
    """Any two versions, the older one first; without numbers the newest with the one before."""
    found = readable(slug)
    newer = whole_number(request.args.get("to"), found.version)
    older = whole_number(request.args.get("from"), max(newer - 1, 1))
    if max(newer, older) > found.version:
        abort(404)
    older, newer = sorted((older, newer))
    old, new = _version(found, older), _version(found, newer)
    return render_template(
        "library/history/compare.html",
        found=found,
        old=old,
        new=new,
        versions=[(text, version_credit(version_line(found.id, text.number))) for text in (old, new)],
        comparison=compare(old, new),
    )


@area.route("/library/<slug>/history/<int(max=2147483647):number>/restore", methods=["GET", "POST"], access=members)
@limit_writing
def restore(slug: str, number: int) -> Any:
    """Make an old version the newest one again, after showing what that changes."""
    found = readable(slug)
    if not rules.may_check(g.viewer, found.standing):
        abort(403, description="Only its owner and its authors can restore a version.")
    old, new = _version(found, number), _version(found, found.version)
    form = RestoreForm(data={"base": str(found.version)})
    if form.validate_on_submit():
        rendered = lay_out(old.body)
        try:
            with creating(form) as made:
                guide = editing.restore(
                    viewer=g.viewer,
                    guide_id=found.id,
                    number=number,
                    rendered=rendered,
                    base_version=form.base_number(),
                )
                made.address = f"/library/{guide.slug}"
            say(f"Version {number} is the newest again, as version {guide.version}")
            return redirect(made.address, 303)
        except editing.EditConflict as conflict:
            form.base.data = str(conflict.current)
            form.form_errors.append("Somebody published a newer version meanwhile. Compare again before you restore")
            new = _version(found, conflict.current)
    return render_template(
        "library/history/restore.html", form=form, found=found, old=old, comparison=compare(new, old)
    ), 409 if form.form_errors else 200


def _version(found: FoundGuide, number: int) -> VersionText:
    text = version_text(found.id, number)
    if text is None:
        abort(404)
    return text
