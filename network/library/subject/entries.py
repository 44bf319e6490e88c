"""Guides as the search index should hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from network.core.db import db
from network.core.text.plain import plain
from network.groups.models import Group
from network.library.files.queries import words_of_files
from network.library.models import Guide, GuideCoAuthor, GuideTag, GuideTopic
from network.library.queries.linked import without_addresses
from network.library.subject.using import users_of
from network.organisations.models import Organisation
from network.subjects.registry import Entry
from network.subjects.visibility import audience_term
from network.threads.queries import standing_posts
from network.vocabulary.models import Topic

PUBLISHED = Guide.state == "published"


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
            Guide.file_count,
            Guide.thread_id,
            Guide.author_id,
            Guide.owner_person_id,
            Guide.use_count,
            Group.openness,
            Group.slug.label("group_slug"),
            Organisation.slug.label("organisation_slug"),
        )
        .outerjoin(Group, Group.id == Guide.group_id)
        .outerjoin(Organisation, Organisation.id == Guide.organisation_id)
        .where(PUBLISHED, Guide.id.in_(list(ids)))
    ).all()
    filed, tags = _topics([row.id for row in rows]), _tags([row.id for row in rows])
    helpers = _co_authors([row.id for row in rows])
    files = words_of_files([row.id for row in rows if row.file_count])
    comments = _comments([row.thread_id for row in rows if row.thread_id is not None])
    users = users_of([row.id for row in rows if row.use_count])
    for row in rows:
        mine = filed.get(row.id, ())
        facets = {
            "kind": (row.kind,),
            "topic": tuple(slug for slug, _ in mine),
            "organisation": (row.organisation_slug,) if row.organisation_slug else (),
            "group": (row.group_slug,) if row.group_slug else (),
            "check": ("superseded" if row.superseded_by_id is not None else row.check_state,),
            "licence": (row.licence,),
            "language": (row.language,),
            "author": _authors(row.owner_person_id, row.author_id, *helpers.get(row.id, ())),
            "users": users.get(row.id, ()),
        }
        yield Entry(
            id=row.id,
            revision=row.revision,
            title=row.title,
            summary=row.summary,
            body="\n".join([plain(without_addresses(row.html)), *comments.get(row.thread_id, ())]),
            attached=tuple(f"{file.title}\n{file.text}" for file in files.get(row.id, ())),
            audience=audience_term(row.group_id, row.openness),
            created=row.published_at,
            updated=row.updated_at,
            tags=(*tags.get(row.id, ()), *(name for _, name in mine)),
            language=row.language,
            facets=facets,
            uses=row.use_count,
        )


def revisions() -> Mapping[int, int]:
    """The revision of every published guide."""
    rows = db.session.execute(select(Guide.id, Guide.revision).where(PUBLISHED))
    return {row.id: row.revision for row in rows}


def in_group(group_id: int) -> Sequence[int]:
    """Published guides that belong to a group: their audience follows it."""
    return list(db.session.scalars(select(Guide.id).where(PUBLISHED, Guide.group_id == group_id)))


def topics(ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The slugs of the topics of each, those above them too."""
    return {guide_id: [slug for slug, _ in found] for guide_id, found in _topics(ids).items()}


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
        pairs = found.setdefault(guide_id, [])
        for pair in ((slug, name), (parent_slug, parent_name)):
            if pair[0] and pair not in pairs:
                pairs.append(pair)
    return found


def _comments(thread_ids: Sequence[int]) -> dict[int, list[str]]:
    """The words of the comments in each thread: what people say under a guide is found with it."""
    found: dict[int, list[str]] = {}
    if thread_ids:
        for post in standing_posts(thread_ids):
            found.setdefault(post.thread_id, []).append(plain(post.html))
    return found


def _tags(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for guide_id, word in db.session.execute(
        select(GuideTag.guide_id, GuideTag.word).where(GuideTag.guide_id.in_(list(ids)))
    ):
        found.setdefault(guide_id, []).append(word)
    return found


def _co_authors(ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    query = select(GuideCoAuthor.guide_id, GuideCoAuthor.person_id).where(GuideCoAuthor.guide_id.in_(list(ids)))
    for guide_id, person_id in db.session.execute(query):
        found.setdefault(guide_id, []).append(person_id)
    return found


def _authors(*people: int | None) -> tuple[str, ...]:
    """Ids as the index spells them: names and handles change, and the index would not hear of it."""
    return tuple(dict.fromkeys(str(person) for person in people if person is not None))
