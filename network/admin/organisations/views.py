"""The organisations with their domains, and the forms by which administrators keep them."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request

from network.admin.organisations import actions
from network.admin.organisations.forms import AddOrganisationForm, EditOrganisationForm
from network.admin.organisations.queries import Line, lines, organisation_words
from network.core.stale import ChangedMeanwhile
from network.core.transaction import transaction
from network.core.web.access import administrators
from network.core.web.area import Area
from network.core.web.fields import one_line
from network.core.web.forms import clean_text, creating, say
from network.core.web.limits import limit_writing
from network.core.web.pagination import Page, offset, page_links, page_number
from network.core.web.tables import as_csv
from network.people.joining import Recognised

PLACE = "/admin/organisations"
PER_PAGE = 20
TAKEN = "Another organisation has this name. Edit that one, or use another name"

area = Area("keeping_organisations", __name__)


@area.get(PLACE, access=administrators)
def organisations() -> Any:
    """All of them by name; `?q=` looks through names and domains."""
    sought = one_line(clean_text(request.args.get("q", "")))[:100]
    found, number = lines(sought), page_number()
    start = offset(number, PER_PAGE)
    page: Page[Line] = Page(found[start : start + PER_PAGE], number, PER_PAGE, len(found))
    if number > page.pages:
        abort(404)
    return render_template("admin/organisations/list.html", sought=sought, page=page, pages=page_links(page))


@area.get(PLACE + ".csv", access=administrators)
def download() -> Any:
    """The same as a table, all of it."""
    return as_csv(
        "organisations",
        ("Organisation", "Address", "Type", "Size", "Email domains", "People"),
        (
            (
                line.organisation.name,
                f"/organisations/{line.organisation.slug}",
                line.kind,
                line.size,
                "; ".join(line.domains),
                line.organisation.people,
            )
            for line in lines()
        ),
    )


@area.route(PLACE + "/new", methods=["GET", "POST"], access=administrators)
@limit_writing
def add() -> Any:
    """A new organisation."""
    form = AddOrganisationForm()
    if form.validate_on_submit():
        try:
            with creating(form) as made:
                made.address = PLACE
                row, recognised = actions.add_organisation(viewer=g.viewer, **_words(form))
            say(f"{row.name} is in the list. {_told(recognised)}".strip())
            return redirect(made.address, 303)
        except actions.NameTaken:
            form.name.errors = [TAKEN]
    return render_template("admin/organisations/add.html", form=form)


@area.route(PLACE + "/<int(max=2147483647):organisation_id>/edit", methods=["GET", "POST"], access=administrators)
@limit_writing
def edit(organisation_id: int) -> Any:
    """Other words for an organisation, or other domains."""
    stored = organisation_words(organisation_id)
    if stored is None:
        abort(404)
    form = EditOrganisationForm(stored)
    comparison = None
    if form.validate_on_submit():
        try:
            with transaction():
                row, recognised = actions.change_organisation(
                    viewer=g.viewer, organisation_id=organisation_id, base=form.base.data or "", **_words(form)
                )
            say(f"{row.name} is saved. {_told(recognised)}".strip())
            return redirect(PLACE, 303)
        except actions.NameTaken:
            form.name.errors = [TAKEN]
        except ChangedMeanwhile as other:
            comparison = form.show_both(other.stored, "Somebody else saved this")
    page = render_template("admin/organisations/edit.html", form=form, name=stored["name"], comparison=comparison)
    return page, 200 if comparison is None else 409


def _words(form: AddOrganisationForm | EditOrganisationForm) -> dict[str, Any]:
    return {
        "name": form.name.data or "",
        "kind": form.kind.data,
        "size": form.size.data,
        "about": form.about.data or "",
        "domains": form.all_domains,
    }


def _told(recognised: Recognised) -> str:
    """“3 people are confirmed as staff by the domains”"""
    said = []
    if recognised.now_staff:
        said.append(f"{_people(recognised.now_staff)} confirmed as staff by the domains")
    if recognised.no_longer:
        said.append(f"{_people(recognised.no_longer)} no longer confirmed as staff of any organisation")
    return ". ".join(said)


def _people(number: int) -> str:
    return "1 person is" if number == 1 else f"{number:,} people are"
