"""Describing, ordering and removing files."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template

from network.core.transaction import transaction
from network.core.web.access import members
from network.core.web.forms import Form, say
from network.core.web.limits import limit_writing
from network.library.files import actions
from network.library.files.forms import DescribeForm
from network.library.files.queries import FileLine, all_versions
from network.library.files.views import both, must_change
from network.library.queries.found import FoundGuide


@both("/<int(max=2147483647):number>/describe", access=members, methods=("GET", "POST"))
@limit_writing
def describe(found: FoundGuide, number: int) -> Any:
    """What it is called and what it is for."""
    file = _versions(found, number)[0]
    form = DescribeForm(data={"title": file.title, "description": file.description})
    if form.validate_on_submit():
        with transaction():
            actions.describe_file(
                viewer=g.viewer,
                guide_id=found.id,
                number=number,
                title=form.title.data or "",
                description=form.description.data or "",
            )
        say("The description is saved")
        return redirect(f"{found.address}/files", 303)
    return render_template("library/files/describe.html", form=form, found=found, file=file)


@both("/<int(max=2147483647):number>/remove", access=members, methods=("GET", "POST"))
@limit_writing
def remove(found: FoundGuide, number: int) -> Any:
    """Take it away, after asking."""
    versions = _versions(found, number)
    form = Form()
    if form.validate_on_submit():
        with transaction():
            actions.remove_file(viewer=g.viewer, guide_id=found.id, number=number)
        say(f"“{versions[0].title}” is removed")
        return redirect(f"{found.address}/files", 303)
    return render_template(
        "library/files/remove.html", form=form, found=found, file=versions[0], versions=len(versions)
    )


@both("/<int(max=2147483647):number>/up", access=members, methods=("POST",))
@limit_writing
def up(found: FoundGuide, number: int) -> Any:
    """One place up."""
    return _moved(found, number, up=True)


@both("/<int(max=2147483647):number>/down", access=members, methods=("POST",))
@limit_writing
def down(found: FoundGuide, number: int) -> Any:
    """One place down."""
    return _moved(found, number, up=False)


def _moved(found: FoundGuide, number: int, *, up: bool) -> Any:
    file = _versions(found, number)[0]
    with transaction():
        actions.move_file(viewer=g.viewer, guide_id=found.id, number=number, up=up)
    say(f"“{file.title}” is moved {'up' if up else 'down'}")
    return redirect(f"{found.address}/files", 303)


def _versions(found: FoundGuide, number: int) -> list[FileLine]:
    must_change(found)
    for versions in all_versions(found.id):
        if versions[0].number == number:
            return versions
    abort(404)
