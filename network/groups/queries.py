"""Reading one group: its page's head, its people, and who asked to join."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from network.accounts.models import Account
from network.core.db import db
from network.core.prepared import Prepared
from network.core.web.pagination import Page, offset
from network.groups.models import AskedToJoin, FormerGroupSlug, Group, GroupTopic, Membership
from network.groups.viewers import BELONGS
from network.organisations.models import Organisation
from network.people.models import Person
from network.people.queries import stands
from network.subjects.names import hue, initials
from network.subjects.viewer import Viewer
from network.vocabulary.models import Topic

PER_PAGE = 20


class GroupHead(NamedTuple):
    """A group as the head of its pages shows it. `role` is the viewer's own, "requested" too, or None."""

    id: int
    slug: str
    name: str
    purpose: str
    openness: str
    closed_reason: str
    member_count: int
    discussion_count: int
    created_at: datetime
    role: str | None

    @property
    def address(self) -> str:
        """The group's page."""
        return f"/groups/{self.slug}"

    @property
    def closed(self) -> bool:
        """Whether what is in it is for its members only."""
        return self.openness == "closed"


class MemberRow(NamedTuple):
    """A person of a group."""

    id: int
    name: str
    handle: str
    job_title: str
    organisation: str | None
    role: str
    message: str
    since: datetime

    @property
    def initials(self) -> str:
        """Two letters for the avatar."""
        return initials(self.name)

    @property
    def hue(self) -> int:
        """The avatar's colour."""
        return hue(self.id)

    @property
    def sub(self) -> str:
        """What they do and where."""
        return ", ".join(part for part in (self.job_title, self.organisation) if part)


HEAD_COLUMNS = (
    Group.id,
    Group.slug,
    Group.name,
    Group.purpose,
    Group.openness,
    Group.closed_reason,
    Group.member_count,
    Group.discussion_count,
    Group.created_at,
    Membership.role,
)
OWN_MEMBERSHIP = and_(Membership.group_id == Group.id, Membership.person_id == bindparam("person_id"))
_HEAD = Prepared(select(*HEAD_COLUMNS).outerjoin(Membership, OWN_MEMBERSHIP).where(Group.slug == bindparam("slug")))
_PEOPLE = (
    select(
        Person.id,
        Person.name,
        Person.handle,
        Person.job_title,
        Organisation.name,
        Membership.role,
        Membership.message,
        Membership.since,
    )
    .select_from(Membership)
    .join(Person, Person.id == Membership.person_id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(Membership.group_id == bindparam("group_id"))
)
_FACILITATORS = Prepared(_PEOPLE.where(Membership.role == "facilitator").order_by(Membership.since, Person.id))
_BELONGING = _PEOPLE.where(Membership.role.in_(BELONGS)).order_by(Membership.role, func.lower(Person.name), Person.id)
_REQUESTS = Prepared(_PEOPLE.where(Membership.role == "requested").order_by(Membership.since, Person.id))


def group_head(slug: str, viewer: Viewer) -> GroupHead | None:
    """The group at an address. Every group's head is public."""
    row = _HEAD.first(slug=slug, person_id=viewer.person_id)
    return GroupHead._make(row) if row else None


def present_slug(former: str) -> str | None:
    """The present address of a group that had this one."""
    query = select(Group.slug).join(FormerGroupSlug, FormerGroupSlug.group_id == Group.id)
    return db.session.scalar(query.where(FormerGroupSlug.slug == former))


def about_group(group_id: int) -> tuple[str, str]:
    """What a group says about itself at length: source and HTML."""
    about, html = db.session.execute(select(Group.about, Group.about_html).where(Group.id == group_id)).one()
    return about, html


def facilitators(group_id: int) -> list[MemberRow]:
    """Who runs the group; public for every group."""
    return [MemberRow(*row) for row in _FACILITATORS.rows(group_id=group_id)]


def members_page(group_id: int, page: int) -> Page[MemberRow]:
    """The people of a group, facilitators first, then by name. For those who may see inside."""
    rows = db.session.execute(_BELONGING.limit(PER_PAGE).offset(offset(page, PER_PAGE)), {"group_id": group_id})
    total = select(func.count()).where(Membership.group_id == group_id, Membership.role.in_(BELONGS))
    return Page([MemberRow._make(row) for row in rows], page, PER_PAGE, db.session.scalar(total) or 0)


def member(group_id: int, person_id: int) -> MemberRow | None:
    """One person's place in a group, requests too."""
    row = db.session.execute(_PEOPLE.where(Person.id == person_id), {"group_id": group_id}).one_or_none()
    return MemberRow._make(row) if row else None


def successors(group_id: int) -> list[tuple[int, str]]:
    """Members who could take over, by name: (id, name). Not who is suspended."""
    rows = db.session.execute(
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .join(Account, Account.id == Person.account_id)
        .where(Membership.group_id == group_id, Membership.role == "member", stands())
        .order_by(func.lower(Person.name), Person.id)
    )
    return [(person_id, name) for person_id, name in rows]


def other_facilitators(group_id: int, person_id: int) -> int:
    """How many facilitators a group has beside this person. Whose account is suspended runs nothing."""
    query = (
        select(func.count())
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(Account, Account.id == Person.account_id)
        .where(
            Membership.group_id == group_id,
            Membership.role == "facilitator",
            Membership.person_id != person_id,
            stands(),
        )
    )
    return db.session.scalar(query) or 0


def requests(group_id: int) -> list[MemberRow]:
    """Who asked to join, the longest waiting first. For those who manage the group."""
    return [MemberRow(*row) for row in _REQUESTS.rows(group_id=group_id)]


def request_count(group_id: int) -> int:
    """How many requests wait for an answer."""
    query = select(func.count()).where(Membership.group_id == group_id, Membership.role == "requested")
    return db.session.scalar(query) or 0


class Declined(NamedTuple):
    """When and why a request to join was declined."""

    at: datetime
    reason: str


def declined(group_id: int, viewer: Viewer) -> Declined | None:
    """The answer to the viewer's last request to join, when it was no and they have not asked again."""
    query = select(AskedToJoin.declined_at, AskedToJoin.reason).where(
        AskedToJoin.group_id == group_id,
        AskedToJoin.person_id == viewer.person_id,
        AskedToJoin.declined_at.is_not(None),
    )
    row = db.session.execute(query).one_or_none()
    return Declined._make(row) if row else None


def organisation_count(group_id: int) -> int:
    """From how many organisations the members are."""
    query = (
        select(func.count(Person.organisation_id.distinct()))
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == group_id, Membership.role.in_(BELONGS))
    )
    return db.session.scalar(query) or 0


