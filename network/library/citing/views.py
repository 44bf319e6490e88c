"""The permanent addresses of guides and their versions, and citations to take away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, g, redirect

from network.core.web.access import readers
from network.core.web.addresses import absolute
from network.core.web.area import Area
from network.library import rules
from network.library.carried.queries import past_of
from network.library.citing.citation import Citation
from network.library.queries.found import FoundGuide, guide_by_uuid
from network.library.queries.reading import GuidePage, guide_page
from network.library.sections import Section
from network.library.views.getting import readable

area = Area("citing", __name__)


@area.get("/g/<uuid:uuid>", access=readers)
def permanent(uuid: UUID) -> Any:
    """On to where the guide is now. Not for ever: its present address may change."""
    return redirect(_found(uuid).address, 302)


@area.get("/g/<uuid:uuid>/<int(max=2147483647):number>", access=readers)
def permanent_version(uuid: UUID, number: int) -> Any:
    """On to where a version of it is now."""
    return redirect(f"{_found(uuid).address}/history/{number}", 302)


@area.get("/library/<slug>/cite.bib", access=readers)
def bibtex(slug: str) -> Response:
    """A citation for BibTeX."""
    return _download(slug, "bib", "application/x-bibtex", _citation(slug).bibtex)


@area.get("/library/<slug>/cite.ris", access=readers)
def ris(slug: str) -> Response:
    """A citation for reference managers."""
    return _download(slug, "ris", "application/x-research-info-systems", _citation(slug).ris)


def how_to_cite(page: GuidePage) -> Section:
    """On the guide's page, folded: the permanent addresses and the words to copy."""
    link = absolute(f"/g/{page.uuid}")
    context = {
        "address": f"/library/{page.slug}",
        "link": link,
        "version_link": f"{link}/{page.version}",
        "version": page.version,
        "sentence": citation_of(page).sentence,
    }
    return Section("library/citing/cite.html", context, alone=True)


def citation_of(page: GuidePage) -> Citation:
    """The newest version as others cite it; of one that came from elsewhere whoever wrote or published it there."""
    kind, _ = page.standing.owner
    past = past_of(page.id) if page.source is not None else None
    if past is not None and (there := [name for name, _ in past.facts.get("authors", ())]):
        return _citation_of(page, there, body=False)
    if page.first_published_by is not None:
        return replace(_citation_of(page, [page.first_published_by[0]], body=True), publisher="")
    owner = [page.owner_name] if page.owner_name else []
    authors = [*owner, *(person.name for person in page.co_authors)] if kind == "person" else owner
    return _citation_of(page, authors, body=kind != "person")


def _citation_of(page: GuidePage, authors: list[str], *, body: bool) -> Citation:
    return Citation(
        authors=authors,
        body=body,
        title=page.title,
        version=page.version,
        at=page.versions[0].created_at if page.versions else page.updated_at,
        site=current_app.config["SITE_NAME"],
        publisher=page.organisation,
        address=absolute(f"/g/{page.uuid}"),
    )


def _citation(slug: str) -> Citation:
    readable(slug)
    page = guide_page(slug)
    if page is None:
        abort(404)
    return citation_of(page)


def _download(slug: str, end: str, kind: str, text: str) -> Response:
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{end}"'
    return response


def _found(uuid: UUID) -> FoundGuide:
    """The guide, 404 when there is none that the viewer may know of."""
    found = guide_by_uuid(uuid)
    if found is None or not rules.may_know(g.viewer, found.standing):
        abort(404)
    return found
