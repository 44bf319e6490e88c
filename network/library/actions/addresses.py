"""The address of a guide: made of its title, its own for ever.

Where a title is taken, the next guide of that title gets a number. For a guide in a closed group the number would tell
outsiders that it exists: whoever publishes the same words would be given “-2”. So those addresses end on letters and
digits of chance from the start, and no title that is made public ever meets them. (A guide that was imported keeps the
address that its neighbours link to, and one whose open group closes keeps the one that was public already.)

Nor does a draft show in the address of another guide: one that was given an address when it was imported gives way to
whoever publishes that title first.
"""

from __future__ import annotations

from sqlalchemy import delete, select, update

from network.core.db import db
from network.core.once import one_by_one
from network.core.text.slugs import CHANCE, by_chance, free, slugify, stem
from network.library.actions.rows import openness
from network.library.models import FormerGuideSlug, Guide


def set_slug(guide: Guide) -> None:
    """Give the guide the address of its title; an address it had before leads on for ever."""
    base = slugify(guide.title, fallback="guide")
    former = guide.slug
    if former is not None and _is_of(former, base):
        return
    closed = openness(guide.group_id) == "closed"
    guide.slug = _hidden_slug(base, guide.id) if closed else _free_slug(base, guide.id)
    db.session.execute(delete(FormerGuideSlug).where(FormerGuideSlug.slug == guide.slug))
    if former:
        db.session.add(FormerGuideSlug(slug=former, guide_id=guide.id))


def _is_of(slug: str, base: str) -> bool:
    """Is the address made of this title, perhaps with a number or with chance behind?"""
    start = stem(base) + "-"
    end = slug.removeprefix(start)
    return slug == base or (slug.startswith(start) and (end.isdigit() or CHANCE.fullmatch(end) is not None))


def _hidden_slug(base: str, guide_id: int) -> str:
    """One that nobody meets by chance; the guide's own earlier one for this title if there was one."""
    own = db.session.scalars(select(FormerGuideSlug.slug).where(FormerGuideSlug.guide_id == guide_id))
    before = next((slug for slug in own if slug != base and _is_of(slug, base)), None)
    return before or by_chance(base)


def _free_slug(base: str, guide_id: int) -> str:
    one_by_one("addresses of guides")
    like = stem(base)
    public = select(Guide.slug).where(Guide.slug.startswith(like), Guide.id != guide_id, Guide.state != "draft")
    taken = set(db.session.scalars(public))
    others = select(FormerGuideSlug.slug).where(
        FormerGuideSlug.slug.startswith(like), FormerGuideSlug.guide_id != guide_id
    )
    taken |= set(db.session.scalars(others))
    slug = free(base, taken, like)
    draft = update(Guide).where(Guide.slug == slug, Guide.id != guide_id, Guide.state == "draft")
    db.session.execute(draft.values(slug=None))
    return slug