def group_topics(group_id: int) -> Sequence[tuple[str, str]]:
    """(slug, name) of the topics that a group is about."""
    query = select(Topic.slug, Topic.name).join(GroupTopic, GroupTopic.topic_id == Topic.id)
    rows = db.session.execute(query.where(GroupTopic.group_id == group_id).order_by(Topic.name))
    return [(slug, name) for slug, name in rows]


def group_words(group_id: int) -> dict[str, str]:
    """What a group says of itself, as its form has it."""
    query = select(Group.name, Group.purpose, Group.about).where(Group.id == group_id)
    name, purpose, about = db.session.execute(query).one()
    topics = ", ".join(name for _, name in group_topics(group_id))
    return {"name": name, "purpose": purpose, "about": about, "topics": topics}


def can_read(group_id: int, person_id: int) -> bool:
    """Whether a person can read what is in a group: it is open, or they belong to it."""
    query = (
        select(Group.id)
        .outerjoin(Membership, and_(Membership.group_id == Group.id, Membership.person_id == person_id))
        .where(Group.id == group_id, or_(Group.openness == "open", Membership.role.in_(BELONGS)))
    )
    return db.session.scalar(query) is not None


class Led(NamedTuple):
    """A group whose only facilitator somebody is, and the members who could take over, by name."""

    id: int
    name: str
    slug: str
    members: list[tuple[int, str]]


def led_alone(person_id: int) -> list[Led]:
    """The groups that somebody alone facilitates, by name: nobody else does whose account stands."""
    other = aliased(Membership)
    others = (
        select(other.person_id)
        .join(Person, Person.id == other.person_id)
        .join(Account, Account.id == Person.account_id)
        .where(other.group_id == Group.id, other.role == "facilitator", other.person_id != person_id, stands())
    )
    rows = db.session.execute(
        select(Group.id, Group.name, Group.slug)
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.person_id == person_id, Membership.role == "facilitator", ~others.exists())
        .order_by(func.lower(Group.name))
    ).all()
    return [Led(row.id, row.name, row.slug, successors(row.id)) for row in rows]
