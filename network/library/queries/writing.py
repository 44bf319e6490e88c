"""What the writing pages need: a guide's text to fill the form with, choices of owner and group, people by name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from network.accounts.models import Account
from network.core.db import db
from network.core.text.markdown import Rendered
from network.groups.models import Group
from network.library.checks import usual_months
from network.library.content import Content
from network.library.models import Guide, GuideCoAuthor, GuideEdit, GuideTag, GuideTopic
from network.library.rules import Owner
from network.organisations.models import Organisation
from network.people.models import Person
from network.subjects.viewer import Viewer

BEGUN_AT = "begun_at"
"""Beside the fields of an unfinished edit: where its writer goes on with it."""


class Text(NamedTuple):
    """A guide as its writers work on it.

    `base` is what an edit must begin from: version, or revision of a draft.
    """

    title: str
    summary: str
    kind: str
    language: str
    body: str
    licence: str
    licence_name: str
    licence_address: str
    group_id: int | None
    check_due: date | None
    check_months: int | None
    updated_at: datetime
    version: int
    revision: int
    topic_ids: tuple[int, ...]
    tags: tuple[str, ...]
    co_authors: tuple[tuple[int, str], ...]

    def content(self, rendered: Rendered) -> Content:
        """The same words and filing, to be kept. `rendered` is its body laid out."""
        return Content(
            title=self.title,
            summary=self.summary,
            body=self.body,
            rendered=rendered,
            kind=self.kind,
            language=self.language,
            licence=self.licence,
            licence_name=self.licence_name,
            licence_address=self.licence_address,
            topic_ids=self.topic_ids,
            tags=self.tags,
        )


class GroupChoice(NamedTuple):
    """A group that a guide may belong to, or be owned by."""

    id: int
    slug: str
    name: str
    closed: bool


class Choices(NamedTuple):
    """What a writer may choose from: their groups, and their organisation."""

    groups: tuple[GroupChoice, ...]
    organisation: tuple[int, str] | None


class KeptEdit(NamedTuple):
    """An unfinished edit: the fields of the form as typed."""

    base_version: int
    fields: dict[str, Any]
    saved_at: datetime

    @property
    def begun_at(self) -> str:
        """The page below the guide's address where it was begun; empty for the guide's own editor."""
        return str(self.fields.get(BEGUN_AT) or "")


def text_of(guide_id: int) -> Text:
    """The newest state of a guide or draft. Raises NoResultFound for one that is gone."""
    columns = (
        Guide.title,
        Guide.summary,
        Guide.kind,
        Guide.language,
        Guide.body,
        Guide.licence,
        Guide.licence_name,
        Guide.licence_address,
        Guide.group_id,
        Guide.check_due,
        Guide.check_months,
        Guide.updated_at,
        Guide.version,
        Guide.revision,
    )
    row = db.session.execute(select(*columns).where(Guide.id == guide_id)).one()
    people = (
        select(Person.id, func.coalesce(Person.handle, ""))
        .join(GuideCoAuthor, GuideCoAuthor.person_id == Person.id)
        .where(GuideCoAuthor.guide_id == guide_id, Person.handle.is_not(None))
        .order_by(Person.name)
    )
    return Text(
        **row._mapping,
        topic_ids=tuple(db.session.scalars(select(GuideTopic.topic_id).where(GuideTopic.guide_id == guide_id))),
        tags=tuple(db.session.scalars(select(GuideTag.word).where(GuideTag.guide_id == guide_id))),
        co_authors=tuple((person_id, handle) for person_id, handle in db.session.execute(people)),
    )


def period_of(guide_id: int) -> int:
    """After how many months the guide comes round for a check."""
    row = db.session.execute(select(Guide.kind, Guide.check_months).where(Guide.id == guide_id)).one()
    return row.check_months or usual_months(row.kind)


def choices_of(viewer: Viewer) -> Choices:
    """The groups a viewer belongs to, by name, and their organisation."""
    groups: Sequence[Any] = ()
    if viewer.group_ids:
        groups = db.session.execute(
            select(Group.id, Group.slug, Group.name, Group.openness)
            .where(Group.id.in_(sorted(viewer.group_ids)))
            .order_by(Group.name)
        ).all()
    organisation = None
    if viewer.organisation_id is not None:
        name = db.session.scalar(select(Organisation.name).where(Organisation.id == viewer.organisation_id))
        organisation = (viewer.organisation_id, name or "")
    return Choices(tuple(GroupChoice(g.id, g.slug, g.name, g.openness == "closed") for g in groups), organisation)


def owner_name(owner: Owner) -> str:
    """What the owner is called."""
    model = {"person": Person, "group": Group, "organisation": Organisation}[owner.kind]
    return db.session.scalar(select(model.name).where(model.id == owner.id)) or ""  # type: ignore[attr-defined]


def group_of(group_id: int) -> GroupChoice:
    """A group by its id."""
    row = db.session.execute(select(Group.id, Group.slug, Group.name, Group.openness).where(Group.id == group_id)).one()
    return GroupChoice(row.id, row.slug, row.name, row.openness == "closed")


def people_called(words: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """(id, handle) of active members by handle or full name, for each of the words in small letters."""
    wanted = sorted({word.casefold() for word in words})
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Person.id, func.coalesce(Person.handle, "").label("handle"), Person.name)
        .join(Account, Account.id == Person.account_id)
        .where(
            Account.active.is_(True),
            Account.confirmed_at.is_not(None),
            or_(Person.handle.in_(wanted), func.lower(Person.name).in_(wanted), Person.name.in_(list(words))),
        )
    ).all()
    found: dict[str, list[tuple[int, str]]] = {word: [] for word in wanted}
    for person_id, handle, name in rows:
        for word in {handle, name.casefold()} & found.keys():
            found[word].append((person_id, handle))
    return found


def kept_edit(guide_id: int, person_id: int | None) -> KeptEdit | None:
    """The person's unfinished edit of a guide."""
    row = db.session.execute(
        select(GuideEdit.base_version, GuideEdit.fields, GuideEdit.saved_at).where(
            GuideEdit.guide_id == guide_id, GuideEdit.person_id == person_id
        )
    ).one_or_none()
    return KeptEdit(*row) if row else None
