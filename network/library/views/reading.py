"""A guide's page."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, g, redirect, render_template
from markupsafe import Markup

from network.core.licences import LICENCES
from network.core.text.plain import reading_minutes
from network.core.web.access import readers
from network.core.web.pagination import Page, page_links, page_number
from network.core.web.templating import day, iso
from network.library import rules
from network.library.actions.ending import by_administrator
from network.library.checks import check_state, today
from network.library.models import KINDS
from network.library.queries.reading import GuidePage, guide_page
from network.library.sections import Section, sections
from network.library.suggestions.headings import MOST_HEADINGS, with_suggest_links
from network.library.views import area, comments
from network.library.views.getting import gone, may_see, moved
from network.library.views.linking import with_open_links
from network.library.views.picturing import for_printing, with_sizes
from network.library.views.showing import check_tag, unchecked, version_item
from network.subjects.names import hue, initials
from network.threads.addresses import PER_PAGE
from network.threads.queries import posts_page
from network.threads.showing import shown
from network.threads.views import reply_form

DEEPEST_HEADING = 3


class Entry(NamedTuple):
    """An entry of the list of contents."""

    id: str
    text: str
    deeper: bool = False


class Link(NamedTuple):
    """Words and where they lead."""

    text: str
    address: str


class Fact(NamedTuple):
    """A fact beside the text: a value, links, or a date as text with its `datetime`."""

    label: str
    value: str = ""
    links: tuple[Link, ...] = ()
    text: str = ""
    datetime: str = ""


@area.get("/library/<slug>", access=readers)
def guide(slug: str) -> Any:
    """Read a guide."""
    page = guide_page(slug)
    if page is None:
        raise moved(slug)
    if not rules.may_know(g.viewer, page.standing):
        abort(404)
    if page.standing.state == "draft":
        return redirect(f"/drafts/{page.id}", 302)
    if page.standing.state == "withdrawn":
        return withdrawn(page)
    return render_template("library/reading/guide.html", **reading_context(page))


def withdrawn(page: GuidePage) -> Any:
    """What stands in the place of a withdrawn guide; who may put it back finds the way."""
    by_them = by_administrator(page.id)
    may = rules.may_restore(g.viewer, page.standing, by_administrator=by_them)
    return gone(
        page,
        by="administrator" if by_them else "owner",
        put_back=f"/library/{page.slug}/put-back" if may else "",
    )


def reading_context(page: GuidePage) -> dict[str, Any]:
    """What the template shows of a guide."""
    address = f"/library/{page.slug}"
    successor = may_see(page.successor)
    around = sections(page)
    return {
        "guide": page,
        "address": address,
        "html": Markup(with_suggest_links(for_printing(with_sizes(with_open_links(page.html))), page)),  # noqa: S704 (the renderer's own, kept when it was written)
        "kind": KINDS.get(page.kind, page.kind),
        "minutes": reading_minutes(page.words),
        "tag": check_tag(
            page.checked_at, page.check_due, superseded=page.successor is not None, flagged=page.flagged_at is not None
        ),
        "overdue": check_state(page.checked_at, page.check_due, today()) == "overdue",
        "trust": _trust(page),
        "successor": successor,
        "contents": _contents(page, around),
        "owner": _owner(page),
        "authors": _authors(page),
        "versions": [version_item(line, f"{address}/history") for line in page.versions],
        "facts": _facts(page),
        "source": _source(page),
        "may_edit": rules.may_check(g.viewer, page.standing),
        "may_withdraw": rules.may_withdraw(g.viewer, page.standing),
        "sections": around,
        **_comments(page, address),
    }


def _trust(page: GuidePage) -> str:
    """One line on how far to trust it: who checked it, when, and when the next check is due."""
    if page.checked_at is None and page.check_due is None:
        said = "Nobody has checked this guide here yet."
    elif page.checked_at is None:
        said = f"Published on {day(page.published_at)}, not checked yet."
    else:
        said = f"Checked{' by ' + page.checker if page.checker else ''} on {day(page.checked_at)}."
    if page.check_due is None or page.successor is not None:
        return said
    which, tense = "next" if page.checked_at else "first", "was" if page.check_due < today() else "is"
    return f"{said} The {which} check {tense} due on {day(page.check_due)}."


def _contents(page: GuidePage, around: dict[str, list[Section]]) -> tuple[Entry, ...]:
    """The headings of the text, then what stands after it."""
    shown = [heading for heading in page.headings if heading[0] <= DEEPEST_HEADING][:MOST_HEADINGS]
    headings = [Entry(id_, text, level > 2) for level, id_, text in shown]

    def entries(place: str) -> list[Entry]:
        return [Entry(item.anchor, item.title) for item in around[place] if item.anchor]

    versions, comments = Entry("versions", "Versions"), Entry("comments", "Comments")
    return (*headings, *entries("evidence"), versions, *entries("files"), comments, *entries("related"))


def _comments(page: GuidePage, address: str) -> dict[str, Any]:
    """The comments, thirty a page, and the form for the next one."""
    stands = comments.place(
        guide_id=page.id,
        address=address,
        title=page.title,
        thread_id=page.thread_id,
        standing=page.standing,
        group=page.group.name if page.group and page.standing.openness == "closed" else "",
    )
    number = page_number()
    found = posts_page(page.thread_id, number) if page.thread_id is not None else None
    if found is None and number > 1:
        abort(404)
    return {
        "place": stands,
        "posts": shown(found.posts, g.viewer, keeps_order=stands.keeps_order) if found else [],
        "comment_pages": page_links(Page(found.posts, number, PER_PAGE, found.total)) if found else None,
        "page_query": f"page={number}&" if number > 1 else "",
        "form": reply_form(stands) if stands.may_post else None,
    }


def _owner(page: GuidePage) -> dict[str, Any]:
    kind, owner_id = page.standing.owner
    places = {"person": "/people/", "group": "/groups/"}
    others = len(page.co_authors)
    about = [page.owner_job, page.owner_organisation if page.owner_organisation != page.owner_name else ""]
    if _source(page) is not None:
        about.insert(0, "looks after it here")
    if others:
        about.append(f"with {others} other" + ("s" if others > 1 else ""))
    return {
        "name": page.owner_name,
        "initials": initials(page.owner_name),
        "hue": hue(owner_id),
        "square": kind != "person",
        "picture": f"/files/{page.owner_photo}" if page.owner_photo else "",
        "address": places[kind] + page.owner_key if kind in places and page.owner_key else "",
        "sub": ", ".join(part for part in about if part),
    }


def _authors(page: GuidePage) -> list[dict[str, Any]]:
    """The owner first, then the co-authors with the organisation where they work now, and whose changes were taken."""
    owner = {**_owner(page), "sub": page.owner_organisation if page.owner_organisation != page.owner_name else ""}
    return (
        [owner]
        + [
            {
                "name": person.name,
                "initials": initials(person.name),
                "hue": hue(person.id),
                "address": f"/people/{person.key}" if person.key else "",
                "picture": person.picture,
                "sub": person.more,
            }
            for person in page.co_authors
        ]
        + [
            {
                "name": person.name,
                "initials": initials(person.name),
                "hue": hue(person.id),
                "address": f"/people/{person.key}" if person.key else "",
                "picture": person.picture,
                "sub": ", ".join(part for part in (person.more, "suggested changes") if part),
            }
            for person in page.contributors
            if person.id not in page.standing.co_author_ids and page.standing.owner != ("person", person.id)
        ]
    )


def _facts(page: GuidePage) -> tuple[Fact, ...]:
    checked = Fact("Last checked", unchecked(page.check_due))
    if page.checked_at:
        checked = Fact("Last checked", text=day(page.checked_at), datetime=iso(page.checked_at))
    facts = [checked]
    if page.check_due:
        facts.append(Fact("Next check due", text=day(page.check_due), datetime=page.check_due.isoformat()))
    facts.append(Fact("Version", str(page.version)))
    if page.licence.address:
        facts.append(Fact("Licence", links=(Link(page.licence.name, page.licence.address),)))
    else:
        facts.append(Fact("Licence", page.licence.name))
    if page.topics:
        facts.append(Fact("Topics", links=tuple(Link(topic.name, f"/topics/{topic.key}") for topic in page.topics)))
    if page.tags:
        facts.append(Fact("Tags", ", ".join(page.tags)))
    if page.group:
        facts.append(Fact("Group", links=(Link(page.group.name, f"/groups/{page.group.key}"),)))
    return tuple(facts)


def _source(page: GuidePage) -> dict[str, str] | None:
    """Who published it first, and under what; nothing when it was only in somebody's folder."""
    if page.first_published_by is None:
        return None
    name, address = page.first_published_by
    known = LICENCES.get(page.source_licence)
    return {"name": name, "address": address, "licence": known.name if known else page.source_licence}
