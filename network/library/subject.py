"""What search, files and other features need to know of guides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from network.core.db import db
from network.core.text.plain import plain
from network.groups.models import Group
from network.library import rules
from network.library.events import GUIDE
from network.library.models import KINDS, Guide, GuideTag, GuideTopic
from network.library.queries.found import guide_by_id
from network.library.queries.lists import GuideLine, guides_by_ids
from network.library.queries.visible import visible_to
from network.library.views.showing import check_tag
from network.organisations.models import Organisation
from network.subjects.names import hue, initials
from network.subjects.registry import Card, Entry, Subject
from network.subjects.titles import by_title
from network.subjects.viewer import Viewer
from network.subjects.visibility import audience_term
from network.threads.queries import standing_html
from network.vocabulary.models import Topic

PUBLISHED = Guide.state == "published"


def subject() -> Subject:
    """The registry entry."""
    return Subject(
        name=GUIDE,
        label="Guide",
        plural="Guides",
        entries=entries,
        revisions=revisions,
        in_group=in_group,
        cards=cards,
        may_read=may_read,
        by_title=by_title(Guide.id, Guide.title, visible_to),
    )


def entries(ids: Sequence[int]) -> Iterable[Entry]:
    """Published guides as the index should hold them."""
    rows = db.session.execute(
        select(
            Guide.id,
            Guide.revision,
            Guide.title,
            Guide.summary,
            Guide.html,
            Guide.language,
            Guide.kind,
            Guide.licence,
            Guide.check_state,
            Guide.group_id,
            Guide.published_at,
            Guide.updated_at,
            Guide.superseded_by_id,
            Guide.thread_id,
            Group.openness,
            Group.slug.label("group_slug"),
            Organisation.slug.label("organisation_slug"),
        )
        .outerjoin(Group, Group.id == Guide.group_id)
        .outerjoin(Organisation, Organisation.id == Guide.organisation_id)
        .where(PUBLISHED, Guide.id.in_(list(ids)))
    ).all()
    topics, tags = _topics([row.id for row in rows]), _tags([row.id for row in rows])
    comments = _comments([row.thread_id for row in rows if row.thread_id is not None])
    for row in rows:
        mine = topics.get(row.id, ())
        facets = {
            "kind": (row.kind,),
            "topic": tuple(slug for slug, _ in mine),
            "organisation": (row.organisation_slug,) if row.organisation_slug else (),
            "group": (row.group_slug,) if row.group_slug else (),
            "check": ("superseded" if row.superseded_by_id is not None else row.check_state,),
            "licence": (row.licence,),
            "language": (row.language,),
        }
        yield Entry(
            id=row.id,
            revision=row.revision,
            title=row.title,
            summary=row.summary,
            body="\n".join([plain(row.html), *comments.get(row.thread_id, ())]),
            audience=audience_term(row.group_id, row.openness),
            created=row.published_at,
            updated=row.updated_at,
            tags=(*tags.get(row.id, ()), *(name for _, name in mine)),
            language=row.language,
            facets=facets,
        )


def revisions() -> Mapping[int, int]:
    """The revision of every published guide."""
    rows = db.session.execute(select(Guide.id, Guide.revision).where(PUBLISHED))
    return {row.id: row.revision for row in rows}


def in_group(group_id: int) -> Sequence[int]:
    """Published guides that belong to a group: their audience follows it."""
    return list(db.session.scalars(select(Guide.id).where(PUBLISHED, Guide.group_id == group_id)))


def cards(ids: Sequence[int], viewer: Viewer) -> Mapping[int, Card]:
    """Cards of those that the viewer may see, with the words to cut a snippet from."""
    lines = guides_by_ids(viewer, ids)
    texts = db.session.execute(
        select(Guide.id, Guide.html, Guide.thread_id).where(Guide.id.in_([line.id for line in lines]))
    ).all()
    comments = _comments([row.thread_id for row in texts if row.thread_id is not None])
    words = {row.id: "\n".join([plain(row.html), *comments.get(row.thread_id, ())]) for row in texts}
    return {line.id: _card(line, words.get(line.id, "")) for line in lines}


def may_read(viewer: Viewer, guide_id: int) -> bool:
    """May the viewer read this guide or draft, and so its files?"""
    found = guide_by_id(guide_id)
    return found is not None and rules.may_read(viewer, found.standing)


def _card(line: GuideLine, body: str) -> Card:
    tag = check_tag(line.checked_at, line.check_due, superseded=line.superseded)
    return Card(
        id=line.id,
        title=line.title,
        address=f"/library/{line.slug}",
        kicker=KINDS.get(line.kind, line.kind),
        text=f"{line.summary}\n{body}" if line.summary else body,
        byline=", ".join(dict.fromkeys(part for part in (line.owner, line.organisation) if part)),
        language=line.language,
        tag=tag["text"],
        tag_tone=tag["state"],
        initials=initials(line.owner),
        hue=hue(line.owner_id),
        shape="" if line.owner_kind == "person" else "square",
    )


def _topics(ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Slug and name of the topics of each, those above them too: a search by the wider topic finds the narrower."""
    parent = Topic.__table__.alias("parent")
    rows = db.session.execute(
        select(GuideTopic.guide_id, Topic.slug, Topic.name, parent.c.slug, parent.c.name)
        .join(Topic, Topic.id == GuideTopic.topic_id)
        .outerjoin(parent, parent.c.id == Topic.parent_id)
        .where(GuideTopic.guide_id.in_(list(ids)))
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for guide_id, slug, name, parent_slug, parent_name in rows:
        topics = found.setdefault(guide_id, [])
        for pair in ((slug, name), (parent_slug, parent_name)):
            if pair[0] and pair not in topics:
                topics.append(pair)
    return found


def _comments(thread_ids: Sequence[int]) -> dict[int, list[str]]:
    """The words of the comments in each thread: what people say under a guide is found with it."""
    found: dict[int, list[str]] = {}
    if thread_ids:
        for thread_id, _, html in standing_html(thread_ids):
            found.setdefault(thread_id, []).append(plain(html))
    return found


def _tags(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for guide_id, word in db.session.execute(
        select(GuideTag.guide_id, GuideTag.word).where(GuideTag.guide_id.in_(list(ids)))
    ):
        found.setdefault(guide_id, []).append(word)
    return found
