"""Everything of guides that leaves with them, read for some at a time: seven queries, however many there are."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import aliased

from network.attachments.models import READY, StoredFile
from network.core.db import db
from network.groups.models import Group
from network.library.carried.models import CarriedGuide
from network.library.events import GUIDE
from network.library.files.models import GuideFile, GuideFileVersion
from network.library.models import Guide, GuideCoAuthor, GuideTag, GuideTopic, GuideVersion, ImportSource
from network.library.queries.owners import OwnerGroup, OwnerOrganisation, with_owner
from network.library.queries.visible import visible_to
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import credited
from network.portability.parts import Beside, File, FileState, Other, Version, Whole
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic

BATCH = 20
_NAMED = re.compile(r"/files/([0-9a-f]{32}\.[a-z0-9]{2,5})")


_Belongs, _Checker, _Suggester = aliased(Group), aliased(Person), aliased(Person)
_GUIDES = (
    with_owner(
        select(
            *(Guide.id, Guide.uuid, Guide.slug, Guide.state, Guide.kind, Guide.title, Guide.summary, Guide.language),
            *(Guide.body, Guide.html, Guide.licence, Guide.licence_name, Guide.licence_address, Guide.version),
            *(Guide.author_id, Guide.owner_person_id, Guide.owner_group_id, Guide.owner_organisation_id),
            *(Guide.published_at, Guide.updated_at, Guide.checked_at, Guide.check_due, Guide.check_months),
            *(Guide.check_state, Guide.flagged_at, Guide.superseded_by_id, Guide.adapted_from_id, Guide.source_path),
            *(Guide.withdrawn_at, Guide.withdrawn_reason),
            *(Guide.use_count, Guide.adoption_count, Guide.adaptation_count),
            credited().label("person_name"),
            Organisation.name.label("organisation"),
            OwnerGroup.name.label("owner_group"),
            OwnerOrganisation.name.label("owner_organisation"),
            _Belongs.name.label("belongs_name"),
            _Belongs.openness.label("openness"),
            credited(_Checker).label("checked_by"),
            ImportSource.name.label("source_name"),
            ImportSource.address.label("source_address"),
            ImportSource.licence.label("source_licence"),
        )
    )
    .outerjoin(_Belongs, _Belongs.id == Guide.group_id)
    .outerjoin(_Checker, _Checker.id == Guide.checked_by)
    .outerjoin(ImportSource, ImportSource.id == Guide.source_id)
)


def whole(ids: Sequence[int], viewer: Viewer, *, older: bool = False) -> list[Whole]:
    """These guides in the same order, with the texts and pictures of their older versions if they are wanted.

    Which of them the viewer may have is for who chose the ids to say.
    """
    rows = db.session.execute(_GUIDES.where(Guide.id.in_(ids)))
    pasts = {
        past.guide_id: past for past in db.session.scalars(select(CarriedGuide).where(CarriedGuide.guide_id.in_(ids)))
    }
    found = {row.id: Whole(row, pasts.get(row.id)) for row in rows}
    _filing(found)
    _people(found)
    _versions(found, older)
    _files(found)
    _others(found, viewer)
    return [found[guide_id] for guide_id in ids if guide_id in found]


def _filing(found: dict[int, Whole]) -> None:
    topics = (
        select(GuideTopic.guide_id, Topic.slug, Topic.name)
        .join(Topic, Topic.id == GuideTopic.topic_id)
        .where(GuideTopic.guide_id.in_(found))
    )
    tags = select(GuideTag.guide_id, literal(""), GuideTag.word).where(GuideTag.guide_id.in_(found))
    for guide_id, slug, name in db.session.execute(union_all(topics, tags)):
        if slug:
            found[guide_id].topics.append((slug, name))
        else:
            found[guide_id].tags.append(name)
    for one in found.values():
        known = {slug for slug, _ in one.topics}
        carried = one.past.facts.get("topics", ()) if one.past else ()
        one.topics += [(slug, name) for slug, name in carried if slug not in known]
        one.topics.sort()
        one.tags.sort()


def _people(found: dict[int, Whole]) -> None:
    """Who wrote it there, then the author and the co-authors here; who only brought a guide along wrote nothing."""
    author = (
        select(Guide.id, literal(0).label("rank"), credited(), Organisation.name.label("place"))
        .join(Person, Person.id == Guide.author_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(Guide.id.in_(found))
    )
    helped = (
        select(GuideCoAuthor.guide_id, literal(1), credited(), Organisation.name)
        .join(Person, Person.id == GuideCoAuthor.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .where(GuideCoAuthor.guide_id.in_(found))
    )
    for one in found.values():
        one.authors = [(name, place) for name, place in one.past.facts.get("authors", ())] if one.past else []
    for guide_id, rank, name, place in sorted(db.session.execute(union_all(author, helped)), key=lambda row: row[:3]):
        one = found[guide_id]
        brought = rank == 0 and one.row.source_name is not None
        if not brought and (name, place or "") not in one.authors:
            one.authors.append((name, place or ""))


def _versions(found: dict[int, Whole], older: bool) -> None:
    query = (
        select(
            GuideVersion.guide_id,
            GuideVersion.number,
            GuideVersion.title,
            GuideVersion.summary,
            GuideVersion.kind,
            GuideVersion.note,
            credited(),
            GuideVersion.author_id,
            credited(_Suggester),
            GuideVersion.created_at,
            GuideVersion.body if older else literal(""),
        )
        .outerjoin(Person, Person.id == GuideVersion.author_id)
        .outerjoin(_Suggester, _Suggester.id == GuideVersion.suggested_by_id)
        .where(GuideVersion.guide_id.in_(found))
        .order_by(GuideVersion.guide_id, GuideVersion.number)
    )
    for row in db.session.execute(query):
        guide_id, number, title, summary, kind, note, name, author_id, suggester, at, body = row
        past = found[guide_id].past
        author = name or _carried(past, "history", str(number))
        suggested_by = suggester or _carried(past, "suggested", str(number))
        found[guide_id].versions.append(
            Version(number, title, summary, kind, note, author, author_id, suggested_by, at, body)
        )


def _carried(past: CarriedGuide | None, what: str, key: str) -> str:
    """A name that came along, of whoever did this where the guide came from."""
    return str(past.facts.get(what, {}).get(key, "")) if past else ""


def _files(found: dict[int, Whole]) -> None:
    """Whatever is stored for a guide: the pictures of its texts, and the files beside it in their order.

    A picture that only somebody's unfinished edit names is not published yet and stays here.
    """
    named = {guide_id: _named_in(one) for guide_id, one in found.items()}
    query = (
        select(
            StoredFile.subject_id,
            StoredFile.name,
            StoredFile.filename,
            StoredFile.media_type,
            StoredFile.size,
            StoredFile.digest,
            StoredFile.created_at,
            credited().label("author"),
            GuideFile.number,
            GuideFile.title,
            GuideFile.description,
            GuideFileVersion.number.label("version"),
        )
        .outerjoin(GuideFileVersion, GuideFileVersion.stored_id == StoredFile.id)
        .outerjoin(GuideFile, GuideFile.id == GuideFileVersion.file_id)
        .outerjoin(Person, Person.id == StoredFile.uploaded_by)
        # None that waits for a look or was set apart; the smaller sizes of a picture are made again from the whole.
        .where(
            StoredFile.subject == GUIDE,
            StoredFile.subject_id.in_(found),
            StoredFile.state == READY,
            StoredFile.whole_id.is_(None),
            GuideFile.removed_at.is_(None),
        )
        .order_by(StoredFile.subject_id, GuideFile.position, GuideFile.number, GuideFileVersion.number)
        .order_by(StoredFile.digest, StoredFile.id)
    )
    for row in db.session.execute(query):
        one, beside = found[row.subject_id], row.number is not None
        file = File(row.name, row.filename, row.media_type, row.size, row.digest, beside)
        if not beside:
            if row.name in named[row.subject_id]:
                one.pictures.append(file)
            continue
        if not one.beside or one.beside[-1].number != row.number:
            one.beside.append(Beside(row.number, row.title, row.description))
        author = row.author or _carried(one.past, "files", f"{row.number}/{row.version}")
        one.beside[-1].versions.append(FileState(row.version, row.created_at, author, file))


def _named_in(guide: Whole) -> set[str]:
    """The stored files that the text, or an older version that was read, names."""
    texts = (guide.row.body, *(version.body for version in guide.versions))
    return {name for text in texts for name in _NAMED.findall(text)}


def _others(found: dict[int, Whole], viewer: Viewer) -> None:
    wanted = {one.row.superseded_by_id for one in found.values()} | {one.row.adapted_from_id for one in found.values()}
    others = others_named(wanted, viewer)
    for one in found.values():
        one.superseded_by = others.get(one.row.superseded_by_id)
        one.adapted_from = others.get(one.row.adapted_from_id)


def others_named(ids: Collection[int | None], viewer: Viewer) -> Mapping[int | None, Other]:
    """These guides by id, as far as the viewer may read them; nothing is asked where there are none."""
    wanted = set(ids) - {None}
    if not wanted:
        return {}
    query = select(Guide.id, Guide.uuid, Guide.title, Guide.slug).where(Guide.id.in_(wanted), visible_to(viewer))
    rows = db.session.execute(query)
    return {guide_id: Other(str(uuid), title, slug or "") for guide_id, uuid, title, slug in rows}
