"""Getting the collection that an address names, or the answer that says why not."""

from __future__ import annotations

from flask import abort, g

from network.core.web.addresses import safe_next
from network.library.collections import rules
from network.library.collections.actions import HOLDS, NOT_YOURS, Thing
from network.library.collections.queries import CollectionHead, collection_by_slug
from network.library.linking.queries import named
from network.library.linking.reading import target_of
from network.subjects.finding import similar
from network.subjects.registry import Named, subjects

MOST_FOUND = 8


def known(slug: str) -> CollectionHead:
    """The collection at an address, a hidden one too; 404 when the viewer may not know of it."""
    head = collection_by_slug(slug)
    if head is None or not rules.may_know(g.viewer, head.standing):
        abort(404)
    return head


def readable(slug: str) -> CollectionHead:
    """The same for acts on it: what is hidden is not there."""
    head = known(slug)
    if not rules.may_read(g.viewer, head.standing):
        abort(404)
    return head


def kept(slug: str) -> CollectionHead:
    """The same for those who keep it."""
    head = readable(slug)
    if not rules.may_keep(g.viewer, head.standing):
        abort(403, description=NOT_YOURS)
    return head


def thing_at(address: str) -> tuple[Thing, Named] | None:
    """What can be in a collection and stands at an address of ours, if the viewer can read it."""
    path = safe_next(address.strip(), "").partition("?")[0].partition("#")[0].rstrip("/")
    subject, row_id = target_of(path)
    if row_id is None or subject not in HOLDS:
        return None
    found = named(subject, [row_id], g.viewer).get(row_id)
    return (Thing(subject, row_id), found) if found else None


def things_like(words: str) -> list[Named]:
    """What can be added for what somebody typed: the one at an address, or those with these words in the title.

    Then what a search finds, which forgives slips of the pen.
    """
    if words.startswith("/") or "://" in words:
        found = thing_at(words)
        return [found[1]] if found else []
    things: dict[str, Named] = {}
    for name in HOLDS:
        subject = subjects()[name]
        if subject.by_title is not None:
            ids = subject.by_title(words, g.viewer, MOST_FOUND)
            things |= {thing.address: thing for thing in named(name, ids, g.viewer).values()}
    if len(things) < MOST_FOUND:
        for card in similar(words, HOLDS, g.viewer, MOST_FOUND):
            things.setdefault(card.address, Named(card.title, card.address, card.kicker, card.tag, card.tag_tone))
    return list(things.values())[:MOST_FOUND]
