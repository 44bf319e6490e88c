"""Choosing guides for a pack, and the pack. The choice is in the address: nothing is kept, and visitors can do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import g, redirect, render_template, request

from network.core.web.access import readers
from network.core.web.forms import clean_text
from network.discovery.finding import find
from network.library.checks import today
from network.library.events import GUIDE
from network.library.models import KINDS
from network.library.queries.filters import narrowing
from network.library.queries.lists import GuideLine, guides, guides_by_ids, newest_guides
from network.library.views.showing import row_tag, use_figure
from network.portability.choosing import by_slugs
from network.portability.paper import MOST_GUIDES, MOST_PICTURES, TooManyPictures, paper
from network.portability.views import area
from network.portability.views.single import as_file

OFFERED = 10
LONGEST_TITLE = 100
LONGEST_TEXT = 500
MEGABYTE = 1024 * 1024
WORDS = ("topic", "kind", "organisation", "check", "group", "by")
"""What may narrow the offer: the same words as in the library's list."""
MOST_WORDS = 20


@area.get("/packs", access=readers)
def pack_start() -> Any:
    """Where somebody who shortens the address lands."""
    return redirect("/packs/new", 302)


@area.get("/packs/new", access=readers)
def choose() -> Any:
    """The guides chosen, and more to choose from."""
    return _page()


@area.get("/packs/pack.html", access=readers)
def pack() -> Any:
    """The file; or the page again, with what is wrong."""
    ids = by_slugs(g.viewer, _slugs())
    if not ids:
        return _page("Choose at least one guide")
    if len(ids) > MOST_GUIDES:
        return _page(f"A pack holds at most {MOST_GUIDES} guides. You chose {len(ids)}: take some away")
    try:
        text = paper(ids, g.viewer, title=_title(), pictures=request.args.get("pictures") != "no")
    except TooManyPictures as heavy:
        most, size = MOST_PICTURES // MEGABYTE, -(-heavy.size // MEGABYTE)
        return _page(f"A pack holds at most {most} MB of pictures. These guides have {size} MB: leave the pictures out")
    return as_file(text, "pack.html", "text/html")


def _page(problem: str = "") -> Any:
    chosen = guides_by_ids(g.viewer, by_slugs(g.viewer, _slugs()))
    text = str(clean_text(request.args.get("q", "")) or "")[:LONGEST_TEXT].strip()
    there = {line.id for line in chosen}
    words = [(name, value) for name in WORDS for value in request.args.getlist(name)][:MOST_WORDS]
    offered = [line for line in _offered(text, words) if line.id not in there]
    address = "/packs/new?" + urlencode([("guide", line.slug) for line in chosen])
    return render_template(
        "portability/choose.html",
        problem=problem,
        chosen=[_option(line) for line in chosen],
        offered=[_option(line) for line in offered],
        text=text,
        words=words,
        pack_title=request.args.get("title", "")[:LONGEST_TITLE],
        without_pictures=request.args.get("pictures") == "no",
        address=address if chosen else "",
        most=MOST_GUIDES,
    ), 400 if problem else 200


def _offered(text: str, words: Sequence[tuple[str, str]]) -> Sequence[GuideLine]:
    """What the text finds, else the newest guides of the list that somebody came from."""
    if not text:
        named = {name: [value for one, value in words if one == name] for name in WORDS}
        found_list = narrowing(
            kinds=named["kind"],
            checks=named["check"],
            topics=named["topic"],
            organisations=named["organisation"],
            group="".join(named["group"][:1]),
            person="".join(named["by"][:1]),
        )
        return guides(g.viewer, found_list.filters, limit=MOST_GUIDES) if found_list and words else _newest()
    found = find(g.viewer, text, subject=GUIDE, per_page=OFFERED, facets=())
    return guides_by_ids(g.viewer, [hit.card.id for hit in found.found])


def _newest() -> Sequence[GuideLine]:
    return newest_guides(g.viewer, OFFERED)


def _option(line: GuideLine) -> dict[str, Any]:
    used = use_figure(line.use_count)
    uses = f"{used['number']} {used['label']}" if line.use_count else ""
    facts = [KINDS.get(line.kind, line.kind), line.owner, uses, f"For members of {line.group}" if line.group else ""]
    return {
        "slug": line.slug,
        "title": line.title,
        "tag": row_tag(line, today()),
        "facts": " · ".join(fact for fact in facts if fact),
    }


def _slugs() -> list[str]:
    """Twice as many as a pack may hold, so that somebody with too many is told, and an endless list is not."""
    return list(dict.fromkeys(request.args.getlist("guide")))[: MOST_GUIDES * 2]


def _title() -> str:
    return str(clean_text(request.args.get("title", "")) or "")[:LONGEST_TITLE].strip() or "Guides to print"
